import { type Cell, Frame, Matrix, type MatrixLike } from '../array/index.ts';
import { checkParams, checkSampleWeight, integer, oneOf, type ParamsOf, value } from '../check/index.ts';
import { type AnyEstimator, callWork, checkModel } from '../core/index.ts';
import { InvalidParamError, NotFittedError, show, UnsupportedError } from '../errors/index.ts';
import { drive, type RunOptions, step, type Work } from '../work/index.ts';
import { checkDense, widthOf } from './check-dense.ts';
import { type Axis, columnOf, makeAxis } from './grid-axis.ts';
import { findColumn, readCategorical, readCustom } from './read-features.ts';
import { treeDependence, treesOf } from './tree-dependence.ts';

const spec = {
  /** What classifiers are asked for; `'auto'` prefers probabilities. Regressors always predict. */
  responseMethod: oneOf(['auto', 'predictProba', 'decisionFunction'], { default: 'auto' }),
  /** Shares of the samples below the first and the last grid value. */
  percentiles: value<readonly [number, number]>({
    default: [0.05, 0.95],
    expected: 'two ascending numbers from 0 to 1',
    accepts: isPercentiles,
  }),
  /** Grid values per feature; a feature with fewer different values has those. */
  gridResolution: integer({ min: 2, default: 100 }),
  /**
   * `'brute'` predicts all samples at every grid point; `'recursion'` walks the trees of a tree or forest regressor and
   * weighs by training samples; `'auto'` takes recursion where it can, for averages without weights.
   */
  method: oneOf(['auto', 'recursion', 'brute'], { default: 'auto' }),
  /** The mean over the samples, each sample's own curve, or both. */
  kind: oneOf(['average', 'individual', 'both'], { default: 'average' }),
};

type DependenceKind = ParamsOf<typeof spec>['kind'];

export interface PartialDependenceOptions<K extends DependenceKind = DependenceKind>
  extends Partial<Omit<ParamsOf<typeof spec>, 'kind'>>,
    RunOptions {
  /** The mean over the samples (the default), each sample's own curve, or both. */
  readonly kind?: K | undefined;
  /** Weights of the samples in the average. */
  readonly sampleWeight?: ArrayLike<number> | undefined;
  /** Features whose different values are the grid: positions or names, or one boolean per column. */
  readonly categoricalFeatures?: readonly (number | string)[] | readonly boolean[] | undefined;
  /** Names of the columns, where X has none. */
  readonly featureNames?: readonly string[] | undefined;
  /** Grid values of features, by the position or name that `features` has. */
  readonly customValues?: Readonly<Record<string | number, ArrayLike<Cell>>> | undefined;
}

interface Averages {
  /** outputs × grid points: one output for regression and two classes, else one per class or target. */
  readonly average: Matrix;
}

interface Curves {
  /** samples × grid points, one matrix per output. */
  readonly individual: readonly Matrix[];
}

/**
 * Predictions over a grid of values of some features, as `kind` asks for them. Columns are grid points, the last
 * feature's values changing fastest; for one feature they are its values.
 */
export type PartialDependence<K extends DependenceKind = DependenceKind> = {
  /** The values of each feature. */
  readonly gridValues: readonly Axis[];
} & { average: Averages; individual: Curves; both: Averages & Curves }[K];

/**
 * How a fitted model's prediction depends on some features, averaged over what the other features are in `X`.
 *
 * Cost: one prediction of all samples per grid point; by recursion one walk through each tree per grid point.
 *
 * Source: J. H. Friedman, "Greedy Function Approximation: A Gradient Boosting Machine", Annals of Statistics 29 (2001),
 * section 8.2; A. Goldstein et al., "Peeking Inside the Black Box", JCGS 24 (2015), for individual curves.
 *
 * @param estimator fitted classifier or regressor; stays as it is
 * @param X samples × features, dense
 * @param features position or name of one feature, or a list of them
 * @throws NotFittedError before `fit`. @throws InvalidInputError on data that break a rule.
 * @throws UnsupportedError if the estimator cannot be asked so
 *
 * @example
 * import { LinearRegression, partialDependence } from 'fitwise';
 * const X = [[0, 1], [1, 0], [2, 2], [3, 1]];
 * const model = await new LinearRegression().fit(X, [1, 2, 5, 6]);
 * const { gridValues, average } = await partialDependence(model, X, 0);
 * gridValues[0]; // [0, 1, 2, 3]
 * average.columns; // 4
 */
export function partialDependence<K extends DependenceKind = 'average'>(
  estimator: AnyEstimator,
  X: MatrixLike,
  features: number | string | readonly (number | string)[],
  options: PartialDependenceOptions<K> = {},
): Promise<PartialDependence<K>> {
  return drive(partialDependenceWork(estimator, X, features, options), options) as Promise<PartialDependence<K>>;
}

function* partialDependenceWork(
  estimator: AnyEstimator,
  X: MatrixLike,
  features: number | string | readonly (number | string)[],
  options: PartialDependenceOptions,
): Work<PartialDependence> {
  const action = 'run partialDependence';
  const {
    signal: _s,
    onProgress: _p,
    sampleWeight,
    categoricalFeatures,
    featureNames,
    customValues,
    ...given
  } = options;
  const params = checkParams('partialDependence', spec, given);
  checkPredicts(estimator, action);
  const table = checkDense(X, action);
  const weights = sampleWeight === undefined ? undefined : checkSampleWeight(sampleWeight, table.rows, action);
  const names = table instanceof Frame ? table.columnNames() : featureNames;
  const width = widthOf(table);
  const wanted = [features].flat() as readonly (number | string)[];
  const columns = wanted.map(feature => findColumn(feature, names, width, action));
  const categorical = readCategorical(categoricalFeatures, names, width, action);
  const gridValues = columns.map((column, k) => {
    const custom = customValues?.[wanted[k]!];
    if (custom !== undefined) return readCustom(custom, wanted[k]!, action);
    return makeAxis(columnOf(table, column), categorical.has(column), { ...params, action });
  });
  const points = cartesian(gridValues);
  const trees = chooseTrees(estimator, params, weights, action);
  if (trees !== undefined) {
    const known = points.map(point => new Map(columns.map((column, k) => [column, point[k] as number])));
    const averages = yield* treeDependence(trees, known);
    return { gridValues, average: new Matrix(averages, 1, averages.length) };
  }
  const individual = yield* predictAt(points, {
    estimator,
    table,
    columns,
    method: chooseMethod(estimator, params, action),
  });
  const average = Matrix.fromRows(individual.map(output => averageRows(output, weights)));
  if (params.kind === 'average') return { gridValues, average };
  return params.kind === 'individual' ? { gridValues, individual } : { gridValues, average, individual };
}

/** samples × points for each output, the samples having the values of each point in the given columns. */
function* predictAt(
  points: readonly (readonly Cell[])[],
  {
    estimator,
    table,
    columns,
    method,
  }: {
    readonly estimator: AnyEstimator;
    readonly table: Matrix | Frame;
    readonly columns: readonly number[];
    readonly method: string;
  },
): Work<Matrix[]> {
  let outputs: Matrix[] = [];
  for (const [at, point] of points.entries()) {
    yield step('partialDependence', at, points.length);
    const response = yield* callWork(estimator, method, withValues(table, columns, point));
    const perOutput = splitOutputs(response as Float64Array | Matrix, estimator.kind === 'classifier');
    if (at === 0) outputs = perOutput.map(() => Matrix.zeros(table.rows, points.length));
    perOutput.forEach((values, k) => {
      for (let i = 0; i < values.length; i++) outputs[k]!.set(i, at, values[i]!);
    });
  }
  yield step('partialDependence', points.length, points.length);
  return outputs;
}

/** Numbers per output; of two classes only the second counts. */
function splitOutputs(response: Float64Array | Matrix, isClassified: boolean): Float64Array[] {
  if (!(response instanceof Matrix)) return [response];
  if (isClassified && response.columns === 2) return [response.column(1)];
  return Array.from({ length: response.columns }, (_, j) => response.column(j));
}

function withValues(table: Matrix | Frame, columns: readonly number[], point: readonly Cell[]): Matrix | Frame {
  if (table instanceof Matrix) {
    return table.map((value, _, j) => (columns.includes(j) ? (point[columns.indexOf(j)] as number) : value));
  }
  const replaced = table.columns.map(({ name, values }, j) => {
    const cell = point[columns.indexOf(j)];
    if (!columns.includes(j)) return { name, values };
    const isNumeric = values instanceof Float64Array && typeof cell === 'number';
    return { name, values: isNumeric ? values.map(() => cell) : Array.from(values, () => cell) };
  });
  return new Frame(replaced, table.rows);
}

function averageRows({ data, rows, columns }: Matrix, weights: Float64Array | undefined): Float64Array {
  const averages = new Float64Array(columns);
  const total = weights === undefined ? rows : weights.reduce((sum, weight) => sum + weight, 0);
  for (let i = 0; i < rows; i++) {
    const weight = (weights?.[i] ?? 1) / total;
    for (let j = 0; j < columns; j++) averages[j]! += weight * data[i * columns + j]!;
  }
  return averages;
}

/** Every combination of values, the last list's values changing fastest. */
function cartesian(axes: readonly Axis[]): Cell[][] {
  return axes.reduce<Cell[][]>(
    (points, axis) => points.flatMap(point => Array.from(axis, cell => [...point, cell])),
    [[]],
  );
}

/** The trees to walk; undefined where all samples are predicted. */
function chooseTrees(
  estimator: AnyEstimator,
  { method, kind, responseMethod }: ParamsOf<typeof spec>,
  weights: Float64Array | undefined,
  action: string,
) {
  if (method === 'brute' || (method === 'auto' && (kind !== 'average' || weights !== undefined))) return undefined;
  const trees = treesOf(estimator);
  if (method === 'auto') return trees;
  if (trees === undefined || kind !== 'average' || weights !== undefined || responseMethod === 'predictProba') {
    throw new UnsupportedError({
      action,
      rule: "method 'recursion' must be for an unweighted average of a tree or forest regressor of one output",
      received: estimator.name,
      repair: "use method 'brute'",
    });
  }
  return trees;
}

function chooseMethod(estimator: AnyEstimator, { responseMethod }: ParamsOf<typeof spec>, action: string): string {
  if (estimator.kind === 'regressor') {
    if (responseMethod === 'auto') return 'predict';
    throw new InvalidParamError({
      action,
      rule: "responseMethod must be 'auto' for regressors",
      received: show(responseMethod),
    });
  }
  const wanted = responseMethod === 'auto' ? (['predictProba', 'decisionFunction'] as const) : [responseMethod];
  const found = wanted.find(method => estimator.supports(method));
  if (found !== undefined) return found;
  throw new UnsupportedError({
    action,
    rule: `${estimator.name} must have ${wanted.join(' or ')}`,
    received: 'neither',
  });
}

function checkPredicts(estimator: AnyEstimator, action: string): void {
  checkModel(estimator, 'estimator', action);
  if (estimator.kind !== 'classifier' && estimator.kind !== 'regressor') {
    throw new UnsupportedError({
      action,
      rule: 'estimator must be a classifier or a regressor',
      received: `${estimator.name}, a ${estimator.kind}`,
    });
  }
  if (!estimator.isFitted) {
    throw new NotFittedError({ action, rule: 'fit must be called first', received: 'an unfitted estimator' });
  }
  const { classes_ } = estimator as { classes_?: readonly unknown[] };
  if (estimator.kind === 'regressor' || !Array.isArray(classes_?.[0])) return;
  throw new UnsupportedError({ action, rule: 'a classifier must have one output', received: `${classes_.length}` });
}

function isPercentiles(candidate: unknown): boolean {
  if (!Array.isArray(candidate) || candidate.length !== 2) return false;
  const [low, high] = candidate as [unknown, unknown];
  return typeof low === 'number' && typeof high === 'number' && low >= 0 && high <= 1 && low < high;
}
