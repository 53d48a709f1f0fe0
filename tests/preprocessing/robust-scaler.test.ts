import fc from 'fast-check';
import { CsrMatrix, Matrix, RobustScaler } from 'fitwise';
import { expect, test } from 'vitest';
import { normalQuantile } from '../../src/preprocessing/normal-quantile.ts';

test('RobustScaler: z = (x - median) / (third - first quartile)', async () => {
  // Of 1, 2, 3, 4, 1000 the quartiles are 2, 3 and 4; an outlier moves none of them.
  const scaler = await new RobustScaler().fit([[1], [1000], [3], [2], [4]]);
  expect(scaler.center_).toEqual(Float64Array.of(3));
  expect(scaler.scale_).toEqual(Float64Array.of(2));
  expect((await scaler.transform([[3], [5], [NaN]])).toArray()).toEqual([[0], [1], [NaN]]);
  expect((await scaler.inverseTransform([[1]])).toArray()).toEqual([[5]]);
});

test('RobustScaler: quantiles lie on the line between neighbours, missing values nowhere', async () => {
  // Of 0, 10, 20, 30 the quartile lies at rank 0.75, so at 7.5, and the third at 22.5.
  const scaler = await new RobustScaler().fit([[30], [NaN], [10], [0], [20]]);
  expect(scaler.center_).toEqual(Float64Array.of(15));
  expect(scaler.scale_).toEqual(Float64Array.of(15));
});

test('RobustScaler: a constant feature is centred and left unscaled; one without values stays missing', async () => {
  const scaler = await new RobustScaler().fit([
    [7, NaN],
    [7, NaN],
  ]);
  expect((await scaler.transform([[8, 1]])).toArray()).toEqual([[1, NaN]]);
});

test('RobustScaler: without centering or scaling nothing is learned of it', async () => {
  const scaler = await new RobustScaler({ withCentering: false, withScaling: false }).fit([[1], [9]]);
  expect([scaler.center_, scaler.scale_]).toEqual([null, null]);
  expect((await scaler.transform([[4]])).toArray()).toEqual([[4]]);
});

test('RobustScaler: unitVariance divides by the distance of the normal quantiles', async () => {
  const X = [[1], [2], [3], [4], [5]];
  const plain = await new RobustScaler({ quantileRange: [10, 90] }).fit(X);
  const unit = await new RobustScaler({ quantileRange: [10, 90], unitVariance: true }).fit(X);
  // The normal quantile of 90 % is 1.2815515655446004.
  expect(unit.scale_![0]! * 2 * 1.2815515655446004).toBeCloseTo(plain.scale_![0]!, 14);
});

test('RobustScaler: the median of many repeated values is that of the few', async () => {
  const values = fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 3, maxLength: 9 });
  const odd = values.filter(few => few.length % 2 === 1);
  await fc.assert(
    fc.asyncProperty(odd, async few => {
      const rows = few.length * 3001;
      const many = Matrix.zeros(rows, 1).map((_, i) => few[i % few.length]!);
      const scaler = await new RobustScaler().fit(few.map(value => [value]));
      expect((await new RobustScaler().fit(many)).center_).toEqual(scaler.center_);
    }),
    { seed: 3, numRuns: 20 },
  );
});

test('RobustScaler: sparse samples are scaled without centering only, and stay sparse', async () => {
  const X = CsrMatrix.fromDense(Matrix.fromRows([[0], [4], [0], [8], [2]]));
  const scaler = await new RobustScaler({ withCentering: false }).fit(X);
  // Of 0, 0, 2, 4, 8 the quartiles are 0 and 4.
  expect(scaler.scale_).toEqual(Float64Array.of(4));
  expect((await scaler.transform(X)).toArray()).toEqual([[0], [1], [0], [2], [0.5]]);
  await expect(new RobustScaler().fit(X)).rejects.toThrow(
    'Cannot fit RobustScaler: a sparse X must not be centred, received withCentering true; make it with ' +
      'withCentering: false, or call toDense() first',
  );
});

test('RobustScaler: bad quantiles and ranges that overflow are sentences', async () => {
  expect(() => new RobustScaler({ quantileRange: [80, 20] })).toThrow(
    'Cannot make RobustScaler: quantileRange must be two numbers [min, max] with 0 <= min <= max <= 100, received [80, 20]',
  );
  expect(() => new RobustScaler({ quantileRange: [0, 100], unitVariance: true })).toThrow(
    'Cannot make RobustScaler: quantileRange must be [min, max] with 0 < min < max < 100 where unitVariance is true, ' +
      'received [0, 100]',
  );
  await expect(new RobustScaler({ quantileRange: [0, 100] }).fit([[-1.7e308], [1.7e308]])).rejects.toThrow(
    'Cannot fit RobustScaler: the median and the range of each column must not overflow, received column 0 of median 0 ' +
      'and range Infinity; divide the column by a power of ten first',
  );
});

test('normalQuantile: is odd around one half, and gives the tables of the normal distribution', () => {
  expect(normalQuantile(0.5)).toBe(0);
  expect(normalQuantile(0.975)).toBeCloseTo(1.959963984540054, 14);
  expect(normalQuantile(0.001)).toBeCloseTo(-3.090232306167813, 13);
  expect(normalQuantile(1e-20)).toBeCloseTo(-9.262340089798407, 13);
  for (const p of [0.3, 0.05, 1e-4]) expect(normalQuantile(1 - p)).toBeCloseTo(-normalQuantile(p), 12);
});
