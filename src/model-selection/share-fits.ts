import { keyOf } from '../compose/fit-transform-cached.ts';
import { type AnyEstimator, asNests, boundParamOf, nestedParamOf } from '../core/index.ts';
import { groupBy } from './group-by.ts';

/**
 * Candidates that one fit can serve, as positions: they differ in a nested parameter alone. The one with the largest
 * value comes first, the others are cut from it.
 */
export type Chain = readonly [number, ...number[]];

/**
 * Chains that differ in a bound besides, the loosest first: each fit takes over what stays within its bound from the
 * one before.
 */
export type Family = readonly [Chain, ...Chain[]];

/** Every candidate by itself. */
export function apart(candidates: readonly AnyEstimator[]): Family[] {
  return candidates.map((_, at) => [[at]]);
}

/** Candidates whose fits can share, in the order of their first members. */
export function related(candidates: readonly AnyEstimator[]): Family[] {
  const families = groupBy(candidates.keys(), at => keyButShared(candidates[at]!) ?? `alone ${at}`);
  return Array.from(families.values(), family => {
    const boundAt = (at: number) => boundValue(candidates[at]!);
    const chains = groupBy(family, at => (nestedParamOf(candidates[at]) === undefined ? `alone ${at}` : boundAt(at)));
    const loosestFirst = [...chains.values()].toSorted(([a], [b]) => boundAt(b) - boundAt(a));
    return loosestFirst.map(chain => largestFirst(candidates, chain)) as unknown as Family;
  });
}

/** A candidate's parameters as text, but for the nested one and the bound; undefined where it has neither. */
function keyButShared(candidate: AnyEstimator): string | undefined {
  const [nested, bound] = [nestedParamOf(candidate), boundParamOf(candidate)];
  if (nested === undefined && bound === undefined) return undefined;
  const same = {
    ...(nested === undefined ? {} : { [nested]: 1 }),
    ...(bound === undefined ? {} : { [bound]: null }),
  };
  return `${nested} ${bound} ${keyOf(candidate.withParams(same as object))}`;
}

/** The value of a candidate's bound, infinite where there is none. */
function boundValue(candidate: AnyEstimator): number {
  const param = boundParamOf(candidate);
  return param === undefined ? Infinity : ((candidate.getParams()[param] as number | null) ?? Infinity);
}

function largestFirst(candidates: readonly AnyEstimator[], chain: Chain): Chain {
  const valueAt = (at: number) => nestedValue(candidates[at]!) ?? 0;
  return chain.toSorted((a, b) => valueAt(b) - valueAt(a)) as unknown as Chain;
}

/** The value of a candidate's nested parameter. */
export function nestedValue(candidate: AnyEstimator): number | undefined {
  const param = nestedParamOf(candidate);
  return param === undefined ? undefined : (candidate.getParams()[param] as number);
}

/** The fitted model of a smaller value of the nested parameter. */
export function cutFrom(fitted: AnyEstimator, value: number): AnyEstimator {
  return value === nestedValue(fitted) ? fitted : asNests(fitted).cutTo(value);
}

/** An unfitted copy with another value of the nested parameter. */
export function withNestedValue(candidate: AnyEstimator, value: number): AnyEstimator {
  return candidate.withParams({ [nestedParamOf(candidate)!]: value } as object);
}
