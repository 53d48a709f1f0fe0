import type { Matrix } from '../../../array/index.ts';
import { InvalidInputError, warn } from '../../../errors/index.ts';
import { holdOut } from '../../../model-selection/splitters/hold-out.ts';
import type { RandomState } from '../../../random/index.ts';
import { type ProgressEvent, step, type Work } from '../../../work/index.ts';
import { type Batch, forward, lossGradient, type Network } from './backprop.ts';
import type { MlpParams } from './spec.ts';
import { afterEpoch, type Training } from './training.ts';
import { Adam, Sgd, type Updater, type UpdaterState } from './updates.ts';
import { batchWorkspace, type Workspace } from './workspace.ts';

export interface EpochTask {
  readonly network: Network;
  readonly samples: Batch;
  readonly settings: MlpParams;
  readonly random: RandomState;
  /** One epoch only: `partialFit`. */
  readonly isUpdate: boolean;
  /** Class of each sample, where the held-out samples shall have the classes' shares. */
  readonly strata: Int32Array | undefined;
  /** How good outputs are for held-out samples; greater is better. */
  readonly score: (targets: Matrix, outputs: Matrix, weights: Float64Array | undefined) => number;
  /** The estimator's class, for progress and warnings. */
  readonly source: string;
  readonly action: string;
}

/** Descends by mini-batches, epoch after epoch, until `nIterNoChange` epochs in a row were not better. */
export function* trainByEpochs(task: EpochTask, start: Training): Work<Training> {
  const divided = divide(task);
  const batchSize = settleBatchSize(task.settings.batchSize, divided.train.X.rows, task.source);
  const workspace = batchWorkspace(task.network.layout, batchSize);
  try {
    return yield* runEpochs(task, start, divided, batchSize, workspace);
  } finally {
    workspace.close();
  }
}

function* runEpochs(
  task: EpochTask,
  start: Training,
  { train, test }: Divided,
  batchSize: number,
  workspace: Workspace,
): Work<Training> {
  const { settings, source, isUpdate } = task;
  const updater = makeUpdater(settings, workspace, start.params.length, isUpdate ? start.updater : null);
  const params = workspace.zeros(start.params.length);
  const gradient = workspace.zeros(params.length);
  params.set(start.params);
  let training: Training = { ...start, params };
  let order: Int32Array = Int32Array.from({ length: train.X.rows }, (_, i) => i);
  const epochs = isUpdate ? 1 : settings.maxIter;
  let nIter = 0;
  while (nIter < epochs) {
    yield step(source, nIter, epochs);
    if (settings.shuffle) order = reorder(order, task.random);
    const loss = yield* runEpoch(task, train, order, batchSize, { params, gradient, updater, workspace });
    nIter++;
    const score = test === undefined ? undefined : yield* scoreOf(task, params, test);
    const samplesSeen = training.samplesSeen + train.X.rows;
    training = afterEpoch({ ...training, samplesSeen }, loss, score, settings.tol);
    yield { ops: 0, progress: report(source, nIter, epochs, loss, score) };
    updater.endEpoch(samplesSeen);
    if (training.nNotBetter > settings.nIterNoChange) {
      if (!updater.shrink()) break;
      training = { ...training, nNotBetter: 0 };
    }
    if (nIter === settings.maxIter && !isUpdate) warnNotConverged(settings.maxIter, source);
  }
  const learned = test === undefined ? params.slice() : training.bestParams!;
  return { ...training, params: learned, nIter, updater: updater.state() };
}

/** What every batch changes, and what changes it. */
interface Descent {
  readonly params: Float64Array;
  readonly gradient: Float64Array;
  readonly updater: Updater;
  readonly workspace: Workspace;
}

/** The weighted sum of the batches' losses over the number of samples; parameters change with every batch. */
function* runEpoch(
  { network, action }: EpochTask,
  { X, Y, weights }: Batch,
  order: Int32Array,
  batchSize: number,
  { params, gradient, updater, workspace }: Descent,
): Work<number> {
  let loss = 0;
  for (let from = 0; from < order.length; from += batchSize) {
    const rows = order.subarray(from, from + batchSize);
    const own = weights === undefined ? undefined : Float64Array.from(rows, row => weights[row]!);
    checkBatchWeights(own, action);
    const taken = (name: string, whole: Matrix) =>
      takeRowsInto(whole, rows, workspace.take(name, rows.length, whole.columns));
    const batch = { X: taken('samples', X), Y: taken('targets', Y), weights: own };
    yield { ops: rows.length * (X.columns + Y.columns) };
    loss += rows.length * (yield* lossGradient(network, params, batch, gradient, workspace));
    yield* updater.update(params, gradient);
  }
  return loss / order.length;
}

function takeRowsInto({ data, columns }: Matrix, rows: Int32Array, taken: Matrix): Matrix {
  const to = taken.data;
  for (let i = 0, at = 0; i < rows.length; i++) {
    for (let from = rows[i]! * columns, end = from + columns; from < end; from++, at++) to[at] = data[from]!;
  }
  return taken;
}

function reorder(order: Int32Array, random: RandomState): Int32Array {
  return random.permutation(order.length).map(place => order[place]!);
}

interface Divided {
  readonly train: Batch;
  readonly test?: Batch;
}

/** All samples, or those that are trained on and those held out. */
function divide({ samples, settings, random, strata, action }: EpochTask): Divided {
  if (!settings.earlyStopping) return { train: samples };
  const { validationFraction: testSize } = settings;
  const { train, test } = holdOut(samples.X.rows, { testSize, strata }, random, action);
  if (test.length < 2) {
    throw new InvalidInputError({
      action,
      rule: 'earlyStopping must hold out >= 2 samples',
      received: `${test.length}`,
      repair: 'raise validationFraction, or pass more samples',
    });
  }
  return { train: takeSamples(samples, train), test: takeSamples(samples, test) };
}

function takeSamples({ X, Y, weights }: Batch, rows: Int32Array): Batch {
  const own = weights === undefined ? undefined : Float64Array.from(rows, row => weights[row]!);
  return { X: X.takeRows(rows), Y: Y.takeRows(rows), weights: own };
}

/** NaN where the outputs are not finite: such an epoch is not better. */
function* scoreOf({ network, score }: EpochTask, params: Float64Array, { X, Y, weights }: Batch): Work<number> {
  const outputs = yield* forward(network, params, X);
  return outputs.data.every(Number.isFinite) ? score(Y, outputs, weights) : Number.NaN;
}

function makeUpdater(settings: MlpParams, workspace: Workspace, size: number, from: UpdaterState | null): Updater {
  if (settings.solver === 'sgd') return new Sgd(settings, size, from?.kind === 'sgd' ? from : undefined);
  return new Adam(settings, workspace, size, from?.kind === 'adam' ? from : undefined);
}

function settleBatchSize(given: number | 'auto', rows: number, source: string): number {
  if (given === 'auto') return Math.min(200, rows);
  if (given > rows) {
    warn({
      kind: 'user',
      source,
      message: `batchSize ${given} is more than there are samples to train on (${rows}): all are taken`,
    });
  }
  return Math.min(given, rows);
}

function checkBatchWeights(weights: Float64Array | undefined, action: string): void {
  if (weights === undefined || weights.some(weight => weight > 0)) return;
  throw new InvalidInputError({
    action,
    rule: 'sampleWeight must not be zero everywhere in a mini-batch',
    received: 'zeros',
    repair: 'leave out samples of no weight',
  });
}

function report(task: string, done: number, total: number, loss: number, score: number | undefined): ProgressEvent {
  return { type: 'step', task, done, total, metrics: score === undefined ? { loss } : { loss, score } };
}

function warnNotConverged(maxIter: number, source: string): void {
  const message = `${maxIter} epochs (maxIter) were not enough: the loss was still falling`;
  warn({ kind: 'convergence', source, message });
}
