import { boolean, checkParams, integer, type OptionsOf, oneOf } from '../../check/index.ts';
import { randomFrom } from '../../random/index.ts';
import { Module } from '../module/index.ts';
import { runInTurn } from '../module/pass.ts';
import { add, gelu } from '../ops/index.ts';
import type { Tensor } from '../tensor/index.ts';
import { ReLU } from './activations.ts';
import { Dropout } from './dropout.ts';
import { LayerNorm } from './layer-norm.ts';
import { Linear } from './linear.ts';
import { type AttentionMasks, MultiheadAttention } from './multihead-attention.ts';
import { epsilon, probability, randomState } from './rules.ts';

const spec = {
  /** Width of the hidden layer of the feed-forward part. Default 2048. */
  dimFeedforward: integer({ min: 1, default: 2048 }),
  /** Probability with which values are dropped while training. Default 0.1. */
  dropout: probability(0.1),
  /** Default `'relu'`. */
  activation: oneOf(['relu', 'gelu'], { default: 'relu' }),
  /** Added to the variances. Default 1e-5. */
  layerNormEps: epsilon(),
  /** Whether sequences are (B, T, E) instead of (T, B, E). Default false. */
  batchFirst: boolean({ default: false }),
  /** Normalise before each part instead of after it. Default false. */
  normFirst: boolean({ default: false }),
  /** Whether to add biases. Default true. */
  bias: boolean({ default: true }),
  /** Where the first weights and the draws come from. Default null: the platform's entropy. */
  randomState: randomState(),
};

export type TransformerEncoderLayerOptions = OptionsOf<typeof spec>;

/**
 * Self-attention and a feed-forward network, each added to its input and normalised (A. Vaswani et al., "Attention is
 * all you need", 2017, section 3.1).
 *
 * Shapes: (T, B, E), kept; with `batchFirst` (B, T, E).
 *
 * @example
 * import { TransformerEncoderLayer, zeros } from 'fitwise/nn';
 * const layer = new TransformerEncoderLayer(8, 2, { dimFeedforward: 16, batchFirst: true });
 * layer.forward(zeros([2, 5, 8])).shape; // [2, 5, 8]
 */
export class TransformerEncoderLayer extends Module<readonly [x: Tensor, masks?: AttentionMasks]> {
  readonly selfAttn: MultiheadAttention;
  readonly linear1: Linear;
  readonly dropout: Dropout;
  readonly linear2: Linear;
  readonly norm1: LayerNorm;
  readonly norm2: LayerNorm;
  readonly dropout1: Dropout;
  readonly dropout2: Dropout;
  readonly activation: 'relu' | 'gelu';
  readonly normFirst: boolean;
  readonly #relu = new ReLU();

  constructor(dModel: number, nHead: number, options: TransformerEncoderLayerOptions = {}) {
    super();
    const given = checkParams('TransformerEncoderLayer', spec, options);
    const { dimFeedforward, dropout, activation, normFirst, layerNormEps: eps, batchFirst, bias } = given;
    const randomState = randomFrom(given.randomState);
    const shared = { bias, randomState };
    this.selfAttn = new MultiheadAttention(dModel, nHead, { dropout, batchFirst, ...shared });
    this.linear1 = new Linear(dModel, dimFeedforward, shared);
    this.dropout = new Dropout(dropout, { randomState });
    this.linear2 = new Linear(dimFeedforward, dModel, shared);
    this.norm1 = new LayerNorm(dModel, { eps, bias });
    this.norm2 = new LayerNorm(dModel, { eps, bias });
    this.dropout1 = new Dropout(dropout, { randomState });
    this.dropout2 = new Dropout(dropout, { randomState });
    this.activation = activation;
    this.normFirst = normFirst;
  }

  forward(x: Tensor, masks?: AttentionMasks): Tensor {
    if (this.normFirst) {
      const attended = add(x, this.#attend(this.norm1.forward(x), masks));
      return add(attended, this.#feedForward(this.norm2.forward(attended)));
    }
    const attended = this.norm1.forward(add(x, this.#attend(x, masks)));
    return this.norm2.forward(add(attended, this.#feedForward(attended)));
  }

  #attend(x: Tensor, masks?: AttentionMasks): Tensor {
    return this.dropout1.forward(this.selfAttn.forward(x, x, x, { ...masks, needWeights: false })[0]);
  }

  #feedForward(x: Tensor): Tensor {
    const active =
      this.activation === 'gelu' ? gelu(this.linear1.forward(x)) : runInTurn([this.linear1, this.#relu], x);
    return this.dropout2.forward(this.linear2.forward(this.dropout.forward(active)));
  }
}
