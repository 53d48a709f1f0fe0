/**
 * Softmax of linear scores on the GPU, as a chain whose intermediate results stay there: product, shift by the intercept
 * and the greatest score of each row, exponentials, their sums, shares. Only the shares are read back.
 */
import { Matrix } from '../../array/index.ts';
import { type Work, waitFor } from '../../work/index.ts';
import type { DeviceMemory } from '../gpu/device-memory.ts';
import type { Gpu, GpuKernel, Resident } from '../gpu/gpu.ts';
import { disagreement, samplePlaces } from '../gpu/sample-check.ts';
import { mapKernel } from '../map-elements/gpu.ts';
import { productKernel } from '../matmul/gpu.ts';
import { reduceKernel } from '../reduce-rows/gpu.ts';
import { softmaxOfRow } from './reference.ts';

/** How far a probability may be off: scores of size s are off by about 1e-6 s, and so is their exponential. */
const TOLERANCE = 1e-3;

/** Probabilities of the classes of a linear model: softmax(X W' + b), samples × outputs. */
export function* softmaxScoresOnGpu(
  memory: DeviceMemory,
  X: Matrix,
  weights: Matrix,
  intercept: Float64Array,
): Work<Matrix> {
  const probabilities = Matrix.zeros(X.rows, weights.rows);
  if (X.rows === 0) return probabilities;
  const left = yield* memory.move(X);
  const right = yield* memory.move(weights, { height: weights.rows });
  const scale = Float32Array.of(left.scale * right.scale);
  const shift = Float32Array.from(intercept);
  for (const [s, slice] of left.slices.entries()) {
    const rows = yield* waitFor(() => softmaxOfSlice(memory.gpu, slice, right.slices[0]!, scale, shift));
    rows.forEach((row, i) => {
      probabilities.row(s * left.height + i).set(row);
    });
  }
  memory.free(left);
  memory.free(right);
  checkRows(probabilities, X, weights, intercept);
  return probabilities;
}

async function softmaxOfSlice(gpu: Gpu, x: Resident, w: Resident, scale: Float32Array, shift: Float32Array) {
  const used: Resident[] = [];
  const keep = (resident: Resident) => {
    used.push(resident);
    return resident;
  };
  const [rows, columns] = [x.rows, w.rows];
  try {
    const factor = keep(await gpu.upload(scale, 1, 1));
    const intercept = keep(await gpu.upload(shift, 1, columns));
    const product = keep(await gpu.run(productKernel(rows, x.columns, columns, { transposeB: true }), [x, w]));
    const scores = keep(await gpu.run(affineKernel(rows, columns), [product, factor, intercept]));
    const most = keep(await gpu.run(reduceKernel('max', rows, columns), [scores]));
    const shifted = keep(await gpu.run(lessRowKernel(rows, columns), [scores, most]));
    const parts = keep(await gpu.run(mapKernel('exp', rows, columns), [shifted]));
    const totals = keep(await gpu.run(reduceKernel('sum', rows, columns), [parts]));
    return await gpu.read(shareKernel(rows, columns), [parts, totals]);
  } finally {
    for (const resident of used) resident.release();
  }
}

/** Times a number, plus a row. */
function affineKernel(rows: number, columns: number): GpuKernel {
  const source = `function(x, factor, shift) {
    return x[this.thread.y][this.thread.x] * factor[0][0] + shift[0][this.thread.x];
  }`;
  return { name: 'affine', source, rows, columns, constants: {} };
}

/** Less one number per row. */
function lessRowKernel(rows: number, columns: number): GpuKernel {
  const source = 'function(x, less) { return x[this.thread.y][this.thread.x] - less[0][this.thread.y]; }';
  return { name: 'less-row', source, rows, columns, constants: {} };
}

/** Divided by one number per row. */
function shareKernel(rows: number, columns: number): GpuKernel {
  const source = 'function(x, total) { return x[this.thread.y][this.thread.x] / total[0][this.thread.y]; }';
  return { name: 'share', source, rows, columns, constants: {} };
}

function checkRows(probabilities: Matrix, X: Matrix, weights: Matrix, intercept: Float64Array): void {
  for (const [i, k] of samplePlaces(X.rows, weights.rows)) {
    const expected = softmaxOfRow(X.row(i), weights, intercept)[k]!;
    const received = probabilities.get(i, k);
    if (!(Math.abs(received - expected) <= TOLERANCE)) throw disagreement(received, expected, i, k);
  }
}
