import type { KMeansRows } from './rows-by-loops.ts';
import type { Seeds } from './seeds.ts';
import { seedsByKernel } from './seeds-by-kernel.ts';
import { seedsByLoops } from './seeds-by-loops.ts';

/** For drawing first centers among the rows. */
export function seedsOf({ X, loops }: KMeansRows, weights: Float64Array): Seeds {
  return loops === undefined ? seedsByLoops(X, weights) : seedsByKernel(loops, X, weights);
}
