/** Options that every cross-validating call shares, and what they mean for one set of samples. */
import type { MatrixLike } from '../array/index.ts';
import { nullable, type Rule, type Target, value } from '../check/index.ts';
import { type AnyEstimator, checkDevice, checkModel } from '../core/index.ts';
import { InvalidInputError, show } from '../errors/index.ts';
import type { Samples } from './fit-and-score.ts';
import { type PerSample, readSamples } from './read-samples.ts';
import type { MultiScoring, Scoring } from './scoring/index.ts';
import { type CvOption, checkCv } from './splitters/check-cv.ts';
import type { Split, Splitter } from './splitters/splitter.ts';

/** Rule of `cv`. */
export function cvRule(): Rule<CvOption | null> {
  return nullable(
    value<CvOption | null>({
      default: null,
      expected: 'a number of folds >= 2, a splitter, or a list of { train, test }',
      accepts: cv => (typeof cv === 'number' ? Number.isInteger(cv) && cv >= 2 : typeof cv === 'object'),
    }),
  );
}

/** Rule of `scoring`. */
export function scoringRule(): Rule<Scoring | MultiScoring> {
  return value<Scoring | MultiScoring>({
    default: null,
    expected: 'a scorer name, a scorer, a list of names, scorers by name, or null',
    accepts: scoring => scoring === null || typeof scoring === 'string' || typeof scoring === 'object',
  });
}

/** Rule of `nJobs`: null and 1 run in this thread, -1 on all cores, -2 on all but one. */
export function nJobsRule(): Rule<number | null> {
  return nullable(
    value<number | null>({
      default: null,
      expected: 'a whole number other than 0',
      accepts: jobs => Number.isInteger(jobs) && jobs !== 0,
    }),
  );
}

/** Rule of `errorScore`. */
export function errorScoreRule(): Rule<number | 'raise'> {
  return value<number | 'raise'>({
    default: Number.NaN,
    expected: "a number, NaN, or 'raise'",
    accepts: score => score === 'raise' || typeof score === 'number',
  });
}

export interface Prepared {
  readonly samples: Samples;
  readonly splits: readonly Split[];
}

/**
 * The samples and the splits of one call.
 *
 * @throws InvalidParamError if `estimator` is none. @throws InvalidInputError on data or splits that break a rule.
 */
export function prepare(
  estimator: AnyEstimator,
  X: MatrixLike,
  y: Target | undefined,
  { cv, ...perSample }: PerSample & { readonly cv: CvOption | null },
  action: string,
): Prepared {
  checkModel(estimator, 'estimator', action);
  checkDevice(perSample.device, estimator, 'fit', action);
  const samples = readSamples(X, y, perSample, action);
  const splitter = checkCv(cv, samples.y, { isClassifier: estimator.kind === 'classifier' });
  if (samples.groups !== undefined && !splitter.usesGroups && !estimator.consumes.includes('groups')) {
    throw new InvalidInputError({
      action,
      rule: 'groups must be consumed by the splitter',
      received: 'a splitter without',
      repair: 'use GroupKFold or another splitter with groups',
    });
  }
  return { samples, splits: splitSamples(splitter, samples, action) };
}

/**
 * All splits of some samples.
 *
 * @throws InvalidInputError if there is none, or one has an empty side or a row that there is not.
 */
export function splitSamples(splitter: Splitter, { X, y, groups }: Samples, action: string): readonly Split[] {
  const splits = Array.from(splitter.split(X, y, splitter.usesGroups ? groups : undefined));
  for (const [fold, split] of splits.entries()) checkSplit(split, fold, X.rows, action);
  if (splits.length > 0) return splits;
  throw new InvalidInputError({ action, rule: 'cv must give at least one split', received: 'none' });
}

function checkSplit({ train, test }: Split, fold: number, rows: number, action: string): void {
  const isRow = (i: number) => i >= 0 && i < rows;
  if (train.length > 0 && test.length > 0 && train.every(isRow) && test.every(isRow)) return;
  throw new InvalidInputError({
    action,
    rule: `split ${fold} must have rows from 0 to ${rows - 1} on both sides`,
    received: `train ${show(train)}, test ${show(test)}`,
  });
}
