import { keyOf } from '../compose/fit-transform-cached.ts';
import { type AnyEstimator, asNests, nestedParamOf } from '../core/index.ts';

/**
 * Candidates that one fit can serve, as positions: they differ in a nested parameter alone. The one with the largest
 * value comes first, the others are cut from it.
 */
export type Chain = readonly [number, ...number[]];

/** Every candidate by itself. */
export function apart(candidates: readonly AnyEstimator[]): Chain[] {
  return candidates.map((_, at) => [at]);
}

/** Candidates that one fit can serve together, in the order of their first members. */
export function chained(candidates: readonly AnyEstimator[]): Chain[] {
  const chains = new Map<string, number[]>();
  candidates.forEach((candidate, at) => {
    const param = nestedParamOf(candidate);
    // Equal parameters, but for the nested one, which 1 stands for.
    const key =
      param === undefined ? `alone ${at}` : `${param} ${keyOf(candidate.withParams({ [param]: 1 } as object))}`;
    chains.set(key, [...(chains.get(key) ?? []), at]);
  });
  const valueAt = (at: number) => nestedValue(candidates[at]!) ?? 0;
  return [...chains.values()].map(chain => chain.toSorted((a, b) => valueAt(b) - valueAt(a)) as unknown as Chain);
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
