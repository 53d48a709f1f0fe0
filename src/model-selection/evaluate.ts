import { prefixKey } from '../compose/fit-transform-cached.ts';
import { FitCache, Pipeline } from '../compose/index.ts';
import type { AnyEstimator } from '../core/index.ts';
import { InvalidInputError, warn } from '../errors/index.ts';
import { openCompute } from '../kernels/index.ts';
import { countJobs, mapTasks, type Task } from '../parallel/index.ts';
import type { Work } from '../work/index.ts';
import { type Carried, carry, sendBack, unpack } from './carry.ts';
import {
  type FitScore,
  type FitScoreOptions,
  type Fold,
  fitAndScore,
  type Samples,
  takeFold,
} from './fit-and-score.ts';
import { fromScorerNames, type ScorerNames, toScorerNames } from './scoring/index.ts';
import { apart, type Chain, chained, nestedValue } from './share-fits.ts';
import type { Split } from './splitters/splitter.ts';

/** How many fits of candidates with the same pipeline prefix go to a worker at once: few enough to share the load evenly. */
const CHAINS_PER_TASK = 3;

export interface EvaluateOptions extends FitScoreOptions {
  readonly nJobs: number | null;
  /** Name of the whole in progress events. */
  readonly label: string;
  /** Fit once for candidates that differ in a nested parameter alone. */
  readonly share?: boolean;
}

/** Some chains of candidates on one fold. */
interface Payload {
  readonly fold: number;
  readonly chains: readonly { readonly estimator: Carried; readonly cuts: readonly number[] }[];
}

interface Shared {
  readonly samples: Samples;
  readonly splits: readonly Split[];
  readonly options: Omit<FitScoreOptions, 'scorers'> & { readonly scorers: FitScoreOptions['scorers'] | ScorerNames };
}

/** A result as it crosses threads. */
type Outcome = Omit<FitScore, 'estimator'> & { readonly estimator: Carried | null };

/** Fits and scores some chains of candidates on one fold, in this thread or in a worker. */
export const fitScoreTask: Task<Payload, Shared, readonly Outcome[]> = {
  id: 'model-selection/fit-score',
  *run({ fold: index, chains }, shared) {
    const fold = foldOf(shared, index);
    const { scorers, ...rest } = shared.options;
    const options = {
      ...rest,
      scorers: Array.isArray(scorers) ? fromScorerNames(scorers) : scorers,
    } as FitScoreOptions;
    const results: Outcome[] = [];
    for (const { estimator: given, cuts } of chains) {
      const estimator = (yield* unpack(given)).clone();
      const ready = options.returnEstimator ? estimator : withCache(estimator, fold.cache);
      for (const result of yield* fitAndScore(ready, cuts, fold, options)) {
        results.push({ ...result, estimator: result.estimator === null ? null : sendBack(result.estimator, given) });
      }
    }
    return results;
  },
};

/**
 * Fits and scores every candidate on every split. Candidates that are pipelines with the same first steps share the
 * fits of those steps within a fold (and a worker).
 *
 * @returns one result per candidate and split
 */
export function* evaluate(
  candidates: readonly AnyEstimator[],
  samples: Samples,
  splits: readonly Split[],
  { nJobs, label, share = false, ...options }: EvaluateOptions,
): Work<FitScore[][]> {
  if (samples.device === 'gpu') (yield* openCompute('gpu', `run ${label}`)).close();
  const groups = groupByPrefix(candidates, share ? chained(candidates) : apart(candidates));
  const crosses = Math.min(countJobs(nJobs), groups.length * splits.length) > 1;
  const shared: Shared = {
    samples,
    splits,
    options: { ...options, scorers: crosses ? toScorerNames(options.scorers, `run ${label}`) : options.scorers },
  };
  const prepared = candidates.map(candidate => carry(candidate, crosses, label));
  const chainsOf = (group: readonly Chain[]) =>
    group.map(([largest, ...smaller]) => ({
      estimator: prepared[largest]!,
      cuts: smaller.map(at => nestedValue(candidates[at]!)!),
    }));
  const payloads: Payload[] = splits.flatMap((_, fold) => groups.map(group => ({ fold, chains: chainsOf(group) })));
  const results = candidates.map(() => new Array<FitScore>(splits.length));
  const outcomes = yield* mapTasks(fitScoreTask, payloads, { shared, nJobs, label });
  for (const [task, scores] of outcomes.entries()) {
    const { fold } = payloads[task]!;
    for (const [k, candidate] of groups[task % groups.length]!.flat().entries()) {
      const { estimator, ...score } = scores[k]!;
      const fitted = estimator === null ? null : yield* unpack(estimator, candidates[candidate]);
      results[candidate]![fold] = { ...score, estimator: fitted };
    }
  }
  reportFailures(label, results, options.errorScore);
  return results;
}

/** Chains with the same pipeline prefix together, cut into small tasks. */
function groupByPrefix(candidates: readonly AnyEstimator[], chains: readonly Chain[]): Chain[][] {
  return [...indexByPrefix(candidates, chains).values()].flatMap(group =>
    Array.from({ length: Math.ceil(group.length / CHAINS_PER_TASK) }, (_, k) =>
      group.slice(k * CHAINS_PER_TASK, (k + 1) * CHAINS_PER_TASK),
    ),
  );
}

function indexByPrefix(candidates: readonly AnyEstimator[], chains: readonly Chain[]): Map<string, Chain[]> {
  const groups = new Map<string, Chain[]>();
  for (const chain of chains) {
    const candidate = candidates[chain[0]]!;
    const key = (candidate instanceof Pipeline ? prefixKey(candidate) : undefined) ?? `alone ${chain[0]}`;
    groups.set(key, [...(groups.get(key) ?? []), chain]);
  }
  return groups;
}

/** The fold that was asked for last, per set of samples: tasks come sorted by fold. */
const lastFold = new WeakMap<Shared, { readonly index: number; readonly fold: Fold }>();

function foldOf(shared: Shared, index: number): Fold {
  const last = lastFold.get(shared);
  if (last?.index === index) return last.fold;
  const fold = takeFold(shared.samples, shared.splits[index]!, new FitCache());
  lastFold.set(shared, { index, fold });
  return fold;
}

/** A pipeline without a memory of its own remembers within the fold; one that is given back must not. */
function withCache(estimator: AnyEstimator, cache: FitCache): AnyEstimator {
  if (!(estimator instanceof Pipeline) || estimator.params.memory !== null) return estimator;
  return estimator.withParams({ memory: cache });
}

/** @throws InvalidInputError with the first failure's sentence if every fit failed. */
function reportFailures(label: string, results: readonly (readonly FitScore[])[], errorScore: number | 'raise'): void {
  const all = results.flat();
  const failed = all.filter(result => result.fitError !== null);
  if (failed.length === 0) return;
  const sentences = [...new Set(failed.map(result => result.fitError!))];
  if (failed.length === all.length) {
    throw new InvalidInputError({
      action: `run ${label}`,
      rule: 'some fit must succeed',
      received: `${all.length} failed fits: ${sentences[0]}`,
      repair: "pass errorScore 'raise' to see where they fail",
    });
  }
  const message = `${failed.length} fits out of ${all.length} failed and count as ${errorScore}: ${sentences.join(' | ')}`;
  warn({ kind: 'failed-fit', source: label, message });
}
