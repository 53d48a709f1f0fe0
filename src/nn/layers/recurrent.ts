import { boolean, checkParam, checkParams, integer, type OptionsOf } from '../../check/index.ts';
import { InvalidInputError, show, showShape, warn } from '../../errors/index.ts';
import { type RandomState, randomFrom } from '../../random/index.ts';
import { Module } from '../module/index.ts';
import { cat, dropout, indexSelect, select, stack, transpose } from '../ops/index.ts';
import { beside, checkTensor, isSameShape, refuse, type Shape, Tensor, zeros } from '../tensor/index.ts';
import { type RecurrentWeights, recurrentWeights } from './recurrent-weights.ts';
import { probability, randomState } from './rules.ts';

const spec = {
  /** Layers, each over the outputs of the one before. Default 1. */
  numLayers: integer({ min: 1, default: 1 }),
  /** Whether to add biases. Default true. */
  bias: boolean({ default: true }),
  /** Whether sequences are (B, T, in) instead of (T, B, in). Default false. */
  batchFirst: boolean({ default: false }),
  /** Probability with which outputs are dropped between layers while training. Default 0. */
  dropout: probability(0),
  /** Whether to run backwards too, and join both outputs. Default false. */
  bidirectional: boolean({ default: false }),
  /** Where the first weights come from. Default null: the platform's entropy. */
  randomState: randomState(),
};

export type RecurrentOptions = OptionsOf<typeof spec>;

/** Outputs of one direction of one layer, (T, B, H), and its states (B, H) after the last step. */
export interface DirectionResult {
  readonly outputs: Tensor;
  readonly last: readonly Tensor[];
}

/** What the recurrent layers share: layers and directions around a recurrence over one sequence. */
export abstract class Recurrent<State> extends Module<readonly [x: Tensor, state?: State], readonly [Tensor, State]> {
  readonly inputSize: number;
  readonly hiddenSize: number;
  readonly generator: RandomState;
  readonly #layers: readonly (readonly RecurrentWeights[])[];
  readonly #dropout: number;
  readonly #batchFirst: boolean;

  constructor(name: string, gates: number, inputSize: number, hiddenSize: number, options: RecurrentOptions) {
    super();
    const { numLayers, bias, batchFirst, dropout, bidirectional, randomState } = checkParams(name, spec, options);
    this.inputSize = checkParam(name, 'inputSize', integer({ min: 1 }), inputSize);
    this.hiddenSize = checkParam(name, 'hiddenSize', integer({ min: 1 }), hiddenSize);
    if (dropout > 0 && numLayers === 1) {
      warn({
        kind: 'user',
        source: name,
        message: 'dropout does nothing, as there is one layer and it acts between layers',
      });
    }
    this.generator = randomFrom(randomState);
    const shape = { gates, inputSize, hiddenSize, numLayers, bidirectional, bias };
    const { layers, named } = recurrentWeights(shape, this.generator);
    Object.assign(this, named);
    this.#layers = layers;
    this.#dropout = dropout;
    this.#batchFirst = batchFirst;
  }

  /** Runs one direction over x (T, B, in) from states (B, H). */
  protected abstract run(x: Tensor, weights: RecurrentWeights, states: readonly Tensor[]): DirectionResult;

  /** Outputs, and for each kind of state those after the last step, (layers directions, B, H). */
  protected runLayers(x: Tensor, given: readonly Tensor[] | undefined, kinds: number): [Tensor, Tensor[]] {
    checkTensor('run a recurrent layer', 'x', x);
    if (x.ndim !== 3 || x.shape[2] !== this.inputSize) {
      refuse('run a recurrent layer', `x must have three axes, the last of length ${this.inputSize}`, x.shape);
    }
    if (x.shape[this.#batchFirst ? 1 : 0] === 0) {
      refuse('run a recurrent layer', 'sequences must have a step at least', x.shape);
    }
    const sequence = this.#batchFirst ? transpose(x, 0, 1) : x;
    const directions = this.#layers[0]!.length;
    const shape = [this.#layers.length * directions, sequence.shape[1]!, this.hiddenSize];
    const starts = given ?? Array.from({ length: kinds }, () => beside(sequence, zeros(shape)));
    checkStates(starts, kinds, shape);
    const results: DirectionResult[] = [];
    let current = sequence;
    for (const [i, layer] of this.#layers.entries()) {
      if (i > 0 && this.training && this.#dropout > 0) current = dropout(current, this.#dropout, this.generator);
      const passes = layer.map((weights, j) => {
        const states = starts.map(state => select(state, 0, i * directions + j));
        return j === 0 ? this.run(current, weights, states) : reversed(this.run(backwards(current), weights, states));
      });
      results.push(...passes);
      current =
        passes.length === 1
          ? passes[0]!.outputs
          : cat(
              passes.map(({ outputs }) => outputs),
              2,
            );
    }
    const last = starts.map((_, kind) => stack(results.map(result => result.last[kind]!)));
    return [this.#batchFirst ? transpose(current, 0, 1) : current, last];
  }
}

function checkStates(states: readonly Tensor[], kinds: number, shape: Shape): void {
  const action = 'run a recurrent layer';
  if (!Array.isArray(states) || states.length !== kinds || !states.every(state => state instanceof Tensor)) {
    const rule =
      kinds === 1 ? 'the first state must be a tensor' : 'the first state and cell must be a list of two tensors';
    throw new InvalidInputError({ action, rule, received: show(kinds === 1 ? states[0] : states) });
  }
  const odd = states.find(state => !isSameShape(state.shape, shape));
  if (odd) refuse(action, `the first state must have ${showShape(...shape)}`, odd.shape);
}

function reversed({ outputs, last }: DirectionResult): DirectionResult {
  return { outputs: backwards(outputs), last };
}

/** The steps of a sequence in the opposite order. */
function backwards(x: Tensor): Tensor {
  const steps = x.shape[0]!;
  return indexSelect(
    x,
    0,
    new Tensor(
      Float32Array.from({ length: steps }, (_, t) => steps - 1 - t),
      [steps],
    ),
  );
}
