import { Matrix } from '../../array/index.ts';
import { assert } from '../../errors/index.ts';
import { type Work, waitFor } from '../../work/index.ts';
import type { DeviceMemory } from '../gpu/device-memory.ts';
import type { GpuKernel } from '../gpu/gpu.ts';
import { scaleOf } from '../gpu/power-scale.ts';
import { checkSample } from '../gpu/sample-check.ts';
import { blocksOf, sumSource } from '../gpu/sum-source.ts';
import { squaredDistance } from './reference.ts';

/**
 * Squared Euclidean distances of all rows of `a` from all rows of `b`, on a GPU: differences are squared and summed, as
 * |a|² - 2 a'b + |b|² would lose most digits of single precision.
 *
 * @throws UnsupportedError on values that are not finite, and if a sample differs from the processor's result.
 */
export function* squaredDistancesOnGpu(memory: DeviceMemory, a: Matrix, b: Matrix): Work<Matrix> {
  assert(a.columns === b.columns, 'rows have one length');
  const distances = Matrix.zeros(a.rows, b.rows);
  if (distances.data.length === 0 || a.columns === 0) return distances;
  const scale = Math.max(yield* memory.scaleOf(a), yield* scaleOf(b));
  const left = yield* memory.move(a, { scale });
  const right = yield* memory.move(b, { scale, height: b.rows });
  for (const [s, slice] of left.slices.entries()) {
    const kernel = distancesKernel(slice.rows, b);
    const part = yield* waitFor(() => memory.gpu.read(kernel, [slice, right.slices[0]!]));
    part.forEach((row, i) => {
      const own = distances.row(s * left.height + i);
      for (let j = 0; j < own.length; j++) own[j] = row[j]! * scale * scale;
    });
  }
  memory.free(left);
  memory.free(right);
  yield* checkSample(distances, (i, j) => {
    const value = squaredDistance(a, i, b, j);
    // Both values are rounded before they are subtracted: 4 u (|a| + |b|) |a - b| at most, u being half a last place.
    const size = value + 2 * Math.sqrt(value * a.columns) * scale + 2 * a.columns * scale * scale * 2 ** -24;
    return { value, size, scale: 4 * scale * scale, depth: a.columns };
  });
  return distances;
}

function distancesKernel(rows: number, { rows: count, columns }: Matrix): GpuKernel {
  const difference = (k: string) => `(a[this.thread.y][${k}] - b[this.thread.x][${k}])`;
  return {
    name: 'squared-distances',
    source: `function(a, b) {${sumSource(k => `${difference(k)} * ${difference(k)}`)}}`,
    rows,
    columns: count,
    constants: blocksOf(columns),
  };
}
