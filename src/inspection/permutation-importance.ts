import { Frame, Matrix, type MatrixLike } from '../array/index.ts';
import {
  checkParams,
  either,
  integer,
  nullable,
  type ParamsOf,
  seed,
  share,
  type Target,
  takeTarget,
} from '../check/index.ts';
import { type AnyEstimator, checkModel } from '../core/index.ts';
import { InvalidInputError, NotFittedError } from '../errors/index.ts';
import { type Carried, carry, unpack } from '../model-selection/carry.ts';
import { nJobsRule, scoringRule } from '../model-selection/cv-options.ts';
import { mean, populationStd } from '../model-selection/numpy-sums.ts';
import { readSamples } from '../model-selection/read-samples.ts';
import {
  fromScorerNames,
  type MultiScoring,
  readScoring,
  type ScorerNames,
  type ScorerSet,
  type Scoring,
  scoreAll,
  toScorerNames,
} from '../model-selection/scoring/index.ts';
import { countJobs, mapTasks, type Task } from '../parallel/index.ts';
import { RandomState, randomFrom, sampleWithoutReplacement } from '../random/index.ts';
import { drive, type RunOptions, type Work } from '../work/index.ts';
import { checkDense, widthOf } from './check-dense.ts';

const spec = {
  /** How to score: a scorer's name, a scorer, several of them, or null for the estimator's own `score`. */
  scoring: scoringRule(),
  /** How often each column is shuffled. */
  nRepeats: integer({ min: 1, default: 5 }),
  /** Workers: null and 1 run in this thread, -1 on all cores. */
  nJobs: nJobsRule(),
  /** Seed of the shuffles; every column is shuffled by the same stream. */
  randomState: seed(),
  /** Samples that are shuffled and scored, drawn per column: a share, a count, or null for all. */
  maxSamples: nullable(either(share({ default: 0.5 }), integer({ min: 1, default: 1 }))),
};

export interface PermutationImportanceOptions<S = Scoring | MultiScoring>
  extends Omit<Partial<ParamsOf<typeof spec>>, 'scoring'>,
    RunOptions {
  readonly scoring?: S;
  /** Weights of the samples in the scores. */
  readonly sampleWeight?: ArrayLike<number> | undefined;
}

/** How much worse a model scores without what a feature says. */
export interface Importances {
  /** Mean loss of score per feature. */
  readonly importancesMean: Float64Array;
  /** Standard deviation over the repeats, per feature. */
  readonly importancesStd: Float64Array;
  /** features × repeats. */
  readonly importances: Matrix;
}

/** Importances for one scorer; by name for several. */
export type ImportancesOf<S> = S extends Scoring ? Importances : Readonly<Record<string, Importances>>;

/**
 * The score that a fitted model loses when one column is shuffled: `score - score(X with column j shuffled)`. A second
 * repeat shuffles the column as the first left it, as in scikit-learn.
 *
 * Cost: one prediction of all samples per feature and repeat.
 *
 * Source: L. Breiman, "Random Forests", Machine Learning 45 (2001), section 10, for any model.
 *
 * @param estimator fitted; stays as it is
 * @param X samples × features, dense
 * @param y target, where the scores need one
 * @throws NotFittedError before `fit`. @throws InvalidInputError on data that break a rule.
 *
 * @example
 * import { GaussianNB, permutationImportance } from 'fitwise';
 * const X = [[0, 1], [1, 1], [8, 1], [9, 1]];
 * const model = await new GaussianNB().fit(X, ['a', 'a', 'b', 'b']);
 * const { importancesMean } = await permutationImportance(model, X, ['a', 'a', 'b', 'b'], { randomState: 0 });
 * importancesMean[1]; // 0
 */
export function permutationImportance<const S extends Scoring | MultiScoring = null>(
  estimator: AnyEstimator,
  X: MatrixLike,
  y?: Target,
  options: PermutationImportanceOptions<S> = {},
): Promise<ImportancesOf<S>> {
  return drive(permutationImportanceWork(estimator, X, y, options), options) as Promise<ImportancesOf<S>>;
}

function* permutationImportanceWork(
  estimator: AnyEstimator,
  X: MatrixLike,
  y: Target | undefined,
  all: PermutationImportanceOptions,
): Work<Importances | Readonly<Record<string, Importances>>> {
  const { signal: _signal, onProgress: _onProgress, sampleWeight, ...given } = all;
  const label = 'permutationImportance';
  const action = `run ${label}`;
  const { scoring, nRepeats, nJobs, randomState, maxSamples } = checkParams(label, spec, given);
  checkModel(estimator, 'estimator', action);
  if (!estimator.isFitted) {
    throw new NotFittedError({ action, rule: 'fit must be called first', received: 'an unfitted estimator' });
  }
  const table = checkDense(X, action);
  const samples = readSamples(table, y, { sampleWeight }, action);
  const { scorers, isMulti } = readScoring(scoring, estimator, action);
  const scored = { X: table, y: samples.y, sampleWeight: samples.sampleWeight };
  const columns = Array.from({ length: widthOf(table) }, (_, column) => column);
  const crosses = Math.min(countJobs(nJobs), columns.length) > 1;
  const shared: Shared = {
    ...scored,
    estimator: carry(estimator, crosses, label),
    scorers: crosses ? toScorerNames(scorers, action) : scorers,
    seed: randomFrom(randomState).randint(0, 2 ** 31),
    nRepeats,
    nSamples: countShuffled(maxSamples, table.rows, action),
  };
  const baseline = yield* scoreAll(scorers, estimator, scored);
  const permuted = yield* mapTasks(permuteColumnTask, columns, { shared, nJobs, label });
  const named = Object.keys(scorers).map(name => {
    const rows = permuted.map(scores => scores.map(score => baseline[name]! - score[name]!));
    return [name, summarise(rows)] as const;
  });
  return isMulti ? Object.fromEntries(named) : named[0]![1];
}

interface Shared {
  readonly X: Matrix | Frame;
  readonly y: Target | undefined;
  readonly sampleWeight: Float64Array | undefined;
  readonly estimator: Carried;
  readonly scorers: ScorerSet['scorers'] | ScorerNames;
  readonly seed: number;
  readonly nRepeats: number;
  readonly nSamples: number;
}

/** The scores of each repeat with one column shuffled, in this thread or in a worker. */
export const permuteColumnTask: Task<number, Shared, readonly Readonly<Record<string, number>>[]> = {
  id: 'inspection/permute-column',
  *run(column, shared) {
    const estimator = yield* unpack(shared.estimator);
    const scorers = (
      Array.isArray(shared.scorers) ? fromScorerNames(shared.scorers) : shared.scorers
    ) as ScorerSet['scorers'];
    const random = new RandomState(shared.seed);
    const { X, y, sampleWeight } = drawSamples(shared, random);
    const order = Int32Array.from({ length: X.rows }, (_, row) => row);
    const scores: Readonly<Record<string, number>>[] = [];
    let shuffled = X;
    for (let repeat = 0; repeat < shared.nRepeats; repeat++) {
      random.shuffle(order);
      shuffled = permuteColumn(shuffled, column, order);
      scores.push(yield* scoreAll(scorers, estimator, { X: shuffled, y, sampleWeight }));
    }
    return scores;
  },
};

/** The samples of one column's shuffles: all, or as many as asked for, drawn without replacement. */
function drawSamples({ X, y, sampleWeight, nSamples }: Shared, random: RandomState) {
  if (nSamples === X.rows) return { X, y, sampleWeight };
  const rows = sampleWithoutReplacement(X.rows, nSamples, { randomState: random });
  return {
    X: X.takeRows(rows),
    y: y === undefined ? undefined : takeTarget(y, rows),
    sampleWeight: sampleWeight === undefined ? undefined : Float64Array.from(rows, row => sampleWeight[row]!),
  };
}

/** A copy in which a column's values stand in another order. */
function permuteColumn(X: Matrix | Frame, column: number, order: Int32Array): Matrix | Frame {
  if (X instanceof Matrix) return X.map((value, i, j) => (j === column ? X.get(order[i]!, j) : value));
  const permuted = X.takeColumns([column]).takeRows(order).columns[0]!;
  return new Frame(
    X.columns.map((other, j) => (j === column ? permuted : other)),
    X.rows,
  );
}

function countShuffled(maxSamples: number | null, rows: number, action: string): number {
  const count = maxSamples === null ? rows : maxSamples < 1 ? Math.floor(maxSamples * rows) : maxSamples;
  if (count >= 1 && count <= rows) return count;
  throw new InvalidInputError({ action, rule: `maxSamples must be 1 to ${rows} samples`, received: `${count}` });
}

function summarise(rows: readonly (readonly number[])[]): Importances {
  return {
    importancesMean: Float64Array.from(rows, mean),
    importancesStd: Float64Array.from(rows, populationStd),
    importances: Matrix.fromRows(rows),
  };
}
