import { Matrix } from '../../array/index.ts';
import { type Work, waitFor } from '../../work/index.ts';
import type { DeviceMemory } from '../gpu/device-memory.ts';
import type { GpuKernel } from '../gpu/gpu.ts';
import { checkSample, type Exact } from '../gpu/sample-check.ts';
import { blocksOf, sumSource } from '../gpu/sum-source.ts';
import { type RowReduction, reduceRowsReference } from './reference.ts';

/** Rows that have no columns, and rows beyond all, are no work for a GPU. */
const isEmpty = ({ rows, columns }: Matrix) => rows === 0 || columns === 0;

/** One number per row, on a GPU. */
export function* reduceRowsOnGpu(memory: DeviceMemory, X: Matrix, reduction: RowReduction): Work<Float64Array> {
  if (isEmpty(X)) return reduceRowsReference(X, reduction);
  const result = new Float64Array(X.rows);
  const moved = yield* memory.move(X);
  const scale = reduction === 'squaredNorm' ? moved.scale * moved.scale : moved.scale;
  for (const [s, slice] of moved.slices.entries()) {
    const kernel = reduceKernel(reduction, slice.rows, X.columns);
    const [row] = yield* waitFor(() => memory.gpu.read(kernel, [slice]));
    for (let i = 0; i < slice.rows; i++) result[s * moved.height + i] = row![i]! * scale;
  }
  memory.free(moved);
  yield* checkSample(new Matrix(result, X.rows, 1), i => exactly(X.row(i), reduction, scale));
  return result;
}

function exactly(row: Float64Array, reduction: RowReduction, scale: number): Exact {
  const value = reduceRowsReference(new Matrix(row, 1, row.length), reduction)[0]!;
  const terms = reduction === 'squaredNorm' ? [value] : reduction === 'max' ? [Math.abs(value)] : row.map(Math.abs);
  const size = (terms as Float64Array).reduce((sum, term) => sum + term, 0);
  return { value, size, scale: 4 * scale, depth: row.length };
}

/** The kernel of a reduction, for what is on the device already: a row of one number per row. */
export function reduceKernel(reduction: RowReduction, rows: number, columns: number): GpuKernel {
  const value = (k: string) => `x[this.thread.x][${k}]`;
  const sources: Readonly<Record<RowReduction, string>> = {
    sum: sumSource(value),
    squaredNorm: sumSource(k => `${value(k)} * ${value(k)}`),
    max: `
    let most = ${value('0')};
    for (let k = 1; k < this.constants.columns; k++) { most = Math.max(most, ${value('k')}); }
    return most;
  `,
  };
  const constants = reduction === 'max' ? { columns } : blocksOf(columns);
  return {
    name: `reduce-${reduction}`,
    source: `function(x) {${sources[reduction]}}`,
    rows: 1,
    columns: rows,
    constants,
  };
}
