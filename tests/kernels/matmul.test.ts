import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Matrix } from '../../src/array/index.ts';
import { gram, gramWork, kernelReport, matmul, matmulWork } from '../../src/kernels/index.ts';
import { MAX_OPS } from '../../src/work/index.ts';
import { checkpoints } from '../helpers/checkpoints.ts';
import { elementOf, elementsOf } from './product.ts';

/** Sizes on and beside the edges of panels (4), of the blocks (128, 256), and none at all. */
const size = fc.oneof(
  fc.constantFrom(0, 1, 2, 3, 4, 5, 127, 128, 129, 255, 256, 257, 300),
  fc.integer({ min: 0, max: 40 }),
);
/** One element of each operand may be anything. */
const special = fc.constantFrom(undefined, Number.NaN, Infinity, -Infinity, -0);

test('matmul equals the definition to the bit, for every shape and transpose', () => {
  const property = fc.property(
    ...([size, size, size, fc.boolean(), fc.boolean(), special] as const),
    (m, k, n, transposeA, transposeB, value) => {
      const a = wave(...sides(m, k, transposeA), value);
      const b = wave(...sides(k, n, transposeB), value);
      const product = matmul(a, b, { transposeA, transposeB });
      const left = transposeA ? a.transpose() : a;
      const right = transposeB ? b.transpose() : b;
      const expected = elementsOf({ m, n, k, a: (i, s) => left.get(i, s), b: (s, j) => right.get(s, j) });
      expect(product).toEqual(new Matrix(Float64Array.from(expected), m, n));
    },
  );
  fc.assert(property, { seed: 1, numRuns: 100 });
});

test("gram(X) is X'X to the bit, and symmetric", () => {
  const property = fc.property(size, size, special, (n, p, value) => {
    const X = wave(n, p, value);
    const expected = elementsOf({ m: p, n: p, k: n, a: (i, s) => X.get(s, i), b: (s, j) => X.get(s, j) });
    expect(gram(X)).toEqual(new Matrix(Float64Array.from(expected), p, p));
  });
  fc.assert(property, { seed: 1, numRuns: 60 });
});

test.each([
  [3000, 300, 40, false, false],
  [40, 3000, 300, true, false],
  [2000, 3, 300, false, true],
  [1000, 300, 100, true, false],
  [3, 9000, 1000, true, false],
  [1, 20_000, 300, false, false],
  [300, 20_000, 1, true, false],
] as const)('matmul of %d x %d x %d, which is done in parts, is the definition in places', (...sizes) => {
  const [m, k, n, transposeA, transposeB] = sizes;
  const a = wave(...sides(m, k, transposeA));
  const b = wave(...sides(k, n, transposeB));
  const product = matmul(a, b, { transposeA, transposeB });
  const left = transposeA ? a.transpose() : a;
  const right = transposeB ? b.transpose() : b;
  const factors = {
    m,
    n,
    k,
    a: (i: number, s: number) => left.get(i, s),
    b: (s: number, j: number) => right.get(s, j),
  };
  for (let at = 0; at < m * n; at += 1 + Math.floor((m * n) / 97)) {
    expect(product.data[at]).toBe(elementOf(factors, Math.floor(at / n), at % n));
  }
});

test('matmul: [[1, 2], [3, 4]] [[5, 6], [7, 8]] = [[19, 22], [43, 50]]', () => {
  const a = Matrix.fromRows([[1, 2], [3, 4]]); // biome-ignore format: as written on paper
  const b = Matrix.fromRows([[5, 6], [7, 8]]); // biome-ignore format: as written on paper
  expect(matmul(a, b).toArray()).toEqual([[19, 22], [43, 50]]); // biome-ignore format: as written on paper
});

test('matmul: NaN and Infinity reach exactly the rows and columns that they touch', () => {
  const a = ones(129, 30);
  const b = ones(30, 21);
  a.set(128, 3, Number.NaN);
  b.set(29, 20, Infinity);
  const product = matmul(a, b);
  expect(product.get(127, 19)).toBe(30);
  expect(product.get(127, 20)).toBe(Infinity);
  expect(Array.from(product.row(128)).every(Number.isNaN)).toBe(true);
});

test('matmulWork and gramWork stop at least every 2^22 multiplications, and never keep the arena', () => {
  const [a, b] = [wave(700, 300), wave(300, 400)];
  const works = [matmulWork(a, b), gramWork(a), matmulWork(wave(2, 3000), wave(3000, 3000))].map(checkpoints);
  const ops = works.map(() => 0);
  for (let running = works.length; running > 0; ) {
    running = 0;
    works.forEach((work, which) => {
      const state = work.next();
      if (state.done) return;
      running++;
      expect(state.value.ops).toBeLessThanOrEqual(MAX_OPS);
      ops[which]! += state.value.ops;
    });
  }
  expect(ops[0]).toBe(700 * 300 * 400);
});

test('matmul refuses shapes that do not fit', () => {
  expect(() => matmul(ones(2, 3), ones(2, 3))).toThrow('internal: product of 2 x 3 and 2 x 3');
});

test('kernelReport tells that WebAssembly runs here', () => {
  expect(kernelReport()).toEqual({ backend: 'webassembly' });
});

function sides(rows: number, columns: number, isTransposed: boolean): [number, number] {
  return isTransposed ? [columns, rows] : [rows, columns];
}

function wave(rows: number, columns: number, special?: number): Matrix {
  const matrix = Matrix.zeros(rows, columns).map((_, i, j) => Math.sin(1 + i * 12.9898 + j * 78.233));
  if (special !== undefined && matrix.data.length > 0) matrix.data[matrix.data.length >> 1] = special;
  return matrix;
}

function ones(rows: number, columns: number): Matrix {
  return Matrix.zeros(rows, columns).map(() => 1);
}
