/**
 * Nearest rows on the GPU. Distances in single precision order nearly all targets beyond doubt; where the second is so
 * near that rounding may have swapped them, the answer is left open, so that whoever settles the open rows in double
 * has the processor's result.
 */
import type { Matrix } from '../../array/index.ts';
import { type Work, waitFor } from '../../work/index.ts';
import type { DeviceMemory } from '../gpu/device-memory.ts';
import type { GpuKernel } from '../gpu/gpu.ts';
import { scaleOf } from '../gpu/power-scale.ts';
import { disagreement, samplePlaces } from '../gpu/sample-check.ts';
import { nearestOf } from './reference.ts';

/** Half a unit in the last place of single precision. */
const ROUNDOFF = 2 ** -24;

/**
 * The nearest row of `targets` to each row of `X`, or -1 where single precision leaves it open.
 *
 * @throws UnsupportedError on values that are not finite, and if a sample differs from the processor's result.
 */
export function* nearestRowsOnGpu(memory: DeviceMemory, X: Matrix, targets: Matrix): Work<Int32Array> {
  const nearest = new Int32Array(X.rows);
  if (X.rows === 0) return nearest;
  // Differences need one scale on both sides.
  const scale = Math.max(yield* memory.scaleOf(X), yield* scaleOf(targets));
  const moved = yield* memory.move(X, { scale });
  const other = yield* memory.move(targets, { scale, height: targets.rows });
  for (const [s, slice] of moved.slices.entries()) {
    const kernel = nearestKernel(slice.rows, targets);
    const [row] = yield* waitFor(() => memory.gpu.read(kernel, [slice, other.slices[0]!]));
    nearest.set(row!, s * moved.height);
  }
  memory.free(moved);
  memory.free(other);
  checkNearest(nearest, X, targets);
  return nearest;
}

/**
 * The least and the second least distance of each row, and -1 unless they are farther apart than both may be off.
 *
 * With values up to 2 rounded by u, a difference is off by at most 4u, and a squared distance d of p terms by at most
 * (p + 4) u d + 8 u sqrt(p d) + 16 u² p; twice that for two distances, and half more for the rounding of the bound.
 */
function nearestKernel(rows: number, { rows: count, columns }: Matrix): GpuKernel {
  return {
    name: 'nearest-rows',
    source: `function(x, targets) {
      let least = 3.0e38;
      let second = 3.0e38;
      let nearest = 0;
      for (let j = 0; j < this.constants.count; j++) {
        let distance = 0;
        for (let k = 0; k < this.constants.columns; k++) {
          const difference = x[this.thread.x][k] - targets[j][k];
          distance += difference * difference;
        }
        if (distance < least) {
          second = least;
          least = distance;
          nearest = j;
        } else if (distance < second) {
          second = distance;
        }
      }
      if (this.constants.count > 1) {
        const doubt = this.constants.relative * second + this.constants.mixed * Math.sqrt(second) + this.constants.absolute;
        if (second - least <= doubt) return -1;
      }
      return nearest;
    }`,
    rows: 1,
    columns: rows,
    constants: {
      count,
      columns,
      relative: 3 * (columns + 4) * ROUNDOFF,
      mixed: 3 * 8 * Math.sqrt(columns) * ROUNDOFF,
      absolute: 3 * 16 * columns * ROUNDOFF * ROUNDOFF,
    },
  };
}

function checkNearest(nearest: Int32Array, X: Matrix, targets: Matrix): void {
  for (const [i] of samplePlaces(X.rows, 1)) {
    const expected = nearestOf(X.row(i), targets);
    if (nearest[i] !== -1 && nearest[i] !== expected) throw disagreement(nearest[i]!, expected, i, 0);
  }
}
