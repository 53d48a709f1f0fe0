import type { MatrixLike } from '../array/index.ts';
import {
  checkParams,
  encodeLabels,
  integer,
  type Label,
  type ParamsOf,
  seed,
  type Target,
  takeTarget,
} from '../check/index.ts';
import { type AnyEstimator, checkDevice, checkModel } from '../core/index.ts';
import { InvalidInputError } from '../errors/index.ts';
import { countJobs, mapTasks, type Task } from '../parallel/index.ts';
import { type RandomState, randomFrom } from '../random/index.ts';
import { drive, type Work } from '../work/index.ts';
import { type Carried, carry, unpack } from './carry.ts';
import type { SampleOptions } from './cross-validate.ts';
import { cvRule, nJobsRule, scoringRule, splitSamples } from './cv-options.ts';
import { fitOn, type Samples, takeSamples } from './fit-and-score.ts';
import { mean } from './numpy-sums.ts';
import { readSamples } from './read-samples.ts';
import {
  fromScorerNames,
  readSingleScoring,
  type ScorerNames,
  type ScorerSet,
  scoreAll,
  toScorerNames,
} from './scoring/index.ts';
import { checkCv } from './splitters/check-cv.ts';
import type { Split } from './splitters/splitter.ts';

const spec = {
  /** How to score: a scorer's name, a scorer, or null for the estimator's own `score`. */
  scoring: scoringRule(),
  /** How to split: a number of folds, a splitter, a list of splits, or null for five folds. */
  cv: cvRule(),
  /** Number of permutations. */
  nPermutations: integer({ min: 1, default: 100 }),
  /** Workers: null and 1 run in this thread, -1 on all cores. */
  nJobs: nJobsRule(),
  /** Seed of the permutations; 0 unless given. */
  randomState: { ...seed(), default: 0 },
};

export type PermutationTestOptions = Partial<ParamsOf<typeof spec>> & SampleOptions;

export interface PermutationTest {
  /** Mean score over the splits, on the data as they are. */
  readonly score: number;
  /** Mean score for each permutation of the target. */
  readonly permutationScores: Float64Array;
  /** `(C + 1) / (nPermutations + 1)`, where C counts the permutations with a score at least as good. */
  readonly pValue: number;
}

/**
 * Whether a cross-validated score is better than chance: the target is permuted (within groups, where groups are
 * given), and the score is computed anew.
 *
 * Cost: one fit per split and permutation, and one per split for the data as they are.
 *
 * Source: M. Ojala and G. C. Garriga, "Permutation Tests for Studying Classifier Performance", JMLR 11 (2010), test 1.
 *
 * @param estimator stays as it is
 * @param X samples × features
 * @param y target
 * @throws InvalidInputError on data that break a rule, and whatever a fit throws
 *
 * @example
 * import { GaussianNB, loadIris, permutationTestScore } from 'fitwise';
 * const { X, y } = await loadIris();
 * const { pValue } = await permutationTestScore(new GaussianNB(), X, y, { nPermutations: 9 });
 * pValue; // 0.1
 */
export function permutationTestScore(
  estimator: AnyEstimator,
  X: MatrixLike,
  y: Target,
  options: PermutationTestOptions = {},
): Promise<PermutationTest> {
  return drive(permutationTestWork(estimator, X, y, options), options);
}

function* permutationTestWork(
  estimator: AnyEstimator,
  X: MatrixLike,
  y: Target,
  all: PermutationTestOptions,
): Work<PermutationTest> {
  const { signal: _signal, onProgress: _onProgress, groups, sampleWeight, device, ...given } = all;
  const label = 'permutationTestScore';
  const action = `run ${label}`;
  const { cv, nJobs, nPermutations, randomState, scoring } = checkParams(label, spec, given);
  if (y === undefined || y === null) throw new InvalidInputError({ action, rule: 'y must be given', received: 'none' });
  checkModel(estimator, 'estimator', action);
  checkDevice(device, estimator, 'fit', action);
  const samples = readSamples(X, y, { sampleWeight, groups, device }, action);
  const scorers = readSingleScoring(scoring, estimator, action);
  const splitter = checkCv(cv, samples.y, { isClassifier: estimator.kind === 'classifier' });
  const random = randomFrom(randomState);
  const orders = [null, ...Array.from({ length: nPermutations }, () => permute(samples, random))];
  const payloads = orders.map(order => {
    const permuted = order === null ? samples.y! : takeTarget(samples.y!, order);
    return { order, splits: splitSamples(splitter, { ...samples, y: permuted }, action) };
  });
  const crosses = Math.min(countJobs(nJobs), payloads.length) > 1;
  const shared: Shared = {
    samples,
    estimator: carry(estimator, crosses, label),
    scorers: crosses ? toScorerNames(scorers, action) : scorers,
  };
  const [score, ...permutationScores] = yield* mapTasks(permutedScoreTask, payloads, { shared, nJobs, label });
  const better = permutationScores.filter(other => other >= score!).length;
  return {
    score: score!,
    permutationScores: Float64Array.from(permutationScores),
    pValue: (better + 1) / (nPermutations + 1),
  };
}

interface Payload {
  /** New places of the targets; null leaves them where they are. */
  readonly order: Int32Array | null;
  readonly splits: readonly Split[];
}

interface Shared {
  readonly samples: Samples;
  readonly estimator: Carried;
  readonly scorers: ScorerSet['scorers'] | ScorerNames;
}

/** The mean score over all splits for one order of the targets, in this thread or in a worker. */
export const permutedScoreTask: Task<Payload, Shared, number> = {
  id: 'model-selection/permuted-score',
  *run({ order, splits }, { samples, estimator: carried, scorers }) {
    const template = yield* unpack(carried);
    const permuted = order === null ? samples : { ...samples, y: takeTarget(samples.y!, order) };
    const named = Array.isArray(scorers) ? fromScorerNames(scorers) : (scorers as ScorerSet['scorers']);
    const scores: number[] = [];
    for (const { train, test } of splits) {
      const estimator = template.clone();
      yield* fitOn(estimator, takeSamples(permuted, train));
      const { X, y } = takeSamples(permuted, test);
      scores.push((yield* scoreAll(named, estimator, { X, y, sampleWeight: undefined })).score!);
    }
    return mean(scores);
  },
};

/** A permutation of all targets, or of those of each group (sorted) among themselves. */
function permute({ X, groups }: Samples, random: RandomState): Int32Array {
  if (groups === undefined) return random.permutation(X.rows);
  const order = Int32Array.from({ length: X.rows }, (_, i) => i);
  const { classes, codes } = encodeLabels('permute targets', groups);
  classes.forEach((_: Label, group) => {
    const rows = order.filter((_row, i) => codes[i] === group);
    const permuted = random.permutation(rows.length);
    rows.forEach((row, i) => {
      order[row] = rows[permuted[i]!]!;
    });
  });
  return order;
}
