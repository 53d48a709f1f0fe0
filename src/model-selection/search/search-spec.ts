import { boolean, type Rule, type Spec, value } from '../../check/index.ts';
import { type AnyEstimator, Estimator, type FlatParams } from '../../core/index.ts';
import { InvalidParamError, show } from '../../errors/index.ts';
import { cvRule, errorScoreRule, nJobsRule, scoringRule } from '../cv-options.ts';
import type { CvResults } from './cv-results.ts';

/** Chooses a candidate's position from the table of results. */
export type Refit = boolean | string | ((results: CvResults) => number);

/** Parameters that every search has. */
export const searchSpec = {
  /** The estimator whose parameters are searched. */
  estimator: value<AnyEstimator | null>({
    default: null,
    expected: 'an estimator',
    accepts: estimator => estimator instanceof Estimator,
  }),
  /** How to score: a scorer's name, a scorer, several of them, or null for the estimator's own `score`. */
  scoring: scoringRule(),
  /** Workers: null and 1 run in this thread, -1 on all cores. */
  nJobs: nJobsRule(),
  /** Fit the best candidate on all samples: the best of the one scorer, of the named one, or of a function's choice. */
  refit: value<Refit>({
    default: true,
    expected: 'true, false, the name of a scorer, or a function of the results',
    accepts: refit => ['boolean', 'string', 'function'].includes(typeof refit),
  }),
  /** How to split: a number of folds, a splitter, a list of splits, or null for five folds. */
  cv: cvRule(),
  /** The score of a fit that throws; `'raise'` lets it throw. */
  errorScore: errorScoreRule(),
  /**
   * Let fits share that differ in a nested parameter (a forest's `nEstimators`) or a bound (the `maxDepth` of trees)
   * alone: the scores are the same, to the bit.
   */
  share: boolean({ default: true }),
  /** Score the training samples too. */
  returnTrainScore: boolean({ default: false }),
} satisfies Record<string, Rule<unknown>>;

export type SearchSpec = typeof searchSpec & Spec;

/** The searched estimator and its parameters, as `withParams` knows them. */
export type EstimatorParams<E> = { readonly estimator: E } & {
  readonly [K in keyof FlatParams<E> & string as `estimator__${K}`]: FlatParams<E>[K];
};

/** The scorer that decides; null where there are several and none is named. */
export function checkRefit(refit: Refit, isMulti: boolean, names: readonly string[], action: string): string | null {
  if (!isMulti) {
    if (typeof refit !== 'string') return 'score';
    throw new InvalidParamError({
      action,
      rule: 'refit must be true, false or a function with one scorer',
      received: show(refit),
    });
  }
  if (refit === false || typeof refit === 'function') return null;
  if (typeof refit === 'string' && names.includes(refit)) return refit;
  throw new InvalidParamError({
    action,
    rule: `refit must be false, a function, or one of the scorers ${show(names)}`,
    received: show(refit),
  });
}
