import type { Matrix } from '../../array/index.ts';
import { inBlocks, type Work } from '../../work/index.ts';
import { addInertia, rowsPerSum } from './reference.ts';

/** Weighted sum of the squared distances of rows from their centers, block by block of rows. */
export function* inertiaByLoops(
  { data, rows, columns }: Matrix,
  weights: Float64Array,
  centers: Matrix,
  labels: Int32Array,
): Work<number> {
  const height = rowsPerSum(rows, 1);
  let inertia = 0;
  for (let first = 0; first < rows; first += height) {
    let own = 0;
    yield* inBlocks(Math.min(height, rows - first), columns, (from, to) => {
      own = addInertia(data, columns, weights, labels, centers.data, own, first + from, first + to);
    });
    inertia += own;
  }
  return inertia;
}
