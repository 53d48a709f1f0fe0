import type { RandomState } from '../../random/index.ts';
import { step, type Work } from '../../work/index.ts';
import type { Seeding } from './first-centers.ts';
import { type Assigner, type Limits, type Run, run } from './run.ts';
import type { Samples } from './samples.ts';

export interface RunsPlan extends Limits {
  readonly nRuns: number;
  readonly seeding: Seeding;
  /** A fresh way to find nearest centers, for each run. */
  assigner(): Assigner;
}

/**
 * The run of least inertia; a later one replaces it only if it also groups the samples otherwise, since rounding
 * alone can make the same clusters a little better.
 */
export function* bestRun(samples: Samples, plan: RunsPlan, random: RandomState): Work<Run> {
  let best: Run | undefined;
  for (let i = 0; i < plan.nRuns; i++) {
    yield step('KMeans', i, plan.nRuns);
    const first = yield* plan.seeding(samples, random);
    const next = yield* run(samples, first, plan.assigner(), plan);
    if (best === undefined || (next.inertia < best.inertia && !isSameClustering(next.labels, best.labels))) best = next;
  }
  yield step('KMeans', plan.nRuns, plan.nRuns);
  return best!;
}

/** Whether each cluster of `a` lies within one cluster of `b`. */
function isSameClustering(a: Int32Array, b: Int32Array): boolean {
  const image = new Map<number, number>();
  return a.every((label, i) => {
    const known = image.get(label);
    if (known === undefined) image.set(label, b[i]!);
    return known === undefined || known === b[i];
  });
}
