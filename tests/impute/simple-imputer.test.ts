import { captureWarnings, fromBytes, SimpleImputer, toBytes } from 'fitwise';
import { expect, test } from 'vitest';

test('SimpleImputer: mean, median and most frequent of the values that are there', async () => {
  const X = [[1], [NaN], [2], [2], [7]];
  const fill = async (strategy: 'mean' | 'median' | 'most_frequent') =>
    (await new SimpleImputer({ strategy }).fitTransform(X)).toArray()[1];
  expect(await fill('mean')).toEqual([3]);
  expect(await fill('median')).toEqual([2]);
  expect(await fill('most_frequent')).toEqual([2]);
  expect((await new SimpleImputer({ strategy: 'median' }).fit([[4], [1], [NaN]])).statistics_).toEqual(
    Float64Array.of(2.5),
  );
});

test('SimpleImputer: of equally frequent values the least is taken, text by code point', async () => {
  const numbers = await new SimpleImputer({ strategy: 'most_frequent' }).fit([[3], [1], [3], [1]]);
  expect(numbers.statistics_).toEqual(Float64Array.of(1));
  const words = await new SimpleImputer({ strategy: 'most_frequent' }).fit([['b'], ['Z'], [null]]);
  expect((await words.transform([[null], ['q']])).toArray()).toEqual([['Z'], ['q']]);
});

test('SimpleImputer: a constant, 0 for numbers and missing_value for text unless given', async () => {
  const rows = [
    { age: 3, city: null },
    { age: null, city: 'Ulm' },
  ];
  const plain = await new SimpleImputer({ strategy: 'constant' }).fitTransform(rows);
  expect(plain.toArray()).toEqual([
    [3, 'missing_value'],
    [0, 'Ulm'],
  ]);
  const given = new SimpleImputer({ strategy: 'constant', fillValue: '?' });
  await expect(given.fit(rows)).rejects.toThrow("fillValue must be a number for column 'age' of numbers, received '?'");
});

test('SimpleImputer: a feature without a value is left out with a warning, or kept', async () => {
  const imputer = await new SimpleImputer().fit([[NaN, 1]]);
  const { result, warnings } = await captureWarnings(() => imputer.transform([[5, NaN]]));
  expect(result.toArray()).toEqual([[1]]);
  expect(imputer.getFeatureNamesOut()).toEqual(['x1']);
  expect(warnings.map(({ message }) => message)).toEqual([
    "features without a value in fit are left out: ['x0']; set keepEmptyFeatures to keep them",
  ]);
  const keeping = await new SimpleImputer({ keepEmptyFeatures: true }).fit([[NaN, 1]]);
  expect((await keeping.transform([[NaN, NaN]])).toArray()).toEqual([[0, 1]]);
});

test('SimpleImputer: indicators say what was missing, so that inverseTransform finds it', async () => {
  const X = [
    [1, NaN],
    [3, 4],
  ];
  const imputer = await new SimpleImputer({ addIndicator: true }).fit(X);
  const imputed = await imputer.transform(X);
  expect(imputed.toArray()).toEqual([
    [1, 4, 1],
    [3, 4, 0],
  ]);
  expect(imputer.getFeatureNamesOut()).toEqual(['x0', 'x1', 'missingindicator_x1']);
  expect((await imputer.inverseTransform(imputed)).toArray()).toEqual(X);
  await expect((await new SimpleImputer().fit(X)).inverseTransform(X)).rejects.toThrow(
    'Cannot invert with SimpleImputer: addIndicator must be true, received false',
  );
});

test('SimpleImputer: other missing values, and then NaN is refused', async () => {
  const imputer = await new SimpleImputer({ missingValues: -1 }).fit([[-1], [3]]);
  expect((await imputer.transform([[-1]])).toArray()).toEqual([[3]]);
  await expect(imputer.transform([[NaN]])).rejects.toThrow(
    "Cannot transform with SimpleImputer: X must be finite, and missing values must be missingValues, received NaN at row 0, column 'x0'",
  );
  await expect(new SimpleImputer({ missingValues: '?' }).fit([[1]])).rejects.toThrow('missingValues must be a number');
});

test('SimpleImputer: a function of the values, which must give a number', async () => {
  const largest = await new SimpleImputer({ strategy: values => Math.max(...values) }).fit([[1], [5], [NaN]]);
  expect(largest.statistics_).toEqual(Float64Array.of(5));
  await expect(new SimpleImputer({ strategy: () => NaN }).fit([[1]])).rejects.toThrow(
    "Cannot fit SimpleImputer: strategy of a function must give a finite number for column 'x0', received NaN",
  );
});

test('SimpleImputer: text has no mean, and sums that overflow are refused', async () => {
  await expect(new SimpleImputer().fit([['a']])).rejects.toThrow(
    "Cannot fit SimpleImputer: strategy 'mean' needs numbers, received 'a' at row 0, column 'x0'; " +
      "use strategy 'most_frequent' or 'constant' there",
  );
  await expect(new SimpleImputer().fit([[1e308], [1e308]])).rejects.toThrow('must give a finite number');
});

test('SimpleImputer: is saved with the NaN that means missing', async () => {
  const loaded = (await fromBytes(toBytes(await new SimpleImputer().fit([[2], [4]])))) as SimpleImputer;
  expect((await loaded.transform([[NaN]])).toArray()).toEqual([[3]]);
});
