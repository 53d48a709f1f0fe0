import type { Matrix } from '../../array/index.ts';
import { inBlocks, type Work } from '../../work/index.ts';
import { type Assigner, assignerBy } from './run.ts';
import type { Samples } from './samples.ts';
import { squaredDistance } from './squared-distance.ts';

/** What is known of distances without computing them again. */
interface Bounds {
  /** At least the distance of each sample from its center. */
  readonly upper: Float64Array;
  /** At most the distance of each sample from each center, samples × clusters. */
  readonly lower: Float64Array;
}

/** Half the distances between centers: a sample nearer to its center than that is nearer to it than to the other. */
interface HalfDistances {
  /** clusters × clusters. */
  readonly between: Float64Array;
  /** From each center to the next one. */
  readonly toNext: Float64Array;
}

/**
 * Leaves out the centers that, by the triangle inequality, cannot be nearer than the present one; the labels are
 * Lloyd's. Pays where clusters are well separated; needs samples × clusters numbers of memory.
 *
 * Source: C. Elkan, "Using the triangle inequality to accelerate k-means", ICML 2003, section 3.
 */
export function elkan(samples: Samples, nClusters: number): Assigner {
  const { X } = samples;
  const labels = new Int32Array(X.rows);
  const bounds = { upper: new Float64Array(X.rows), lower: new Float64Array(X.rows * nClusters) };
  let isFirst = true;
  const assign = (centers: Matrix) => {
    const half = halfDistances(centers);
    const visit = isFirst ? assignFirst : reassign;
    isFirst = false;
    return inBlocks(X.rows, X.columns * nClusters, (from, to) => {
      for (let i = from; i < to; i++) visit(X, i, centers, half, bounds, labels);
    });
  };
  return { ...assignerBy(samples, labels, assign), follow: shifts => loosen(bounds, labels, shifts) };
}

function halfDistances({ data, rows, columns }: Matrix): HalfDistances {
  const between = new Float64Array(rows * rows);
  const toNext = new Float64Array(rows).fill(Number.POSITIVE_INFINITY);
  for (let a = 0; a < rows; a++) {
    for (let b = 0; b < rows; b++) {
      if (a === b) continue;
      const half = Math.sqrt(squaredDistance(data, a, data, b, columns)) / 2;
      between[a * rows + b] = half;
      toNext[a] = Math.min(toNext[a]!, half);
    }
  }
  return { between, toNext };
}

/** Sets a sample's label and its bounds: a center whose distance was not needed has the lower bound 0. */
function assignFirst(
  X: Matrix,
  i: number,
  centers: Matrix,
  { between }: HalfDistances,
  { upper, lower }: Bounds,
  labels: Int32Array,
): void {
  const { rows: count, columns } = centers;
  let label = 0;
  let least = Math.sqrt(squaredDistance(X.data, i, centers.data, 0, columns));
  lower[i * count] = least;
  for (let j = 1; j < count; j++) {
    if (least <= between[label * count + j]!) continue;
    const distance = Math.sqrt(squaredDistance(X.data, i, centers.data, j, columns));
    lower[i * count + j] = distance;
    if (distance < least) {
      least = distance;
      label = j;
    }
  }
  labels[i] = label;
  upper[i] = least;
}

function reassign(
  X: Matrix,
  i: number,
  centers: Matrix,
  { between, toNext }: HalfDistances,
  { upper, lower }: Bounds,
  labels: Int32Array,
): void {
  const { rows: count, columns } = centers;
  let label = labels[i]!;
  let bound = upper[i]!;
  if (toNext[label]! >= bound) return;
  let isTight = false;
  for (let j = 0; j < count; j++) {
    const least = Math.max(lower[i * count + j]!, between[label * count + j]!);
    if (j === label || bound <= least) continue;
    if (!isTight) {
      bound = Math.sqrt(squaredDistance(X.data, i, centers.data, label, columns));
      lower[i * count + label] = bound;
      isTight = true;
      if (bound <= least) continue;
    }
    const distance = Math.sqrt(squaredDistance(X.data, i, centers.data, j, columns));
    lower[i * count + j] = distance;
    if (distance < bound) {
      bound = distance;
      label = j;
    }
  }
  labels[i] = label;
  upper[i] = bound;
}

/** Bounds that hold for the moved centers. */
function* loosen({ upper, lower }: Bounds, labels: Int32Array, shifts: Float64Array): Work<void> {
  const count = shifts.length;
  yield* inBlocks(labels.length, count, (from, to) => {
    for (let i = from; i < to; i++) {
      upper[i]! += shifts[labels[i]!]!;
      for (let at = i * count, j = 0; j < count; at++, j++) lower[at] = Math.max(0, lower[at]! - shifts[j]!);
    }
  });
}
