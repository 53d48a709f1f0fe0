import { boolean, checkParam, checkParams, integer, type OptionsOf } from '../../check/index.ts';
import { InvalidParamError, show, showShape } from '../../errors/index.ts';
import { type RandomState, randomFrom } from '../../random/index.ts';
import { xavierUniform } from '../init/index.ts';
import { Module, Parameter } from '../module/index.ts';
import { type Columns, headAttention, headMixture, headScores } from '../ops/attention-heads.ts';
import { add, dropout, linear, mean, narrow, reshape, softmax, transpose } from '../ops/index.ts';
import { beside, checkTensor, inMemory, isSameShape, refuse, type Shape, type Tensor, zeros } from '../tensor/index.ts';
import { Linear } from './linear.ts';
import { probability, randomState } from './rules.ts';

const spec = {
  /** Probability with which attention weights are dropped while training. Default 0. */
  dropout: probability(0),
  /** Whether to add biases. Default true. */
  bias: boolean({ default: true }),
  /** Whether sequences are (B, T, E) instead of (T, B, E). Default false. */
  batchFirst: boolean({ default: false }),
  /** Where the first weights come from. Default null: the platform's entropy. */
  randomState: randomState(),
};

export type MultiheadAttentionOptions = OptionsOf<typeof spec>;

export interface AttentionMasks {
  /** Added to the scores, shape (L, S) or (B heads, L, S); -Infinity hides a key. Default: none. */
  readonly attnMask?: Tensor | null;
  /** Not 0 where a key is padding and hidden, shape (B, S). Default: none. */
  readonly keyPaddingMask?: Tensor | null;
}

export interface AttentionCall extends AttentionMasks {
  /** Whether to give the weights too, which costs time. Default true. */
  readonly needWeights?: boolean;
}

type Inputs = readonly [query: Tensor, key: Tensor, value: Tensor, options?: AttentionCall];
type Outputs = readonly [outputs: Tensor, weights: Tensor | null];

/**
 * Attention in several heads: each attends in its own projection of queries, keys and values, and a last projection
 * joins them (A. Vaswani et al., "Attention is all you need", 2017, section 3.2.2).
 *
 * Shapes: query (L, B, E), key and value (S, B, E) to outputs (L, B, E) and weights (B, L, S), the mean over the heads;
 * null for the weights with `needWeights: false`.
 *
 * @example
 * import { MultiheadAttention, zeros } from 'fitwise/nn';
 * const x = zeros([2, 5, 8]);
 * const [outputs, weights] = new MultiheadAttention(8, 2, { batchFirst: true }).forward(x, x, x);
 * outputs.shape; // [2, 5, 8]
 * weights.shape; // [2, 5, 5]
 */
export class MultiheadAttention extends Module<Inputs, Outputs> {
  /** Projections of queries, keys and values one below the other, shape (3 E, E). */
  readonly inProjWeight: Parameter;
  /** Shape (3 E,); null without bias. */
  readonly inProjBias: Parameter | null;
  readonly outProj: Linear;
  readonly generator: RandomState;
  readonly #heads: number;
  readonly #dropout: number;
  readonly #batchFirst: boolean;

  constructor(embedDim: number, numHeads: number, options: MultiheadAttentionOptions = {}) {
    super();
    const { dropout, bias, batchFirst, randomState } = checkParams('MultiheadAttention', spec, options);
    checkParam('MultiheadAttention', 'embedDim', integer({ min: 1 }), embedDim);
    checkParam('MultiheadAttention', 'numHeads', integer({ min: 1 }), numHeads);
    if (embedDim % numHeads !== 0) {
      const rule = `numHeads must divide embedDim (${embedDim})`;
      throw new InvalidParamError({ action: 'make MultiheadAttention', rule, received: show(numHeads) });
    }
    this.generator = randomFrom(randomState);
    const outProj = new Linear(embedDim, embedDim, { bias, randomState: this.generator });
    outProj.bias?.data.fill(0);
    this.inProjWeight = new Parameter(xavierUniform([3 * embedDim, embedDim], { randomState: this.generator }));
    this.inProjBias = bias ? new Parameter(zeros([3 * embedDim])) : null;
    this.outProj = outProj;
    this.#heads = numHeads;
    this.#dropout = dropout;
    this.#batchFirst = batchFirst;
  }

  forward(
    query: Tensor,
    key: Tensor,
    value: Tensor,
    options: AttentionCall & { readonly needWeights: false },
  ): readonly [Tensor, null];
  forward(query: Tensor, key: Tensor, value: Tensor, options?: AttentionMasks): readonly [Tensor, Tensor];
  forward(query: Tensor, key: Tensor, value: Tensor, options?: AttentionCall): Outputs;
  forward(query: Tensor, key: Tensor, value: Tensor, { needWeights = true, ...masks }: AttentionCall = {}): Outputs {
    const [q, k, v] = this.#project(query, key, value);
    const [batch, length] = q.of.shape as [number, number];
    const mask = joinMasks(masks, { batch, heads: this.#heads, length, keys: k.of.shape[1]! });
    const drops = this.training && this.#dropout > 0;
    if (!needWeights && mask === null && !drops) return [this.#leave(headAttention(q, k, v, this.#heads)), null];
    const scores = headScores(q, k, this.#heads);
    const even = softmax(mask === null ? scores : add(scores, beside(scores, mask)), -1);
    const weights = drops ? dropout(even, this.#dropout, this.generator) : even;
    return [this.#leave(headMixture(weights, v)), needWeights ? mean(weights, 1) : null];
  }

  #leave(mixture: Tensor): Tensor {
    const y = this.outProj.forward(mixture);
    return this.#batchFirst ? y : transpose(y, 0, 1);
  }

  /** Queries, keys and values, each (B, L, E): side by side in one tensor where all three come from one input. */
  #project(...inputs: readonly [Tensor, Tensor, Tensor]): [Columns, Columns, Columns] {
    const width = this.inProjWeight.shape[1]!;
    const sequences = inputs.map(x => {
      checkTensor('attend', 'each input', x);
      if (x.ndim !== 3 || x.shape[2] !== width) {
        refuse('attend', `each input must have three axes, the last of length ${width}`, x.shape);
      }
      return this.#batchFirst ? x : transpose(x, 0, 1);
    });
    const [ofQuery, ofKey, ofValue] = sequences.map(({ shape }) => shape) as [Shape, Shape, Shape];
    if (!isSameShape(ofKey, ofValue) || ofQuery[0] !== ofKey[0]) {
      const rule = 'keys and values must have one shape, and queries the same batch';
      refuse('attend', rule, ...inputs.map(({ shape }) => shape));
    }
    const isSelf = inputs.every(x => x === inputs[0]);
    const whole = isSelf ? linear(sequences[0]!, this.inProjWeight, this.inProjBias) : null;
    const parts = sequences.map((x, i) => {
      if (whole !== null) return { of: whole, at: i * width, width };
      const part = (t: Tensor) => narrow(t, 0, i * width, width);
      return { of: linear(x, part(this.inProjWeight), this.inProjBias && part(this.inProjBias)), at: 0, width };
    });
    return parts as [Columns, Columns, Columns];
  }
}

interface ScoreSizes {
  readonly batch: number;
  readonly heads: number;
  readonly length: number;
  readonly keys: number;
}

/** Both masks as one that is added to scores (B, heads, L, S). */
function joinMasks({ attnMask = null, keyPaddingMask = null }: AttentionMasks, sizes: ScoreSizes): Tensor | null {
  const { batch, heads, length, keys } = sizes;
  checkMask('attnMask', attnMask, [length, keys], [batch * heads, length, keys]);
  checkMask('keyPaddingMask', keyPaddingMask, [batch, keys]);
  const ofScores = attnMask?.ndim === 3 ? reshape(attnMask, [batch, heads, ...attnMask.shape.slice(1)]) : attnMask;
  if (keyPaddingMask === null) return ofScores;
  const { data } = inMemory('read a mask', keyPaddingMask);
  const hidden = keyPaddingMask.like(data.map(value => (value === 0 ? 0 : -Infinity)));
  const ofKeys = reshape(hidden, [batch, 1, 1, keyPaddingMask.shape[1]!]);
  return ofScores === null ? ofKeys : add(ofScores, beside(ofScores, ofKeys));
}

function checkMask(name: string, mask: Tensor | null, ...shapes: readonly Shape[]): void {
  if (mask === null || shapes.some(shape => isSameShape(mask.shape, shape))) return;
  refuse('attend', `${name} must have ${shapes.map(shape => showShape(...shape)).join(' or ')}`, mask.shape);
}
