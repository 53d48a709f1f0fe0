import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Matrix } from '../../src/array/index.ts';
import { gram, gramWork, kernelReport, matmul, matmulWork } from '../../src/kernels/index.ts';
import { addGram, addProduct, type Operand } from '../../src/kernels/matmul/reference.ts';
import { MAX_OPS } from '../../src/work/index.ts';

/** Sizes on and beside the edges of panels (4), of the blocks (128, 256), and none at all. */
const size = fc.oneof(
  fc.constantFrom(0, 1, 2, 3, 4, 5, 127, 128, 129, 255, 256, 257, 300),
  fc.integer({ min: 0, max: 40 }),
);

test('matmul agrees with its reference for every shape and transpose', () => {
  const property = fc.property(size, size, size, fc.boolean(), fc.boolean(), (m, k, n, transposeA, transposeB) => {
    const a = transposeA ? wave(k, m) : wave(m, k);
    const b = transposeB ? wave(n, k) : wave(k, n);
    const product = matmul(a, b, { transposeA, transposeB });
    const expected = reference(transposeA ? a.transpose() : a, transposeB ? b.transpose() : b);
    expect([product.rows, product.columns]).toEqual([m, n]);
    expectClose(product, expected, 1e-13 * Math.max(1, k));
  });
  fc.assert(property, { numRuns: 60 });
});

test('gram(X) = X^T X, symmetric to the bit', () => {
  const property = fc.property(size, size, (n, p) => {
    const X = wave(n, p);
    const product = gram(X);
    const expected = Matrix.zeros(p, p);
    addGram(operand(X), { i: 0, iEnd: p, k: 0, kEnd: n }, expected.data);
    for (let i = 0; i < p; i++) for (let j = 0; j < i; j++) expected.set(i, j, expected.get(j, i));
    expectClose(product, expected, 1e-13 * Math.max(1, n));
    expect(product).toEqual(product.transpose());
  });
  fc.assert(property, { numRuns: 40 });
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
  const works = [matmulWork(a, b), gramWork(a), matmulWork(wave(2, 3000), wave(3000, 3000))];
  const ops = works.map(() => 0);
  for (let running = works.length; running > 0; ) {
    running = 0;
    works.forEach((work, which) => {
      const state = work.next();
      if (state.done) return;
      running++;
      expect('ops' in state.value ? state.value.ops : Infinity).toBeLessThanOrEqual(MAX_OPS);
      ops[which]! += 'ops' in state.value ? state.value.ops : 0;
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

function wave(rows: number, columns: number): Matrix {
  return Matrix.zeros(rows, columns).map((_, i, j) => Math.sin(1 + i * 12.9898 + j * 78.233));
}

function ones(rows: number, columns: number): Matrix {
  return Matrix.zeros(rows, columns).map(() => 1);
}

function operand({ data, rows, columns }: Matrix): Operand {
  return { data, rows, columns, rowStride: columns, columnStride: 1 };
}

function reference(a: Matrix, b: Matrix): Matrix {
  const product = Matrix.zeros(a.rows, b.columns);
  addProduct(operand(a), operand(b), { i: 0, iEnd: a.rows, k: 0, kEnd: a.columns }, product.data);
  return product;
}

function expectClose(a: Matrix, b: Matrix, tolerance: number): void {
  const worst = a.data.reduce((most, value, at) => Math.max(most, Math.abs(value - b.data[at]!)), 0);
  expect(worst).toBeLessThanOrEqual(tolerance);
}
