import type { KMeansRows } from './rows-by-loops.ts';
import type { Seeds } from './seeds.ts';
import { seedsByKernel } from './seeds-by-kernel.ts';
import { seedsByLoops } from './seeds-by-loops.ts';

/** For drawing first centers among the rows. */
export function seedsOf(rows: KMeansRows, weights: Float64Array): Seeds {
  return rows.visits === undefined ? seedsByLoops(rows.X, weights) : seedsByKernel(rows.visits, weights);
}
