import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Matrix } from '../../src/array/index.ts';
import { gram, matmul } from '../../src/kernels/index.ts';
import {
  choleskyWork,
  eighWork,
  leastSquaresWork,
  luWork,
  permutedLower,
  qrWork,
  rightSvdWork,
  solveCholeskyWork,
  solveWork,
  svdFlip,
  svdWork,
} from '../../src/linalg/index.ts';
import { runSync } from '../../src/work/index.ts';
import { diagonal, expectClose, identity, matrices, noise, squares } from './shapes.ts';

const RUNS = { numRuns: 60 };

test('qr: A = Q R, Q has orthonormal columns, R is upper triangular', () => {
  fc.assert(
    fc.property(matrices, A => {
      const { Q, R } = runSync(qrWork(A));
      expectClose(matmul(Q, R), A);
      expectClose(gram(Q), identity(Q.columns));
      for (let i = 0; i < R.rows; i++) for (let j = 0; j < Math.min(i, R.columns); j++) expect(R.get(i, j)).toBe(0);
    }),
    RUNS,
  );
});

test('qr: [[3], [4]] = [[-0.6], [-0.8]] [[-5]]', () => {
  const { Q, R } = runSync(qrWork(Matrix.fromRows([[3], [4]])));
  expect(R.toArray()).toEqual([[-5]]);
  expectClose(Q, Matrix.fromRows([[-0.6], [-0.8]]));
});

test('svd: A = U diag(s) V^T, both orthonormal, s descending and not negative', () => {
  fc.assert(
    fc.property(matrices, A => {
      const { U, singularValues, Vt } = runSync(svdWork(A));
      expectClose(matmul(matmul(U, diagonal(singularValues)), Vt), A);
      expectClose(gram(U), identity(U.columns));
      expectClose(gram(Vt.transpose()), identity(Vt.rows));
      singularValues.forEach((value, i) => {
        expect(value).toBeGreaterThanOrEqual(0);
        expect(value).toBeLessThanOrEqual(singularValues[Math.max(0, i - 1)]!);
      });
    }),
    RUNS,
  );
});

test('svd: the singular values of [[3, 0], [4, 5]] are sqrt(45) and sqrt(5)', () => {
  const { singularValues } = runSync(svdWork(Matrix.fromRows([[3, 0], [4, 5]]))); // biome-ignore format: as on paper
  expect(singularValues[0]).toBeCloseTo(Math.sqrt(45), 14);
  expect(singularValues[1]).toBeCloseTo(Math.sqrt(5), 14);
});

test('svd of nothing but zeros: zeros', () => {
  expect(runSync(svdWork(Matrix.zeros(5, 3))).singularValues).toEqual(new Float64Array(3));
});

test('svdFlip makes the largest entry of each column of U (or row of V^T) positive', () => {
  const A = noise(9, 5);
  for (const basis of ['u', 'v'] as const) {
    const { U, singularValues, Vt } = svdFlip(runSync(svdWork(A)), { basis });
    expectClose(matmul(matmul(U, diagonal(singularValues)), Vt), A);
    const vectors = basis === 'u' ? U.transpose() : Vt;
    for (const vector of vectors.toArray()) expect(Math.max(...vector)).toBe(Math.max(...vector.map(Math.abs)));
  }
});

test('eigh: A V = V diag(w), V orthonormal, w ascending', () => {
  fc.assert(
    fc.property(squares, A => {
      const symmetric = A.map((value, i, j) => (value + A.get(j, i)) / 2);
      const { eigenvalues, eigenvectors } = runSync(eighWork(symmetric));
      const columns = eigenvectors.transpose();
      expectClose(matmul(matmul(columns, diagonal(eigenvalues)), eigenvectors), symmetric);
      expectClose(gram(columns), identity(A.rows));
      expect(eigenvalues).toEqual(eigenvalues.toSorted());
    }),
    RUNS,
  );
});

test('eigh: [[2, 1], [1, 2]] has eigenvalues 1 and 3', () => {
  const { eigenvalues } = runSync(eighWork(Matrix.fromRows([[2, 1], [1, 2]]))); // biome-ignore format: as on paper
  expect(eigenvalues[0]).toBeCloseTo(1, 14);
  expect(eigenvalues[1]).toBeCloseTo(3, 14);
});

test('cholesky: A = L L^T, and solving with it inverts A; undefined where A is not positive definite', () => {
  const property = fc.property(fc.constantFrom(1, 2, 63, 64, 65, 130), fc.integer({ min: 0, max: 9 }), (n, seed) => {
    const A = gram(noise(n + 5, n, seed)).map((value, i, j) => value + (i === j ? 1 : 0));
    const L = runSync(choleskyWork(A));
    if (L === undefined) throw new Error('A is positive definite');
    expectClose(matmul(L, L, { transposeB: true }), A);
    const X = noise(n, 3, seed);
    expectClose(runSync(solveCholeskyWork(L, matmul(A, X))), X, 1e-10);
  });
  fc.assert(property, { numRuns: 20 });
  expect(runSync(choleskyWork(Matrix.fromRows([[1, 2], [2, 1]])))).toBeUndefined(); // biome-ignore format: as on paper
});

test('lu: the rows of L U are the rows of A, permuted', () => {
  fc.assert(
    fc.property(matrices, A => {
      const lu = runSync(luWork(A));
      const L = permutedLower(lu);
      const U = Matrix.zeros(L.columns, A.columns).map((_, i, j) => (j >= i ? lu.packed.get(i, j) : 0));
      expectClose(matmul(L, U), A);
      expect(Math.max(...L.data.map(Math.abs))).toBe(1);
    }),
    RUNS,
  );
});

test('solve: X of A X = B; undefined where A is singular', () => {
  const A = Matrix.fromRows([[0, 2], [4, 0]]); // biome-ignore format: as on paper
  expect(runSync(solveWork(A, Matrix.fromRows([[2], [8]])))?.toArray()).toEqual([[2], [1]]);
  expect(runSync(solveWork(Matrix.zeros(2, 2), Matrix.zeros(2, 1)))).toBeUndefined();
});

test('leastSquares: of all x with x0 + x1 = 2, (1, 1) is the shortest', () => {
  const { X, rank } = runSync(leastSquaresWork(Matrix.fromRows([[1, 1]]), Matrix.fromRows([[2]])));
  expect(rank).toBe(1);
  expectClose(X, Matrix.fromRows([[1], [1]]));
});

test('leastSquares: the residual is orthogonal to the columns of A', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 50 }), fc.integer({ min: 1, max: 50 }), (m, n) => {
      const [A, B] = [noise(m, n), noise(m, 2, 5)];
      const { X, rank } = runSync(leastSquaresWork(A, B));
      const fitted = matmul(A, X);
      const residual = B.map((value, i, j) => value - fitted.get(i, j));
      expect(Math.max(...matmul(A, residual, { transposeA: true }).data.map(Math.abs))).toBeLessThan(1e-10);
      expect(rank).toBe(Math.min(m, n));
    }),
    RUNS,
  );
});

test('rightSvdWork gives the singular values and vectors of the shifted matrix, up to signs, whatever its scale', () => {
  for (const [m, n] of [
    [9, 5],
    [5, 9],
    [6, 6],
    [300, 12],
  ] as const) {
    for (const scale of [1, 1e-200, 1e200]) {
      const A = noise(m, n).map(value => value * scale);
      const shift = Float64Array.from({ length: n }, (_, j) => 0.1 * j * scale);
      const right = runSync(rightSvdWork(A, shift));
      const whole = runSync(svdWork(A.map((value, _, j) => value - shift[j]!)));
      whole.singularValues.forEach((value, k) => {
        expect(Math.abs(right.singularValues[k]! - value)).toBeLessThanOrEqual(1e-14 * whole.singularValues[0]!);
      });
      const along = matmul(right.Vt, whole.Vt, { transposeB: true });
      expectClose(along.map(Math.abs), identity(along.rows));
    }
  }
});

test('rightSvdWork of a column that overflows only when squared, beside small ones', () => {
  const A = Matrix.fromRows([[3e180, 1], [4e180, 2], [0, 3]]); // biome-ignore format: as on paper
  expect(runSync(rightSvdWork(A, new Float64Array(2))).singularValues[0]! / 5e180).toBeCloseTo(1, 14);
});
