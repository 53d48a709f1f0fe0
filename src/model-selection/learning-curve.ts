import type { MatrixLike } from '../array/index.ts';
import { boolean, checkParams, listOf, type ParamsOf, real, seed, type Target } from '../check/index.ts';
import type { AnyEstimator } from '../core/index.ts';
import { InvalidInputError, show, warn } from '../errors/index.ts';
import { randomFrom } from '../random/index.ts';
import { drive, type Work } from '../work/index.ts';
import type { SampleOptions } from './cross-validate.ts';
import { cvRule, errorScoreRule, nJobsRule, prepare, scoringRule } from './cv-options.ts';
import { evaluate } from './evaluate.ts';
import { type ScoreCurve, toCurve } from './score-curve.ts';
import { readSingleScoring } from './scoring/index.ts';
import type { Split } from './splitters/splitter.ts';

const spec = {
  /** Numbers of training samples: shares of the largest possible if all are at most 1, counts otherwise. */
  trainSizes: listOf(real({ above: 0, default: 1 }), { default: [0.1, 0.325, 0.55, 0.775, 1] }),
  /** How to score: a scorer's name, a scorer, or null for the estimator's own `score`. */
  scoring: scoringRule(),
  /** How to split: a number of folds, a splitter, a list of splits, or null for five folds. */
  cv: cvRule(),
  /** Workers: null and 1 run in this thread, -1 on all cores. */
  nJobs: nJobsRule(),
  /** Shuffle the training samples before their first ones are taken. */
  shuffle: boolean({ default: false }),
  /** Seed of the shuffle. */
  randomState: seed(),
  /** The score of a fit that throws; `'raise'` lets it throw. */
  errorScore: errorScoreRule(),
};

export type LearningCurveOptions = Partial<ParamsOf<typeof spec>> & SampleOptions;

export interface LearningCurve extends ScoreCurve {
  /** Numbers of training samples, ascending. */
  readonly trainSizes: Int32Array;
}

/**
 * Scores for growing training sets: the first samples of each split's training samples.
 *
 * Cost: one fit per split and size.
 *
 * Unlike in scikit-learn there is no `exploit_incremental_learning`: every size is fitted afresh.
 *
 * @param estimator stays as it is
 * @param X samples × features
 * @param y target, where the estimator or the scores need one
 * @throws InvalidInputError on a size that is no share or exceeds the training samples, and on data that break a rule
 *
 * @example
 * import { GaussianNB, learningCurve, loadIris } from 'fitwise';
 * const { X, y } = await loadIris();
 * const curve = await learningCurve(new GaussianNB(), X, y, { shuffle: true, randomState: 0 });
 * curve.trainSizes; // Int32Array [12, 39, 66, 93, 120]
 */
export function learningCurve(
  estimator: AnyEstimator,
  X: MatrixLike,
  y?: Target,
  options: LearningCurveOptions = {},
): Promise<LearningCurve> {
  return drive(learningCurveWork(estimator, X, y, options), options);
}

function* learningCurveWork(
  estimator: AnyEstimator,
  X: MatrixLike,
  y: Target | undefined,
  all: LearningCurveOptions,
): Work<LearningCurve> {
  const { signal: _signal, onProgress: _onProgress, groups, sampleWeight, device, ...given } = all;
  const label = 'learningCurve';
  const action = `run ${label}`;
  const { cv, scoring, trainSizes, shuffle, randomState, ...options } = checkParams(label, spec, given);
  const { samples, splits } = prepare(estimator, X, y, { cv, groups, sampleWeight, device }, action);
  const scorers = readSingleScoring(scoring, estimator, action);
  const sizes = countSizes(trainSizes, splits[0]!.train.length, action);
  const random = shuffle ? randomFrom(randomState) : undefined;
  const grown = splits.flatMap(({ train, test }) => {
    const order = random === undefined ? train : random.permutation(train.length).map(place => train[place]!);
    return Array.from(sizes, (size): Split => ({ train: order.slice(0, size), test }));
  });
  const evaluateOptions = {
    ...options,
    scorers,
    label,
    returnTrainScore: true,
    returnEstimator: false,
    weighScores: false,
  };
  const [results] = yield* evaluate([estimator], samples, grown, evaluateOptions);
  const rows = Array.from(sizes, (_, k) => splits.map((_split, fold) => results![fold * sizes.length + k]!));
  return { trainSizes: sizes, ...toCurve(rows) };
}

/** Numbers of training samples, ascending and different. */
function countSizes(trainSizes: readonly number[], most: number, action: string): Int32Array {
  const areShares = trainSizes.every(size => size <= 1);
  const isSize = (size: number) => areShares || (Number.isInteger(size) && size <= most);
  if (trainSizes.length === 0 || !trainSizes.every(isSize)) {
    throw new InvalidInputError({
      action,
      rule: `trainSizes must be shares in (0, 1], or whole numbers from 1 to ${most}`,
      received: show(trainSizes),
    });
  }
  const counts = trainSizes.map(size => (areShares ? Math.max(1, Math.floor(size * most)) : size));
  const sizes = Int32Array.from(new Set(counts)).sort();
  if (sizes.length < counts.length) {
    const message = `trainSizes hold ${counts.length - sizes.length} repeated numbers of samples, which are left out`;
    warn({ kind: 'user', source: 'learningCurve', message });
  }
  return sizes;
}
