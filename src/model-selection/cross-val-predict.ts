import { Matrix, type MatrixLike } from '../array/index.ts';
import { checkParams, isMultiOutput, type Label, oneOf, type Target, uniqueLabels } from '../check/index.ts';
import {
  type AnyEstimator,
  callWork,
  type KindOf,
  type LabelsOf,
  type NumbersOf,
  type Predictions,
  type ProbabilitiesOf,
} from '../core/index.ts';
import { InvalidInputError, UnsupportedError, warn } from '../errors/index.ts';
import { countJobs, mapTasks, type Task } from '../parallel/index.ts';
import { drive, type Work } from '../work/index.ts';
import { type Carried, carry, unpack } from './carry.ts';
import type { SampleOptions } from './cross-validate.ts';
import { cvRule, nJobsRule, prepare } from './cv-options.ts';
import { fitOn, type Samples, takeSamples } from './fit-and-score.ts';
import type { CvOption } from './splitters/index.ts';
import { labelsOf } from './splitters/read-labels.ts';
import type { Split } from './splitters/splitter.ts';

const METHODS = ['predict', 'predictProba', 'predictLogProba', 'decisionFunction'] as const;

type Method = (typeof METHODS)[number];

const spec = {
  /** What each estimator is asked for. */
  method: oneOf(METHODS, { default: 'predict' }),
  /** How to split: a number of folds, a splitter, a list of splits, or null for five folds. */
  cv: cvRule(),
  /** Workers: null and 1 run in this thread, -1 on all cores. */
  nJobs: nJobsRule(),
};

export interface CrossValPredictOptions<M extends Method = 'predict'> extends SampleOptions {
  readonly method?: M;
  readonly cv?: CvOption | null;
  readonly nJobs?: number | null;
}

/** One prediction per sample, of the type that the estimator gives for such a target. */
export type CrossValPredictions<E, Y, M extends Method> = M extends 'predict'
  ? KindOf<E> extends 'classifier'
    ? LabelsOf<Y>
    : KindOf<E> extends 'regressor'
      ? NumbersOf<Y>
      : Predictions
  : M extends 'decisionFunction'
    ? Float64Array | Matrix
    : ProbabilitiesOf<Y>;

/**
 * What an estimator predicts for each sample when it was fitted on the other folds, in the order of the samples.
 *
 * Probabilities and scores have a column for every class of `y`: where a fold's training samples lack a class, it has
 * probability 0, and the lowest number as its logarithm or score (with a warning). Scoring all predictions at once is
 * not cross-validation: use `crossValScore` for that.
 *
 * @param estimator stays as it is
 * @param X samples × features
 * @param y target
 * @returns one prediction per sample: labels, numbers, or samples × classes
 * @throws InvalidInputError if the test sets do not hold every sample once, and on data that break a rule
 * @throws UnsupportedError if the estimator lacks the method, or a fold knows too few classes for its scores
 *
 * @example
 * import { crossValPredict, DummyClassifier } from 'fitwise';
 * await crossValPredict(new DummyClassifier(), [[0], [1], [2], [3]], ['a', 'a', 'a', 'b'], { cv: 2 }); // ['a', 'a', 'a', 'a']
 */
export function crossValPredict<E extends AnyEstimator, const Y extends Target, M extends Method = 'predict'>(
  estimator: E,
  X: MatrixLike,
  y?: Y,
  options: CrossValPredictOptions<M> = {},
): Promise<CrossValPredictions<E, Y, M>> {
  return drive(crossValPredictWork(estimator, X, y, options), options) as Promise<CrossValPredictions<E, Y, M>>;
}

function* crossValPredictWork(
  estimator: AnyEstimator,
  X: MatrixLike,
  y: Target | undefined,
  all: CrossValPredictOptions<Method>,
): Work<unknown> {
  const { signal: _signal, onProgress: _onProgress, groups, sampleWeight, device, ...given } = all;
  const action = 'run crossValPredict';
  const { method, cv, nJobs } = checkParams('crossValPredict', spec, given);
  const { samples, splits } = prepare(estimator, X, y, { cv, groups, sampleWeight, device }, action);
  if (!estimator.supports(method)) {
    throw new UnsupportedError({ action, rule: `${estimator.name} must have ${method}`, received: 'one without it' });
  }
  const order = checkPartition(splits, samples.X.rows, action);
  const payloads = splits.map(({ train, test }) => ({ train, test }));
  const carried = carry(estimator, Math.min(countJobs(nJobs), splits.length) > 1, 'crossValPredict');
  const shared = { samples, estimator: carried, method };
  const folds = yield* mapTasks(predictFoldTask, payloads, { shared, nJobs, label: 'crossValPredict' });
  const aligned = alignClasses(folds, samples.y, method, action);
  return joinFolds(aligned, order);
}

interface Shared {
  readonly samples: Samples;
  readonly estimator: Carried;
  readonly method: Method;
}

/** One prediction per test sample; several outputs have a matrix each where classes are asked for. */
type Response = Matrix | Float64Array | readonly Label[] | readonly Matrix[];

interface FoldResponse {
  readonly response: Response;
  /** Classes of the fold's training samples, where there are any; a list per output where there are several. */
  readonly classes: readonly Label[] | readonly (readonly Label[])[] | null;
}

/** Fits on one fold's training samples, and predicts its test samples, in this thread or in a worker. */
export const predictFoldTask: Task<Split, Shared, FoldResponse> = {
  id: 'model-selection/predict-fold',
  *run({ train, test }, { samples, estimator: carried, method }) {
    const estimator = (yield* unpack(carried)).clone();
    yield* fitOn(estimator, takeSamples(samples, train));
    const response = (yield* callWork(estimator, method, samples.X.takeRows(test))) as Response;
    const { classes_ = null } =
      estimator.kind === 'classifier' ? (estimator as { classes_?: FoldResponse['classes'] }) : {};
    return { response, classes: classes_ };
  },
};

/** The place of each sample among the folds' test samples, one after another. */
function checkPartition(splits: readonly Split[], rows: number, action: string): Int32Array {
  const order = new Int32Array(rows).fill(-1);
  let place = 0;
  for (const { test } of splits) for (const row of test) order[row] = place++;
  if (place === rows && !order.includes(-1)) return order;
  throw new InvalidInputError({
    action,
    rule: `the test sets must hold each of the ${rows} samples once`,
    received: `${place} test samples`,
    repair: 'use a splitter whose test sets are a partition, such as KFold',
  });
}

/** Responses with a column for each class of the whole `y`. */
function alignClasses(
  folds: readonly FoldResponse[],
  y: Target | undefined,
  method: Method,
  action: string,
): readonly Response[] {
  if (method === 'predict' || y === undefined) return folds.map(fold => fold.response);
  const rows = labelsOf(y);
  const outputs = isMultiOutput(y) ? rows.map(row => [row].flat()) : rows.map(row => [row as Label]);
  const known = outputs[0]!.map((_, k) =>
    uniqueLabels(
      action,
      outputs.map(row => row[k]!),
    ),
  );
  return folds.map(({ response, classes }) => {
    if (classes === null) return response;
    if (Array.isArray(response)) {
      const perOutput = classes as readonly (readonly Label[])[];
      return (response as readonly Matrix[]).map((one, k) =>
        alignOutput(one, perOutput[k]!, known[k]!, method, action),
      );
    }
    const isOne = known.length === 1 && !Array.isArray(classes[0]);
    if (!isOne) return response;
    return alignOutput(response as Matrix | Float64Array, classes as readonly Label[], known[0]!, method, action);
  });
}

function alignOutput<R extends Matrix | Float64Array>(
  response: R,
  classes: readonly Label[],
  known: readonly Label[],
  method: Method,
  action: string,
): R | Matrix {
  if (classes.length === known.length) return response;
  const message = `a fold's training samples have ${classes.length} of ${known.length} classes; use stratified folds`;
  warn({ kind: 'user', source: 'crossValPredict', message });
  if (
    !(response instanceof Matrix) ||
    response.columns !== classes.length ||
    (method === 'decisionFunction' && classes.length <= 2)
  ) {
    throw new UnsupportedError({
      action,
      rule: `decisionFunction must have a column for each class of a fold (${classes.length} of ${known.length})`,
      received: response instanceof Matrix ? `${response.columns} columns` : 'one score per sample',
      repair: 'use stratified folds, or predictProba',
    });
  }
  const absent = method === 'predictProba' ? 0 : -Number.MAX_VALUE;
  const column = known.map(label => classes.indexOf(label));
  const aligned = Matrix.zeros(response.rows, known.length);
  return aligned.map((_, i, j) => (column[j] === -1 ? absent : response.get(i, column[j]!)));
}

/** All folds' responses one after another, then in the order of the samples. */
function joinFolds(folds: readonly Response[], order: Int32Array): Response {
  const first = folds[0]!;
  if (first instanceof Matrix) return stack(folds as readonly Matrix[]).takeRows(order);
  if (Array.isArray(first) && first[0] instanceof Matrix) {
    return first.map((_, k) => stack(folds.map(fold => (fold as readonly Matrix[])[k]!)).takeRows(order));
  }
  const all = folds.flatMap(fold => Array.from(fold as ArrayLike<Label>));
  const sorted = Array.from(order, place => all[place]!);
  return ArrayBuffer.isView(first) ? (first.constructor as Float64ArrayConstructor).from(sorted as number[]) : sorted;
}

function stack(matrices: readonly Matrix[]): Matrix {
  const { columns } = matrices[0]!;
  const all = Matrix.zeros(
    matrices.reduce((rows, matrix) => rows + matrix.rows, 0),
    columns,
  );
  let at = 0;
  for (const { data } of matrices) {
    all.data.set(data, at);
    at += data.length;
  }
  return all;
}
