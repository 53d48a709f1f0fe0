import type { Neighbours } from './reference.ts';

/** The quantile on the straight line between its neighbours, computed from the nearer one as numpy does. */
export function linearQuantile({ lower, upper, weight }: Neighbours): number {
  if (weight === 0) return lower;
  const gap = upper - lower;
  return weight < 0.5 ? lower + gap * weight : upper - gap * (1 - weight);
}

/** The median, from the neighbours of one half: the middle value, or the mean of the two middle ones. */
export function medianOf({ lower, upper, weight }: Neighbours): number {
  return weight === 0 ? lower : (lower + upper) / 2;
}
