import type { Matrix } from '../../../array/index.ts';
import type { FitContext } from '../../../core/index.ts';
import { InvalidInputError, UnsupportedError } from '../../../errors/index.ts';
import { RandomState } from '../../../random/index.ts';
import type { Work } from '../../../work/index.ts';
import type { OutputActivation } from './activations.ts';
import { type Batch, forward } from './backprop.ts';
import { drawParams } from './initial-params.ts';
import { Layout } from './layout.ts';
import type { LossName } from './losses.ts';
import type { MlpParams } from './spec.ts';
import { type EpochTask, trainByEpochs } from './train-by-epochs.ts';
import { trainByLbfgs } from './train-by-lbfgs.ts';
import { type Training, untrained } from './training.ts';

/** A network with the course of its training: what both estimators learn. */
export interface MlpLearned {
  /** Units of the input, of each hidden layer, and of the output. */
  readonly sizes: readonly number[];
  readonly output: OutputActivation;
  readonly training: Training;
}

/** The estimator's part of a fit: its targets, and what is made of outputs. */
export interface MlpTask extends Pick<EpochTask, 'score' | 'strata' | 'source'> {
  readonly samples: Batch;
  readonly output: OutputActivation;
  readonly loss: LossName;
  readonly params: MlpParams;
}

/** Trains a network, from random weights or from where an earlier fit ended. */
export function* fitNetwork(task: MlpTask, context: FitContext): Work<MlpLearned> {
  const { samples, output, params, source } = task;
  const { action, isUpdate } = context;
  checkSolver(params, isUpdate, action);
  const sizes = [samples.X.columns, ...hiddenSizes(params.hiddenLayerSizes), samples.Y.columns];
  const { activation: hidden, alpha } = params;
  const network = { layout: new Layout(sizes), hidden, output, loss: task.loss, alpha };
  const random = new RandomState(context.seed);
  const before = context.previous as MlpLearned | undefined;
  const start =
    before === undefined
      ? untrained(drawParams(network.layout, params.activation, random), params.earlyStopping)
      : goOn(before, sizes, action);
  const training =
    params.solver === 'lbfgs'
      ? yield* trainByLbfgs(network, samples, params, start, source)
      : yield* trainByEpochs({ ...task, network, settings: params, random, isUpdate, action }, start);
  checkFinite(training.params, action);
  return { sizes, output, training };
}

/** A number stands for one layer; lists may be typed arrays. */
function hiddenSizes(given: MlpParams['hiddenLayerSizes']): readonly number[] {
  return typeof given === 'number' ? [given] : Array.from(given);
}

/**
 * What the learned network gives for each sample: (n, inputs) gives (n, outputs).
 *
 * @throws InvalidInputError if the sums on the way overflow.
 */
export function* outputsOf(
  { sizes, output, training }: MlpLearned,
  { activation, alpha }: MlpParams,
  X: Matrix,
  action: string,
): Work<Matrix> {
  const network = { layout: new Layout(sizes), hidden: activation, output, alpha };
  const outputs = yield* forward(network, training.params, X);
  const at = outputs.data.findIndex(value => !Number.isFinite(value));
  if (at === -1) return outputs;
  throw new InvalidInputError({
    action,
    rule: 'the sums of every layer must not overflow',
    received: `values too large at row ${Math.floor(at / outputs.columns)}`,
  });
}

/** Copies of the weights, units before × units after of each layer. */
export function coefsOf({ sizes, training }: MlpLearned): Matrix[] {
  const layout = new Layout(sizes);
  return Array.from({ length: layout.nLayers }, (_, layer) => layout.weights(training.params, layer).clone());
}

/** Copies of the biases of each layer. */
export function interceptsOf({ sizes, training }: MlpLearned): Float64Array[] {
  const layout = new Layout(sizes);
  return Array.from({ length: layout.nLayers }, (_, layer) => layout.biases(training.params, layer).slice());
}

function checkSolver({ solver, earlyStopping }: MlpParams, isUpdate: boolean, action: string): void {
  if (isUpdate && solver === 'lbfgs') {
    throw new UnsupportedError({ action, rule: "solver must be 'sgd' or 'adam' for partialFit", received: "'lbfgs'" });
  }
  if (!isUpdate || !earlyStopping) return;
  throw new UnsupportedError({ action, rule: 'earlyStopping must be false for partialFit', received: 'true' });
}

/** What an earlier fit learned, copied, because training changes it in place. */
function goOn({ sizes: before, training }: MlpLearned, sizes: readonly number[], action: string): Training {
  if (before.length === sizes.length && before.every((size, k) => size === sizes[k])) {
    return { ...training, params: training.params.slice() };
  }
  throw new InvalidInputError({
    action,
    rule: `the model gone on from must have layers of ${sizes.join(', ')} units`,
    received: before.join(', '),
  });
}

function checkFinite(params: Float64Array, action: string): void {
  if (params.every(Number.isFinite)) return;
  throw new InvalidInputError({
    action,
    rule: 'the weights must stay finite',
    received: 'an overflow',
    repair: 'scale X, e.g. with StandardScaler, or lower learningRateInit',
  });
}
