import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  additiveChi2Kernel,
  chi2Kernel,
  cosineSimilarity,
  laplacianKernel,
  linearKernel,
  pairwiseKernels,
  polynomialKernel,
  rbfKernel,
  sigmoidKernel,
} from '../../../src/metrics/index.ts';

const X = [
  [1, 2],
  [0, -1],
];

test('linearKernel is the product of rows', () => {
  expect(linearKernel(X).toArray()).toEqual([
    [5, -2],
    [-2, 1],
  ]);
});

test('kernels are functions of products and distances', () => {
  expect(polynomialKernel(X, null, { degree: 2, gamma: 1, coef0: 1 }).get(0, 1)).toBe(1);
  expect(sigmoidKernel(X, null, { gamma: 1, coef0: 2 }).get(0, 1)).toBe(0);
  expect(rbfKernel(X, null, { gamma: 0.1 }).get(0, 1)).toBeCloseTo(Math.exp(-1), 15);
  expect(laplacianKernel(X, null, { gamma: 0.25 }).get(0, 1)).toBeCloseTo(Math.exp(-1), 15);
  expect(additiveChi2Kernel([[1, 3]], [[3, 1]]).get(0, 0)).toBe(-2);
  expect(chi2Kernel([[1, 3]], [[3, 1]], { gamma: 0.5 }).get(0, 0)).toBeCloseTo(Math.exp(-1), 15);
});

test('gamma null is 1 / features', () => {
  expect(rbfKernel(X).get(0, 1)).toBe(rbfKernel(X, null, { gamma: 0.5 }).get(0, 1));
});

test('rbfKernel of a row with itself is 1, with another in [0, 1]', () => {
  const row = fc.array(fc.double({ min: -3, max: 3, noNaN: true }), { minLength: 2, maxLength: 2 });
  fc.assert(
    fc.property(row, row, (a, b) => {
      const K = rbfKernel([a, b]);
      expect(K.get(0, 0)).toBe(1);
      expect(K.get(0, 1)).toBeGreaterThanOrEqual(0);
      expect(K.get(0, 1)).toBeLessThanOrEqual(1);
    }),
  );
});

test('pairwiseKernels choose by name, and refuse or filter parameters', () => {
  expect(pairwiseKernels(X, null, { metric: 'cosine' }).data).toEqual(cosineSimilarity(X).data);
  expect(pairwiseKernels(X, null, { metric: 'rbf', degree: 2, filterParams: true }).data).toEqual(rbfKernel(X).data);
  expect(() => pairwiseKernels(X, null, { metric: 'rbf', degree: 2 })).toThrow(
    'Cannot compute pairwiseKernels: degree must be absent for the rbf kernel, received 2',
  );
});

test('kernels refuse parameters outside their rule', () => {
  expect(() => rbfKernel(X, null, { gamma: -1 })).toThrow(
    'Cannot compute rbfKernel: gamma must be null or a finite number >= 0, received -1',
  );
  expect(() => chi2Kernel(X)).toThrow('Cannot compute chi2Kernel: X must be >= 0, received -1');
});
