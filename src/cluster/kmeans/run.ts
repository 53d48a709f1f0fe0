import type { Matrix } from '../../array/index.ts';
import type { Work } from '../../work/index.ts';
import { inertiaOf } from './inertia.ts';
import { moveCenters } from './move-centers.ts';
import type { Samples } from './samples.ts';
import { squaredDistance } from './squared-distance.ts';

/** One way to find the nearest center of every sample. */
export interface Assigner {
  /** Of the last `assign`. */
  readonly labels: Int32Array;
  assign(centers: Matrix): Work<void>;
  /** Told after the centers were moved, how far each, for those that keep bounds on distances. */
  follow?(shifts: Float64Array): Work<void>;
}

export interface Limits {
  readonly maxIter: number;
  /** Greatest summed squared shift of the centers that counts as settled. */
  readonly tol: number;
}

/** What one run from given first centers ends with. */
export interface Run {
  readonly centers: Matrix;
  readonly labels: Int32Array;
  readonly inertia: number;
  readonly nIter: number;
  readonly hasSettled: boolean;
}

/**
 * Assigns samples and moves centers in turn, until the labels stay or the centers hardly move. A run that ends
 * otherwise than by unchanged labels assigns once more, so that labels always belong to the centers.
 */
export function* run(samples: Samples, first: Matrix, assigner: Assigner, { maxIter, tol }: Limits): Work<Run> {
  const { labels } = assigner;
  const before = new Int32Array(labels.length).fill(-1);
  let centers = first;
  let end: 'labels stayed' | 'centers stayed' | undefined;
  let nIter = 0;
  while (end === undefined && nIter < maxIter) {
    nIter++;
    yield* assigner.assign(centers);
    const moved = yield* moveCenters(samples, centers, labels);
    const shifts = shiftsOf(centers, moved);
    if (assigner.follow !== undefined) yield* assigner.follow(shifts);
    centers = moved;
    if (areEqual(labels, before)) end = 'labels stayed';
    else if (shifts.reduce((sum, shift) => sum + shift * shift, 0) <= tol) end = 'centers stayed';
    before.set(labels);
  }
  if (end !== 'labels stayed') yield* assigner.assign(centers);
  const inertia = yield* inertiaOf(samples, centers, labels);
  return { centers, labels, inertia, nIter, hasSettled: end !== undefined };
}

function areEqual(a: Int32Array, b: Int32Array): boolean {
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

function shiftsOf(a: Matrix, b: Matrix): Float64Array {
  return Float64Array.from({ length: a.rows }, (_, j) => Math.sqrt(squaredDistance(a.data, j, b.data, j, a.columns)));
}
