import type { CsrMatrix, Frame, Matrix } from '../array/index.ts';
import { type Label, type Target, takeTarget } from '../check/index.ts';
import type { FitCache } from '../compose/index.ts';
import { type AnyEstimator, type CallOptions, type FitOptions, routeDevice } from '../core/index.ts';
import type { Work } from '../work/index.ts';
import { type Scorer, scoreAll } from './scoring/index.ts';
import { cutFrom, withNestedValue } from './share-fits.ts';
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
  /** Seconds; of all fits that shared, where several candidates did. */
  readonly fitTime: number;
  /** How many candidates shared fits; 1 where the candidate had a fit of its own. */
  readonly sharedBy: number;
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

/** Fits on samples, beside a model with a looser bound where there is one; groups go to an estimator that uses them, weights must. */
export function* fitOn(
  estimator: AnyEstimator,
  { X, y, sampleWeight, groups, device }: Samples,
  looser?: AnyEstimator,
): Work<void> {
  const options: FitOptions = {
    ...(sampleWeight === undefined ? {} : { sampleWeight }),
    ...(groups !== undefined && estimator.consumes.includes('groups') ? { groups } : {}),
    ...routeDevice({ device }, estimator, 'fit'),
  };
  if (looser === undefined) yield* estimator.fitWork(X, y, options);
  else yield* estimator.fitWithinWork(looser, X, y, options);
}

export function takeFold(samples: Samples, { train, test }: Split, cache: FitCache): Fold {
  return { train: takeSamples(samples, train), test: takeSamples(samples, test), cache };
}

/** An unfitted estimator, and values of its nested parameter, none above its own, that are cut from its fit. */
export interface FitPlan {
  readonly estimator: AnyEstimator;
  readonly cuts: readonly number[];
}

/**
 * Fits an unfitted estimator on a fold's training samples and scores it on its test samples, and then the models that
 * are cut from it.
 *
 * @param looser a model fitted on the same samples that differs in a looser bound, if there is one
 * @returns what came of the estimator, and of each cut
 * @throws whatever `fit` throws, if `errorScore` is `'raise'`.
 */
export function* fitAndScore(
  { estimator, cuts }: FitPlan,
  looser: AnyEstimator | undefined,
  fold: Fold,
  options: FitScoreOptions,
): Work<FitScore[]> {
  const start = performance.now();
  const fitError = yield* tryFit(estimator, looser, fold.train, options.errorScore);
  const fitTime = (performance.now() - start) / 1000;
  if (fitError === null) {
    const scores = [yield* scoreFold(estimator, fold, fitTime, options)];
    for (const value of cuts) scores.push(yield* scoreFold(cutFrom(estimator, value), fold, fitTime, options));
    return scores;
  }
  // Smaller values may fit where this one does not.
  const scores = [failed(fitError, fitTime, options)];
  for (const value of cuts) {
    const alone = { estimator: withNestedValue(estimator, value), cuts: [] };
    scores.push(...(yield* fitAndScore(alone, undefined, fold, options)));
  }
  return scores;
}

/** What came of estimators that were fitted beside each other: those that did not fail all show the time of all. */
export function shareTimes(results: readonly (readonly FitScore[])[]): FitScore[] {
  const sharing = results.filter(own => own[0]!.fitError === null);
  const fitTime = sharing.reduce((sum, own) => sum + own[0]!.fitTime, 0);
  const sharedBy = sharing.flat().length;
  return results.flatMap(own => (own[0]!.fitError === null ? own.map(one => ({ ...one, fitTime, sharedBy })) : own));
}

function failed(
  fitError: string,
  fitTime: number,
  { scorers, errorScore, returnTrainScore }: FitScoreOptions,
): FitScore {
  const scores = Object.fromEntries(Object.keys(scorers).map(name => [name, errorScore as number]));
  const trainScores = returnTrainScore ? scores : null;
  return { testScores: scores, trainScores, fitTime, sharedBy: 1, scoreTime: 0, fitError, estimator: null };
}

function* scoreFold(
  estimator: AnyEstimator,
  { train, test }: Fold,
  fitTime: number,
  options: FitScoreOptions,
): Work<FitScore> {
  const start = performance.now();
  const testScores = yield* scoreSamples(estimator, test, options);
  const scoreTime = (performance.now() - start) / 1000;
  const trainScores = options.returnTrainScore ? yield* scoreSamples(estimator, train, options) : null;
  const kept = options.returnEstimator ? estimator : null;
  return { testScores, trainScores, fitTime, sharedBy: 1, scoreTime, fitError: null, estimator: kept };
}

function* tryFit(
  estimator: AnyEstimator,
  looser: AnyEstimator | undefined,
  samples: Samples,
  errorScore: number | 'raise',
): Work<string | null> {
  try {
    yield* fitOn(estimator, samples, looser);
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
