import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Matrix } from '../../src/array/index.ts';
import { matmul } from '../../src/kernels/index.ts';
import { centredGramWork, eigenvaluesWork, eighWork } from '../../src/linalg/index.ts';
import { MAX_OPS, runSync } from '../../src/work/index.ts';
import { checkpoints } from '../helpers/checkpoints.ts';
import { expectClose, noise } from './shapes.ts';

/** By the definition: weighted means, then the products of what is left. */
function byDefinition(A: Matrix, weights: Float64Array, center: boolean) {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const mean = new Float64Array(A.columns);
  if (center) {
    for (let j = 0; j < A.columns; j++) {
      mean[j] = A.column(j).reduce((sum, value, i) => sum + (weights[i]! * value) / total, 0);
    }
  }
  const left = A.map((value, _, j) => value - mean[j]!);
  const weighted = left.map((value, i) => value * weights[i]!);
  return { mean, gram: matmul(left, weighted, { transposeA: true }) };
}

test('centredGram: means and products of several tables side by side, over one chunk or many, weighted or not', () => {
  const shape = fc.record({
    rows: fc.constantFrom(1, 2, 1008, 1009, 2100),
    columns: fc.constantFrom(0, 1, 3, 260),
    targets: fc.constantFrom(0, 1, 2),
    isWeighted: fc.boolean(),
    center: fc.boolean(),
  });
  const property = fc.property(shape, ({ rows, columns, targets, isWeighted, center }) => {
    const [X, y] = [noise(rows, columns), noise(rows, targets, 2)];
    const all = Matrix.zeros(rows, columns + targets).map((_, i, j) =>
      j < columns ? X.get(i, j) : y.get(i, j - columns),
    );
    // The first chunk of the longest tables has no weight at all.
    const weights = Float64Array.from({ length: rows }, (_, i) => (isWeighted ? (i < rows / 2 ? i % 2 : 3) : 1));
    if (!weights.some(weight => weight > 0)) return;
    const sampleWeight = isWeighted ? weights : undefined;
    const { mean, gram } = runSync(centredGramWork([X, y], { center, sampleWeight }));
    const expected = byDefinition(all, weights, center);
    expectClose(new Matrix(mean, 1, mean.length), new Matrix(expected.mean, 1, mean.length), 1e-13);
    expectClose(gram, expected.gram, 1e-11);
    expect(gram.transpose()).toEqual(gram);
  });
  fc.assert(property, { numRuns: 20 });
});

test('centredGram of values 1e9 + (-1 | 1), whose halves lie apart, loses no digit: n, and 0 for a constant', () => {
  const rows = 200_000;
  const X = Matrix.zeros(rows, 2).map((_, i, j) => 1e9 + (j === 0 ? (i < rows / 2 ? -1 : 1) : 0.25));
  const { mean, gram } = runSync(centredGramWork([X], { center: true }));
  expect(Array.from(mean)).toEqual([1e9, 1e9 + 0.25]);
  expect(gram.toArray()).toEqual([[rows, 0], [0, 0]]); // biome-ignore format: as on paper
});

test('centredGram: checkpoints are no more than 2^22 element-operations apart', () => {
  for (const [rows, columns] of [
    [20_000, 40],
    [300, 1500],
  ] as const) {
    // biome-ignore format: as on paper
    for (const checkpoint of checkpoints(centredGramWork([noise(rows, columns)], { center: true }))) {
      expect(checkpoint.ops).toBeLessThanOrEqual(MAX_OPS);
    }
  }
});

test('eigenvalues are those of eigh, at any scale down to the smallest numbers', () => {
  for (const scale of [1, 1e150, 1e-150, 1e-310]) {
    const A = noise(30, 30).map((value, i, j) => (value + noise(30, 30).get(j, i)) * scale);
    const symmetric = A.map((value, i, j) => (i <= j ? value : A.get(j, i)));
    const { eigenvalues } = runSync(eighWork(symmetric));
    expect(runSync(eigenvaluesWork(symmetric))).toEqual(eigenvalues);
  }
  expect(runSync(eigenvaluesWork(Matrix.zeros(0, 0)))).toEqual(new Float64Array(0));
});
