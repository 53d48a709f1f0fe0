import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Matrix } from '../../src/array/index.ts';
import { gram, matmul } from '../../src/kernels/index.ts';
import {
  boundsBetween,
  conjugateGradientWork,
  dot,
  type LinearOperator,
  lbfgsWork,
  leastSquaresWork,
  lsqrWork,
  nnlsWork,
  randomizedRangeFinderWork,
  randomizedSvdWork,
  svdWork,
} from '../../src/linalg/index.ts';
import { RandomState } from '../../src/random/index.ts';
import { runSync } from '../../src/work/index.ts';
import { expectClose, identity, noise } from './shapes.ts';

/** The sum of 100 (x[i+1] - x[i]^2)^2 + (1 - x[i])^2, whose minimum is 0 at (1, ..., 1). */
function rosenbrock(x: Float64Array, gradient: Float64Array): number {
  gradient.fill(0);
  let sum = 0;
  for (let i = 0; i + 1 < x.length; i++) {
    const u = x[i + 1]! - x[i]! * x[i]!;
    const v = 1 - x[i]!;
    sum += 100 * u * u + v * v;
    gradient[i]! += -400 * x[i]! * u - 2 * v;
    gradient[i + 1]! += 200 * u;
  }
  return sum;
}

/** Iterations and evaluations are those of scipy 1.17's L-BFGS-B. */
test.each([
  { n: 2, lower: -Infinity, upper: Infinity, nIter: 36, nEvaluations: 44, value: 2.8076e-12 },
  { n: 6, lower: -Infinity, upper: Infinity, nIter: 35, nEvaluations: 41, value: 3.9739405009755 },
  { n: 6, lower: -1, upper: 0.5, nIter: 10, nEvaluations: 12, value: 5.5452033254627 },
  { n: 6, lower: 0, upper: Infinity, nIter: 45, nEvaluations: 55, value: 3.0849e-12 },
  { n: 5, lower: 1.2, upper: Infinity, nIter: 23, nEvaluations: 28, value: 5.5478152120435 },
])(
  'lbfgs takes the path of scipy on Rosenbrock: $n variables in [$lower, $upper]',
  ({ n, lower, upper, ...expected }) => {
    const bounds = boundsBetween(new Float64Array(n).fill(lower), new Float64Array(n).fill(upper));
    const isFree = lower === -Infinity && upper === Infinity;
    const x0 = Float64Array.from({ length: n }, (_, i) => [-1.2, 1][i] ?? 0.3);
    const result = runSync(lbfgsWork(rosenbrock, x0, { bounds: isFree ? undefined : bounds }));
    expect({ nIter: result.nIter, nEvaluations: result.nEvaluations }).toEqual({
      nIter: expected.nIter,
      nEvaluations: expected.nEvaluations,
    });
    expect(result.converged).toBe(true);
    expect(result.value).toBeCloseTo(expected.value, 11);
    expect(result.x.every(value => value >= lower && value <= upper)).toBe(true);
  },
);

test('lbfgs says which rule ended it', () => {
  const parabola = (x: Float64Array, gradient: Float64Array) => {
    gradient[0] = 2 * x[0]!;
    return x[0]! * x[0]!;
  };
  const from = (start: number, options = {}) => runSync(lbfgsWork(parabola, Float64Array.of(start), options)).stoppedBy;
  expect(from(0)).toBe('gradient');
  expect(from(1)).toBe('gradient');
  expect(from(100, { maxIter: 1 })).toBe('maxIter');
  const wrongGradient = (_: Float64Array, gradient: Float64Array) => {
    gradient[0] = 1;
    return 0;
  };
  expect(runSync(lbfgsWork(wrongGradient, Float64Array.of(0), { ftol: -1 })).stoppedBy).toBe('lineSearch');
});

test('lbfgs with bounds goes on where clipping leads back along the last line search', () => {
  const X = [
    [0.08296237063961875, -0.9973641628374388, 0.11961367892675911, 3],
    [0.7705860901824362, -0.5324133927095545, -0.6419463155726807, 3],
    [-0.4105695676665083, 0.8986275092547501, 0.5730999609313248, 3],
  ];
  const y = [1, 1, 0];
  const objective = (w: Float64Array, gradient: Float64Array) => {
    const residual = X.map((row, i) => dot(Float64Array.from(row), w) - y[i]!);
    for (let j = 0; j < 4; j++) gradient[j] = residual.reduce((sum, r, i) => sum + r * X[i]![j]!, 0) + 1e-3 * w[j]!;
    return 0.5 * residual.reduce((sum, r) => sum + r * r, 0) + 0.5e-3 * dot(w, w);
  };
  const bounds = boundsBetween(new Float64Array(4), new Float64Array(4).fill(Infinity));
  const { x } = runSync(lbfgsWork(objective, new Float64Array(4), { bounds, gtol: 1e-14, ftol: 1e-14 }));
  // Of [4.222, 0, 3.331, 0] the free part solves its normal equations; stopping early gave 0.1107 in the last place.
  expect(Array.from(x, value => Math.round(value * 1000) / 1000)).toEqual([4.222, 0, 3.331, 0]);
});

test('lbfgs with bounds meets the conditions of optimality on random least squares', () => {
  const property = fc.property(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 0, max: 99 }), (n, seed) => {
    const [A, y] = [noise(n + 8, n, seed), noise(n + 8, 1, seed + 0.5)];
    const objective = (x: Float64Array, gradient: Float64Array) => {
      const residual = matmul(A, new Matrix(x, n, 1)).map((value, i) => value - y.get(i, 0));
      gradient.set(matmul(A, residual, { transposeA: true }).data);
      return gram(residual).get(0, 0) / 2;
    };
    const bounds = boundsBetween(new Float64Array(n), new Float64Array(n).fill(0.3));
    const { x, gradient } = runSync(lbfgsWork(objective, new Float64Array(n), { bounds, gtol: 1e-9, ftol: 0 }));
    x.forEach((value, i) => {
      if (value > 0) expect(gradient[i]).toBeLessThan(1e-7);
      if (value < 0.3) expect(gradient[i]).toBeGreaterThan(-1e-7);
    });
  });
  fc.assert(property, { numRuns: 60 });
});

test('nnls: x >= 0, A^T(b - A x) <= 0, and zero where x > 0', () => {
  const property = fc.property(
    fc.integer({ min: 1, max: 20 }),
    fc.integer({ min: 1, max: 20 }),
    fc.integer({ min: 0, max: 99 }),
    (m, n, seed) => {
      const [A, b] = [noise(m, n, seed), noise(m, 1, seed + 0.5)];
      const { x, residualNorm, converged } = runSync(nnlsWork(A, b.data));
      const fitted = matmul(A, new Matrix(x, n, 1));
      const residual = b.map((value, i) => value - fitted.get(i, 0));
      const descent = matmul(A, residual, { transposeA: true }).data;
      expect(converged).toBe(true);
      expect(residualNorm).toBeCloseTo(Math.sqrt(gram(residual).get(0, 0)), 12);
      x.forEach((value, j) => {
        expect(value).toBeGreaterThanOrEqual(0);
        expect(descent[j]).toBeLessThan(1e-12);
        if (value > 0) expect(Math.abs(descent[j]!)).toBeLessThan(1e-12);
      });
    },
  );
  fc.assert(property, { numRuns: 200 });
});

test('nnls: of 2 x = -3, the nearest x >= 0 is 0', () => {
  const result = runSync(nnlsWork(Matrix.fromRows([[2]]), Float64Array.of(-3)));
  expect(result).toEqual({ x: Float64Array.of(0), residualNorm: 3, converged: true });
});

test('lsqr agrees with the direct solution, damped or not', () => {
  const [A, b] = [noise(30, 6), noise(30, 1, 2)];
  for (const damp of [0, 0.5]) {
    const stacked = Matrix.fromRows([
      ...A.toArray(),
      ...identity(6)
        .map(value => damp * value)
        .toArray(),
    ]);
    const padded = Matrix.fromRows([...b.toArray(), ...Array.from({ length: 6 }, () => [0])]);
    const { x, nIter } = runSync(lsqrWork(operator(A), b.data, { damp, atol: 1e-14, btol: 1e-14 }));
    expectClose(new Matrix(x, 6, 1), runSync(leastSquaresWork(stacked, padded)).X, 1e-12);
    expect(nIter).toBeLessThanOrEqual(12);
  }
});

test('lsqr: the solution for b = 0 is 0, found without iterating', () => {
  const result = runSync(lsqrWork(operator(noise(4, 2)), new Float64Array(4)));
  expect(result).toEqual({ x: new Float64Array(2), nIter: 0, stoppedBy: 'zero' });
});

test('conjugateGradient solves n equations in about n steps', () => {
  const A = gram(noise(20, 8)).map((value, i, j) => value + (i === j ? 0.1 : 0));
  const x = noise(8, 1, 3);
  const times = (v: Float64Array) => matmul(A, new Matrix(v, 8, 1)).data;
  const result = runSync(conjugateGradientWork(times, times(x.data), { rtol: 1e-12 }));
  expectClose(new Matrix(result.x, 8, 1), x, 1e-10);
  expect(result.converged).toBe(true);
  expect(result.nIter).toBeLessThanOrEqual(10);
});

test('randomizedSvd: the first singular triplets, whichever the shape and the normalizer', () => {
  const A = noise(40, 12).map((value, _, j) => value * Math.exp(-j));
  for (const [matrix, normalizer] of [
    [A, 'LU'],
    [A, 'QR'],
    [A, 'none'],
    [A.transpose(), 'auto'],
  ] as const) {
    const { U, singularValues, Vt } = runSync(
      randomizedSvdWork(matrix, 3, { nIter: 4, normalizer, random: new RandomState(0) }),
    );
    const exact = runSync(svdWork(matrix)).singularValues;
    expect([U.rows, U.columns, Vt.rows, Vt.columns]).toEqual([matrix.rows, 3, 3, matrix.columns]);
    singularValues.forEach((value, k) => {
      expect(value).toBeCloseTo(exact[k]!, 12);
    });
    expectClose(gram(U), identity(3));
  }
});

test('randomizedRangeFinder gives the numbers of scikit-learn 1.9 for the same seed', () => {
  const A = Matrix.fromRows([[1, 2, 3], [4, 5, 6], [7, 8, 9]]); // biome-ignore format: as on paper
  const Q = runSync(randomizedRangeFinderWork(A, 2, { nIter: 2, random: new RandomState(42) }));
  const expected = Matrix.fromRows([
    [-0.2148360718155904, 0.887230970846542],
    [-0.5205870612263088, 0.24964463741376083],
    [-0.8263380506370274, -0.38794169585293947],
  ]);
  // Without a normalizer the second column is what rounding left of the small singular value.
  expectClose(Q, expected, 1e-9);
});

function operator(A: Matrix): LinearOperator {
  return {
    rows: A.rows,
    columns: A.columns,
    times: x => matmul(A, new Matrix(x, x.length, 1)).data,
    timesTransposed: y => matmul(A, new Matrix(y, y.length, 1), { transposeA: true }).data,
  };
}
