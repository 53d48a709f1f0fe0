import fc from 'fast-check';
import { CsrMatrix, Matrix, Pipeline, StandardScaler, sync } from 'fitwise';
import { expect, test } from 'vitest';

// Mean 2 and population variance (1 + 0 + 1) / 3 in the first column; the second is constant.
const X = [
  [1, 5],
  [2, 5],
  [3, 5],
];

test('StandardScaler: z = (x - mean) / std, and a constant feature is centred only', async () => {
  const scaler = await new StandardScaler().fit(X);
  expect(scaler.mean_).toEqual(Float64Array.of(2, 5));
  expect(scaler.var_![0]).toBeCloseTo(2 / 3, 15);
  expect(scaler.scale_![1]).toBe(1);
  expect((await scaler.transform([[2, 6]])).toArray()).toEqual([[0, 1]]);
  expect(scaler.nSamplesSeen_).toBe(3);
});

test('StandardScaler: missing values are passed over and stay missing', async () => {
  const scaler = await new StandardScaler().fit([[0], [NaN], [2]]);
  expect(scaler.mean_).toEqual(Float64Array.of(1));
  expect((await scaler.transform([[NaN], [3]])).toArray()).toEqual([[NaN], [2]]);
});

test('StandardScaler: partialFit in parts is fit on all', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.integer({ min: -99, max: 99 }), fc.integer({ min: 0, max: 9 })), {
        minLength: 2,
        maxLength: 20,
      }),
      fc.nat(),
      async (rows, cut) => {
        const at = 1 + (cut % (rows.length - 1));
        const whole = await new StandardScaler().fit(rows);
        const parts = new StandardScaler();
        await parts.partialFit(rows.slice(0, at));
        await parts.partialFit(rows.slice(at));
        for (let j = 0; j < 2; j++) {
          expect(parts.mean_![j]).toBeCloseTo(whole.mean_![j]!, 10);
          expect(parts.var_![j]).toBeCloseTo(whole.var_![j]!, 8);
        }
      },
    ),
    { numRuns: 30 },
  );
});

test('StandardScaler: a part without a value in some column leaves that column alone', async () => {
  const scaler = await new StandardScaler().fit(X);
  await scaler.partialFit([[NaN, 8]]);
  expect(scaler.mean_).toEqual(Float64Array.of(2, 5.75));
  expect(scaler.nSamplesSeen_).toEqual(Float64Array.of(3, 4));
});

test('StandardScaler: weight 2 is a row twice', async () => {
  const weighted = await new StandardScaler().fit(X, undefined, { sampleWeight: [2, 1, 0] });
  const repeated = await new StandardScaler().fit([X[0]!, X[0]!, X[1]!]);
  expect(weighted.mean_![0]).toBeCloseTo(repeated.mean_![0]!, 15);
  expect(weighted.var_![0]).toBeCloseTo(repeated.var_![0]!, 15);
});

test('StandardScaler: sparse samples stay sparse, with the same numbers', async () => {
  const dense = Matrix.fromRows([
    [0, 3],
    [2, 0],
  ]);
  const scaler = await new StandardScaler({ withMean: false }).fit(CsrMatrix.fromDense(dense));
  const result = await scaler.transform(CsrMatrix.fromDense(dense));
  expect(result).toBeInstanceOf(CsrMatrix);
  expect(result.stored).toBe(2);
  expect(result.toArray()).toEqual((await scaler.transform(dense)).toArray());
});

test('StandardScaler: sparse samples cannot be centred', async () => {
  const sparse = CsrMatrix.fromDense(Matrix.fromRows(X));
  await expect(new StandardScaler().fit(sparse)).rejects.toThrow(
    'Cannot fit StandardScaler: a sparse X must not be centred, received withMean true; ' +
      'make it with withMean: false, or call toDense() first',
  );
});

test('StandardScaler: sums that overflow are refused and leave the model whole', async () => {
  const scaler = await new StandardScaler().fit(X);
  await expect(scaler.fit([[1e308], [-1e308]])).rejects.toThrow(
    'Cannot fit StandardScaler: the squared values of X must not overflow, received column 0 of mean 0 and variance ' +
      'Infinity; divide the column by a power of ten first',
  );
  expect(scaler.mean_).toEqual(Float64Array.of(2, 5));
  const tiny = await new StandardScaler().fit([[0], [1e-300]]);
  await expect(tiny.inverseTransform([[1]])).resolves.toBeDefined();
});

test('StandardScaler: inverseTransform undoes transform, with and without promises', async () => {
  const scaler = await new StandardScaler().fit(X);
  const there = sync(scaler).transform(X);
  expect(sync(scaler).inverseTransform(there).toArray()).toEqual(X);
  await expect(scaler.inverseTransform([[1]])).rejects.toThrow(
    'Cannot invert with StandardScaler: X must have 2 columns',
  );
  const pipeline = await new Pipeline([['scaler', new StandardScaler()]]).fit(X);
  expect(((await pipeline.inverseTransform(await pipeline.transform(X))) as Matrix).toArray()).toEqual(X);
});

test.each([
  ['alone', [[Infinity]], [1], 'Infinity at row 0'],
  ['with its opposite', [[Infinity], [-Infinity]], [1, 1], 'Infinity at row 0'],
  ['without weight', [[1], [-Infinity]], [1, 0], '-Infinity at row 1'],
  ['without weight, beside missing values', [[NaN], [Infinity]], [1, 0], 'Infinity at row 1'],
])('StandardScaler refuses an infinite value, %s', async (_, samples, sampleWeight, received) => {
  await expect(new StandardScaler().fit(samples, undefined, { sampleWeight })).rejects.toThrow(
    `Cannot fit StandardScaler: X must be finite or NaN, received ${received}, column 0`,
  );
});

test('StandardScaler: squares that overflow matter only where the deviation is asked for', async () => {
  // The mean of 1e300 and 3e300 is 2e300; the square of 1e300 is no number of double precision.
  const far = [[1e300], [3e300]];
  const centred = await new StandardScaler({ withStd: false }).fitTransform(far);
  expect(centred.toArray()).toEqual([[-1e300], [1e300]]);
  expect((await new StandardScaler({ withMean: false, withStd: false }).fitTransform(far)).toArray()).toEqual(far);
  await expect(new StandardScaler({ withMean: false }).fit(far)).rejects.toThrow(
    'Cannot fit StandardScaler: the squared values of X must not overflow, received column 0 of mean 2e+300 and variance Infinity; divide the column by a power of ten first',
  );
});

test('StandardScaler: what it has not learned throws, whether asked for or not', () => {
  const scaler = new StandardScaler({ withMean: false, withStd: false });
  for (const name of ['mean_', 'var_', 'scale_'] as const) {
    expect(() => scaler[name]).toThrow('Cannot use StandardScaler: fit must be called first');
  }
});
