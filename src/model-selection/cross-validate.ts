import type { MatrixLike } from '../array/index.ts';
import { boolean, checkParams, type Label, type ParamsOf, type Target } from '../check/index.ts';
import type { AnyEstimator, CallOptions } from '../core/index.ts';
import { drive, type Work } from '../work/index.ts';
import { cvRule, errorScoreRule, nJobsRule, prepare, scoringRule } from './cv-options.ts';
import { evaluate } from './evaluate.ts';
import { readScoring, type Scoring } from './scoring/index.ts';
import type { Split } from './splitters/splitter.ts';

const spec = {
  /** How to score: a scorer's name, a scorer, several of them, or null for the estimator's own `score`. */
  scoring: scoringRule(),
  /** How to split: a number of folds, a splitter, a list of splits, or null for five folds. */
  cv: cvRule(),
  /** Workers: null and 1 run in this thread, -1 on all cores. */
  nJobs: nJobsRule(),
  /** Score the training samples too. */
  returnTrainScore: boolean({ default: false }),
  /** Give the fitted estimators. */
  returnEstimator: boolean({ default: false }),
  /** Give the splits. */
  returnIndices: boolean({ default: false }),
  /** The score of a fit that throws; `'raise'` lets it throw. */
  errorScore: errorScoreRule(),
};

/** What belongs to each sample in a cross-validation. */
export interface SampleOptions extends CallOptions {
  /** Group of each sample, for the splitter, and for a search that is evaluated. */
  readonly groups?: ArrayLike<Label> | undefined;
  /** Weights given to each `fit`; scores are not weighed. */
  readonly sampleWeight?: ArrayLike<number> | undefined;
}

export type CrossValidateOptions = Partial<ParamsOf<typeof spec>> & SampleOptions;

/** Scores by scorer name (`score` where there is one scorer), one value per split. */
export interface CrossValidation<E> {
  readonly testScores: Readonly<Record<string, Float64Array>>;
  readonly trainScores?: Readonly<Record<string, Float64Array>>;
  /** Seconds. */
  readonly fitTime: Float64Array;
  /** Seconds. */
  readonly scoreTime: Float64Array;
  readonly estimators?: readonly E[];
  readonly splits?: readonly Split[];
}

/**
 * Fits a copy of an estimator on each split's training samples and scores it on the test samples.
 *
 * @param estimator stays as it is
 * @param X samples × features
 * @param y target, where the estimator or the scores need one
 * @returns one score per scorer and split
 * @throws InvalidInputError on data that break a rule, and if every fit failed.
 *
 * @example
 * import { crossValidate, KFold, LinearRegression } from 'fitwise';
 * const X = [[0], [1], [2], [3]];
 * const { testScores } = await crossValidate(new LinearRegression(), X, [1, 3, 5, 7], { cv: 2, scoring: 'negMaxError' });
 * testScores.score.length; // 2
 */
export function crossValidate<E extends AnyEstimator>(
  estimator: E,
  X: MatrixLike,
  y?: Target,
  options: CrossValidateOptions = {},
): Promise<CrossValidation<E>> {
  return drive(crossValidateWork(estimator, X, y, options), options);
}

/** The work of `crossValidate`. */
export function* crossValidateWork<E extends AnyEstimator>(
  estimator: E,
  X: MatrixLike,
  y: Target | undefined,
  all: CrossValidateOptions,
): Work<CrossValidation<E>> {
  const { signal: _signal, onProgress: _onProgress, groups, sampleWeight, device, ...given } = all;
  const action = 'run crossValidate';
  const { cv, scoring, returnEstimator, returnIndices, ...options } = checkParams('crossValidate', spec, given);
  const { samples, splits } = prepare(estimator, X, y, { cv, groups, sampleWeight, device }, action);
  const { scorers } = readScoring(scoring, estimator, action);
  const evaluateOptions = { ...options, scorers, weighScores: false, label: 'crossValidate', returnEstimator };
  const [results] = yield* evaluate([estimator], samples, splits, evaluateOptions);
  const names = Object.keys(scorers);
  const collect = (read: (fold: number, name: string) => number) =>
    Object.fromEntries(names.map(name => [name, Float64Array.from(splits, (_, fold) => read(fold, name))]));
  return {
    testScores: collect((fold, name) => results![fold]!.testScores[name]!),
    ...(options.returnTrainScore ? { trainScores: collect((fold, name) => results![fold]!.trainScores![name]!) } : {}),
    fitTime: Float64Array.from(results!, result => result.fitTime),
    scoreTime: Float64Array.from(results!, result => result.scoreTime),
    ...(returnEstimator ? { estimators: results!.map(result => result.estimator as E) } : {}),
    ...(returnIndices ? { splits } : {}),
  };
}

export type CrossValScoreOptions = Omit<
  CrossValidateOptions,
  'returnTrainScore' | 'returnEstimator' | 'returnIndices' | 'scoring'
> & {
  readonly scoring?: Scoring;
};

/**
 * The test scores of `crossValidate` with one scorer.
 *
 * @returns one score per split
 *
 * @example
 * import { crossValScore, DummyClassifier } from 'fitwise';
 * await crossValScore(new DummyClassifier(), [[0], [1], [2], [3]], ['a', 'a', 'b', 'b'], { cv: 2 }); // Float64Array [0.5, 0.5]
 */
export async function crossValScore(
  estimator: AnyEstimator,
  X: MatrixLike,
  y?: Target,
  options: CrossValScoreOptions = {},
): Promise<Float64Array> {
  return (await crossValidate(estimator, X, y, options)).testScores.score!;
}
