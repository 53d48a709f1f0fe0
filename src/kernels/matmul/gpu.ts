/**
 * Products on the GPU, in single precision: a thread per element of the result. Slices of rows are added in double.
 */
import { Matrix } from '../../array/index.ts';
import { assert } from '../../errors/index.ts';
import { type Work, waitFor } from '../../work/index.ts';
import type { DeviceMemory } from '../gpu/device-memory.ts';
import type { GpuKernel } from '../gpu/gpu.ts';
import { checkSample, type Exact } from '../gpu/sample-check.ts';
import { blocksOf, sumSource } from '../gpu/sum-source.ts';
import { mirrorUpper } from './gram.ts';
import type { MatmulOptions } from './index.ts';

/** As `matmulWork`, on a GPU. */
export function* matmulOnGpu(memory: DeviceMemory, a: Matrix, b: Matrix, options: MatmulOptions = {}): Work<Matrix> {
  const { transposeA = false, transposeB = false } = options;
  if (transposeA && transposeB) return (yield* matmulOnGpu(memory, b, a)).transpose();
  const depth = transposeA ? a.rows : a.columns;
  assert(depth === (transposeB ? b.columns : b.rows), 'the sides of a product fit');
  const product = Matrix.zeros(transposeA ? a.columns : a.rows, transposeB ? b.rows : b.columns);
  if (product.data.length === 0 || depth === 0) return product;
  const left = yield* memory.move(a);
  const right = yield* memory.move(b, { height: transposeA ? left.height : b.rows });
  for (const [s, slice] of left.slices.entries()) {
    const [rows, terms] = transposeA ? [product.rows, slice.rows] : [slice.rows, depth];
    const kernel = productKernel(rows, terms, product.columns, options);
    const sides = [slice, right.slices[transposeA ? s : 0]!];
    const part = yield* waitFor(() => memory.gpu.read(kernel, sides));
    addRows(product, part, transposeA ? 0 : s * left.height, left.scale * right.scale);
  }
  memory.free(left);
  memory.free(right);
  const [aStep, bStep] = [transposeA ? a.columns : 1, transposeB ? 1 : b.columns];
  yield* checkSample(product, (i, j) =>
    dot(a.data, transposeA ? i : i * a.columns, aStep, b.data, transposeB ? j * b.columns : j, bStep, {
      depth,
      scale: 4 * left.scale * right.scale,
    }),
  );
  return product;
}

/** As `gramWork`, on a GPU. */
export function* gramOnGpu(memory: DeviceMemory, X: Matrix): Work<Matrix> {
  const { data, rows, columns } = X;
  const product = Matrix.zeros(columns, columns);
  if (product.data.length === 0 || rows === 0) return product;
  const moved = yield* memory.move(X);
  const scale = moved.scale * moved.scale;
  for (const slice of moved.slices) {
    const part = yield* waitFor(() => memory.gpu.read(gramKernel(slice.rows, columns), [slice]));
    addRows(product, part, 0, scale);
  }
  memory.free(moved);
  mirrorUpper(product);
  yield* checkSample(product, (i, j) => dot(data, i, columns, data, j, columns, { depth: rows, scale: 4 * scale }));
  return product;
}

/** The kernel of op(A) op(B) for one shape. */
export function productKernel(
  rows: number,
  depth: number,
  columns: number,
  { transposeA, transposeB }: MatmulOptions,
): GpuKernel {
  const left = (k: string) => (transposeA ? `a[${k}][this.thread.y]` : `a[this.thread.y][${k}]`);
  const right = (k: string) => (transposeB ? `b[this.thread.x][${k}]` : `b[${k}][this.thread.x]`);
  return {
    name: `product${transposeA ? '-ta' : ''}${transposeB ? '-tb' : ''}`,
    source: `function(a, b) {${sumSource(k => `${left(k)} * ${right(k)}`)}}`,
    rows,
    columns,
    constants: blocksOf(depth),
  };
}

/** The kernel of X'X for one shape, on and right of the diagonal. */
function gramKernel(depth: number, columns: number): GpuKernel {
  const sum = sumSource(k => `x[${k}][this.thread.y] * x[${k}][this.thread.x]`);
  return {
    name: 'gram',
    source: `function(x) { if (this.thread.x < this.thread.y) return 0;${sum}}`,
    rows: columns,
    columns,
    constants: blocksOf(depth),
  };
}

/** Adds rows of single precision, times `scale`, to those of `product` from `first` on. */
function addRows({ data, columns }: Matrix, rows: readonly Float32Array[], first: number, scale: number): void {
  rows.forEach((row, i) => {
    const start = (first + i) * columns;
    for (let j = 0; j < columns; j++) data[start + j]! += row[j]! * scale;
  });
}

/** The sum of products of two strided lists, in double. */
function dot(
  a: Float64Array,
  aStart: number,
  aStep: number,
  b: Float64Array,
  bStart: number,
  bStep: number,
  { depth, scale }: Pick<Exact, 'depth' | 'scale'>,
): Exact {
  let value = 0;
  let size = 0;
  for (let k = 0, p = aStart, q = bStart; k < depth; k++, p += aStep, q += bStep) {
    const term = a[p]! * b[q]!;
    value += term;
    size += Math.abs(term);
  }
  return { value, size, scale, depth };
}
