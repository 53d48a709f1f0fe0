import type { CsrMatrix, Frame, Matrix } from '../array/index.ts';
import { type Label, type Target, takeTarget } from '../check/index.ts';
import type { FitCache } from '../compose/index.ts';
import { type AnyEstimator, type CallOptions, type FitOptions, routeDevice } from '../core/index.ts';
import type { Work } from '../work/index.ts';
import { type Scorer, scoreAll } from './scoring/index.ts';
import type { Split } from './splitters/splitter.ts';

/** The table of a search: rows can be taken. */
export type Table = Matrix | CsrMatrix | Frame;

/** Samples with what belongs to each of them. */
export interface Samples {
  readonly X: Table;
  readonly y: Target | undefined;
  readonly sampleWeight?: Float64Array | undefined;
  /** For estimators that split again inside (a search in a search). */
  readonly groups?: readonly Label[] | undefined;
  /** Where the fits compute. */
  readonly device?: CallOptions['device'];
}

/** One fold's samples, taken once for all candidates. */
export interface Fold {
  readonly train: Samples;
  readonly test: Samples;
  /** Remembers steps fitted on this fold's training samples. */
  readonly cache: FitCache;
}

/** What came of one candidate on one fold; scores by scorer name. */
export interface FitScore {
  readonly testScores: Readonly<Record<string, number>>;
  readonly trainScores: Readonly<Record<string, number>> | null;
  /** Seconds. */
  readonly fitTime: number;
  /** Seconds. */
  readonly scoreTime: number;
  /** The sentence of the error that `fit` threw, where `errorScore` stands for its scores. */
  readonly fitError: string | null;
  /** The fitted estimator, where it was asked for and `fit` did not throw. */
  readonly estimator: AnyEstimator | null;
}

export interface FitScoreOptions {
  readonly scorers: Readonly<Record<string, Scorer | null>>;
  readonly returnTrainScore: boolean;
  /** The score of a fit that throws; `'raise'` lets it throw. */
  readonly errorScore: number | 'raise';
  readonly returnEstimator: boolean;
  /** Whether `sampleWeight` also weighs the scores. */
  readonly weighScores: boolean;
}

/** The rows of a split, taken from the samples. */
export function takeSamples({ X, y, sampleWeight, groups, device }: Samples, rows: Int32Array): Samples {
  return {
    device,
    X: X.takeRows(rows),
    y: y === undefined ? undefined : takeTarget(y, rows),
    sampleWeight: sampleWeight === undefined ? undefined : Float64Array.from(rows, i => sampleWeight[i]!),
    groups: groups === undefined ? undefined : Array.from(rows, i => groups[i]!),
  };
}

/** Fits on samples; groups go to an estimator that uses them, weights must. */
export function* fitOn(estimator: AnyEstimator, { X, y, sampleWeight, groups, device }: Samples): Work<void> {
  const options: FitOptions = {
    ...(sampleWeight === undefined ? {} : { sampleWeight }),
    ...(groups !== undefined && estimator.consumes.includes('groups') ? { groups } : {}),
    ...routeDevice({ device }, estimator, 'fit'),
  };
  yield* estimator.fitWork(X, y, options);
}

export function takeFold(samples: Samples, { train, test }: Split, cache: FitCache): Fold {
  return { train: takeSamples(samples, train), test: takeSamples(samples, test), cache };
}

/**
 * Fits an unfitted estimator on a fold's training samples and scores it on its test samples.
 *
 * @throws whatever `fit` throws, if `errorScore` is `'raise'`.
 */
export function* fitAndScore(estimator: AnyEstimator, fold: Fold, options: FitScoreOptions): Work<FitScore> {
  const start = performance.now();
  const { train, test } = fold;
  const fitError = yield* tryFit(estimator, train, options.errorScore);
  const fitted = performance.now();
  const fitTime = (fitted - start) / 1000;
  if (fitError !== null) {
    const scores = Object.fromEntries(Object.keys(options.scorers).map(name => [name, options.errorScore as number]));
    const trainScores = options.returnTrainScore ? scores : null;
    return { testScores: scores, trainScores, fitTime, scoreTime: 0, fitError, estimator: null };
  }
  const testScores = yield* scoreSamples(estimator, test, options);
  const scoreTime = (performance.now() - fitted) / 1000;
  const trainScores = options.returnTrainScore ? yield* scoreSamples(estimator, train, options) : null;
  return {
    testScores,
    trainScores,
    fitTime,
    scoreTime,
    fitError,
    estimator: options.returnEstimator ? estimator : null,
  };
}

function* tryFit(estimator: AnyEstimator, samples: Samples, errorScore: number | 'raise'): Work<string | null> {
  try {
    yield* fitOn(estimator, samples);
    return null;
  } catch (error) {
    if (errorScore === 'raise') throw error;
    return error instanceof Error ? error.message : String(error);
  }
}

function* scoreSamples(
  estimator: AnyEstimator,
  { X, y, sampleWeight }: Samples,
  { scorers, weighScores, errorScore }: FitScoreOptions,
): Work<Record<string, number>> {
  return yield* scoreAll(
    scorers,
    estimator,
    { X, y, sampleWeight: weighScores ? sampleWeight : undefined },
    errorScore,
  );
}
