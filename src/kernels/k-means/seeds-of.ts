import type { KMeansRows } from './rows-by-loops.ts';
import type { Seeds } from './seeds.ts';
import { seedsByKernel } from './seeds-by-kernel.ts';
import { seedsByLoops } from './seeds-by-loops.ts';

/** For drawing first centers among the rows. */
export function seedsOf({ X, visits }: KMeansRows, weights: Float64Array): Seeds {
  return visits === undefined ? seedsByLoops(X, weights) : seedsByKernel(visits, X, weights);
}
