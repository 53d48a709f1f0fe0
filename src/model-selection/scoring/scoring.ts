import type { AnyEstimator } from '../../core/index.ts';
import { InvalidParamError, show, UnsupportedError } from '../../errors/index.ts';
import { getScorer, type ScorerName } from './named-scorers.ts';
import type { Scorer } from './scorer.ts';

/** One way to score: a name, a scorer of your own, or null for the estimator's `score`. */
export type Scoring = ScorerName | Scorer | null;

/** Several ways to score at once: a list of names, or scorers by names of your choice. */
export type MultiScoring = readonly ScorerName[] | Readonly<Record<string, ScorerName | Scorer>>;

/** Scorers by the name they have in results: `score` where there is only one. */
export interface ScorerSet {
  readonly scorers: Readonly<Record<string, Scorer | null>>;
  readonly isMulti: boolean;
}

/**
 * The scorers that a `scoring` option means.
 *
 * @throws InvalidParamError on unknown names. @throws UnsupportedError if the estimator has no `score` of its own.
 */
export function readScoring(scoring: Scoring | MultiScoring, estimator: AnyEstimator, action: string): ScorerSet {
  if (scoring === null) {
    if (!estimator.supports('score')) {
      throw new UnsupportedError({
        action,
        rule: `${estimator.name} must have score`,
        received: 'none',
        repair: 'pass scoring',
      });
    }
    return { scorers: { score: null }, isMulti: false };
  }
  if (typeof scoring === 'string') return { scorers: { score: getScorer(scoring) }, isMulti: false };
  if (isScorer(scoring)) return { scorers: { score: scoring }, isMulti: false };
  const named = Array.isArray(scoring) ? scoring.map(name => [name, name] as const) : Object.entries(scoring);
  if (typeof scoring !== 'object' || named.length === 0 || new Set(named.map(([name]) => name)).size < named.length) {
    throw new InvalidParamError({
      action,
      rule: 'scoring must be a name, a scorer, a list of different names, or scorers by name',
      received: show(scoring),
    });
  }
  return { scorers: Object.fromEntries(named.map(([name, one]) => [name, readOne(one)])), isMulti: true };
}

/** The one scorer of a call that takes no several, by the name it has in results. */
export function readSingleScoring(
  scoring: Scoring | MultiScoring,
  estimator: AnyEstimator,
  action: string,
): ScorerSet['scorers'] {
  const { scorers, isMulti } = readScoring(scoring, estimator, action);
  if (!isMulti) return scorers;
  throw new InvalidParamError({ action, rule: 'scoring must be one scorer', received: show(scoring) });
}

function readOne(one: unknown): Scorer {
  return isScorer(one) ? one : getScorer(one as ScorerName);
}

function isScorer(candidate: unknown): candidate is Scorer {
  return typeof (candidate as Scorer | null)?.metric === 'function';
}

/** Scorers as plain data for workers: name in results, and name of the built-in scorer (null: the estimator's own). */
export type ScorerNames = readonly (readonly [name: string, scorer: ScorerName | null])[];

/** @throws UnsupportedError if a scorer is a function of the caller's, which cannot cross threads. */
export function toScorerNames(scorers: ScorerSet['scorers'], action: string): ScorerNames {
  return Object.entries(scorers).map(([name, scorer]) => {
    if (scorer === null || scorer.isBuiltIn) return [name, (scorer?.name ?? null) as ScorerName | null];
    throw new UnsupportedError({
      action,
      rule: 'scorers of your own must run in this thread',
      received: `scorer ${show(scorer.name)}`,
      repair: 'leave nJobs at null, or use a named scorer',
    });
  });
}

export function fromScorerNames(names: ScorerNames): ScorerSet['scorers'] {
  return Object.fromEntries(names.map(([name, scorer]) => [name, scorer === null ? null : getScorer(scorer)]));
}
