import fc from 'fast-check';
import { MinMaxScaler } from 'fitwise';
import { expect, test } from 'vitest';

test('MinMaxScaler: maps the range of fit onto featureRange', async () => {
  const scaler = await new MinMaxScaler({ featureRange: [-1, 1] }).fit([[2], [6]]);
  expect((await scaler.transform([[2], [3], [8]])).toArray()).toEqual([[-1], [-0.5], [2]]);
  expect(scaler.scale_).toEqual(Float64Array.of(0.5));
});

test('MinMaxScaler: clip cuts what lies outside', async () => {
  const scaler = await new MinMaxScaler({ clip: true }).fit([[2], [6]]);
  expect((await scaler.transform([[0], [7], [NaN]])).toArray()).toEqual([[0], [1], [NaN]]);
});

test('MinMaxScaler: a constant feature becomes the least value', async () => {
  expect((await new MinMaxScaler().fitTransform([[7], [7]])).toArray()).toEqual([[0], [0]]);
});

test('MinMaxScaler: results of the training samples lie within the range', async () => {
  const numbers = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 20 });
  await fc.assert(
    fc.asyncProperty(numbers, async values => {
      const X = values.map(value => [value]);
      for (const [value] of (await new MinMaxScaler().fitTransform(X)).toArray()) {
        expect(value).toBeGreaterThanOrEqual(-1e-9);
        expect(value).toBeLessThanOrEqual(1 + 1e-9);
      }
    }),
    { numRuns: 30 },
  );
});

test('MinMaxScaler: partialFit widens the range; a column without a value keeps it', async () => {
  const scaler = await new MinMaxScaler().fit([[1, 1]]);
  await scaler.partialFit([[NaN, 3]]);
  expect([...scaler.dataMin_, ...scaler.dataMax_]).toEqual([1, 1, 1, 3]);
  expect(scaler.nSamplesSeen_).toBe(2);
});

test('MinMaxScaler: bad ranges and ranges that overflow are sentences', async () => {
  expect(() => new MinMaxScaler({ featureRange: [1, 1] })).toThrow(
    'Cannot make MinMaxScaler: featureRange must be two finite numbers [min, max] with min < max, received [1, 1]',
  );
  await expect(new MinMaxScaler().fit([[-1.7e308], [1.7e308]])).rejects.toThrow(
    'Cannot fit MinMaxScaler: the range of each column must not overflow, received column 0 from -1.7e+308 to 1.7e+308',
  );
});

test.each([Infinity, -Infinity])('MinMaxScaler refuses %s, and keeps what it knew', async value => {
  const scaler = await new MinMaxScaler().fit([[0], [2]]);
  const sentence = (action: string) =>
    `Cannot ${action} MinMaxScaler: X must be finite or NaN, received ${value} at row 1, column 1`;
  await expect(
    new MinMaxScaler().fitTransform([
      [0, NaN],
      [2, value],
    ]),
  ).rejects.toThrow(sentence('fit'));
  await expect(
    scaler.fit([
      [0, 1],
      [2, value],
    ]),
  ).rejects.toThrow(sentence('fit'));
  await expect(scaler.partialFit([[value]])).rejects.toThrow('must be finite or NaN');
  expect(scaler.dataMax_).toEqual(Float64Array.of(2));
});
