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
  shareTimes,
  takeFold,
} from './fit-and-score.ts';
import { groupBy } from './group-by.ts';
import { fromScorerNames, type ScorerNames, toScorerNames } from './scoring/index.ts';
import { apart, type Family, nestedValue, related } from './share-fits.ts';
import type { Split } from './splitters/splitter.ts';

/** How many fits of candidates with the same pipeline prefix go to a worker at once: few enough to share the load evenly. */
const FITS_PER_TASK = 3;
/** Fits that take over parts of each other run one after the other: where there are fewer tasks per worker, they are kept apart. */
const LEAST_TASKS_PER_WORKER = 2;

export interface EvaluateOptions extends FitScoreOptions {
  readonly nJobs: number | null;
  /** Name of the whole in progress events. */
  readonly label: string;
  /** Let candidates share fits that differ in a nested parameter or a bound alone. */
  readonly share?: boolean;
}

/** Some families of candidates on one fold. */
interface Payload {
  readonly fold: number;
  readonly families: readonly CarriedFamily[];
}

/** A family's estimators, the loosest bound first, and what is cut from each. */
type CarriedFamily = readonly { readonly estimator: Carried; readonly cuts: readonly number[] }[];

interface Shared {
  readonly samples: Samples;
  readonly splits: readonly Split[];
  readonly options: Omit<FitScoreOptions, 'scorers'> & { readonly scorers: FitScoreOptions['scorers'] | ScorerNames };
}

/** A result as it crosses threads. */
type Outcome = Omit<FitScore, 'estimator'> & { readonly estimator: Carried | null };

/** Fits and scores some families of candidates on one fold, in this thread or in a worker. */
export const fitScoreTask: Task<Payload, Shared, readonly Outcome[]> = {
  id: 'model-selection/fit-score',
  *run({ fold: index, families }, shared) {
    const fold = foldOf(shared, index);
    const { scorers, ...rest } = shared.options;
    const options = {
      ...rest,
      scorers: Array.isArray(scorers) ? fromScorerNames(scorers) : scorers,
    } as FitScoreOptions;
    const results: Outcome[] = [];
    for (const family of families) {
      for (const result of yield* fitFamily(family, fold, options)) {
        results.push({ ...result, estimator: result.estimator && sendBack(result.estimator, family[0]!.estimator) });
      }
    }
    return results;
  },
};

/** Fits each estimator beside the one before. Only that one is kept: forests are large. */
function* fitFamily(family: CarriedFamily, fold: Fold, options: FitScoreOptions): Work<FitScore[]> {
  const results: FitScore[][] = [];
  let looser: AnyEstimator | undefined;
  for (const { estimator: given, cuts } of family) {
    const own = (yield* unpack(given)).clone();
    const estimator = options.returnEstimator ? own : withCache(own, fold.cache);
    const scores = yield* fitAndScore({ estimator, cuts }, looser, fold, options);
    results.push(scores);
    if (scores[0]!.fitError === null) looser = estimator;
  }
  return shareTimes(results);
}

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
  const groups = groupByPrefix(candidates, familiesOf(candidates, share, splits.length, countJobs(nJobs)));
  const crosses = Math.min(countJobs(nJobs), groups.length * splits.length) > 1;
  const shared: Shared = {
    samples,
    splits,
    options: { ...options, scorers: crosses ? toScorerNames(options.scorers, `run ${label}`) : options.scorers },
  };
  const prepared = candidates.map(candidate => carry(candidate, crosses, label));
  const plansOf = (family: Family) =>
    family.map(([largest, ...smaller]) => ({
      estimator: prepared[largest]!,
      cuts: smaller.map(at => nestedValue(candidates[at]!)!),
    }));
  const payloads: Payload[] = splits.flatMap((_, fold) =>
    groups.map(group => ({ fold, families: group.map(plansOf) })),
  );
  const results = candidates.map(() => new Array<FitScore>(splits.length));
  const outcomes = yield* mapTasks(fitScoreTask, payloads, { shared, nJobs, label });
  for (const [task, scores] of outcomes.entries()) {
    const { fold } = payloads[task]!;
    for (const [k, candidate] of groups[task % groups.length]!.flat(2).entries()) {
      const { estimator, ...score } = scores[k]!;
      const fitted = estimator === null ? null : yield* unpack(estimator, candidates[candidate]);
      results[candidate]![fold] = { ...score, estimator: fitted };
    }
  }
  reportFailures(label, results, options.errorScore);
  return results;
}

/** Candidates whose fits share, as far as that leaves the workers enough to do side by side. */
function familiesOf(candidates: readonly AnyEstimator[], share: boolean, nSplits: number, jobs: number): Family[] {
  if (!share) return apart(candidates);
  const families = related(candidates);
  const suffices = jobs === 1 || families.length * nSplits >= LEAST_TASKS_PER_WORKER * jobs;
  return suffices ? families : families.flatMap(family => family.map(chain => [chain]));
}

/** Families with the same pipeline prefix together, cut into small tasks. */
function groupByPrefix(candidates: readonly AnyEstimator[], families: readonly Family[]): Family[][] {
  const groups = groupBy(families, ([[first]]) => {
    const candidate = candidates[first]!;
    return (candidate instanceof Pipeline ? prefixKey(candidate) : undefined) ?? `alone ${first}`;
  });
  return [...groups.values()].flatMap(cutIntoTasks);
}

function cutIntoTasks(families: readonly Family[]): Family[][] {
  const tasks: Family[][] = [];
  let fits = FITS_PER_TASK;
  for (const family of families) {
    if (fits >= FITS_PER_TASK) {
      tasks.push([]);
      fits = 0;
    }
    tasks.at(-1)!.push(family);
    fits += family.length;
  }
  return tasks;
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
