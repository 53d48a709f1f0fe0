import { CsrMatrix, captureWarnings, fromBytes, OneHotEncoder, toBytes } from 'fitwise';
import { expect, test } from 'vitest';

const X = [
  ['b', 1],
  ['a', 3],
  ['b', 3],
];

test('OneHotEncoder: one column per category, sorted, sparse by default', async () => {
  const encoder = await new OneHotEncoder().fit(X);
  const coded = await encoder.transform(X);
  expect(coded).toBeInstanceOf(CsrMatrix);
  expect(coded.toArray()).toEqual([
    [0, 1, 1, 0],
    [1, 0, 0, 1],
    [0, 1, 0, 1],
  ]);
  expect(encoder.categories_).toEqual([
    ['a', 'b'],
    [1, 3],
  ]);
});

test('OneHotEncoder: inverseTransform gives the categories back, with their types', async () => {
  const encoder = await new OneHotEncoder({ sparseOutput: false }).fit(X);
  expect((await encoder.inverseTransform(await encoder.transform(X))).toArray()).toEqual(X);
});

test('OneHotEncoder: null and NaN are categories of their own, after the others', async () => {
  const encoder = await new OneHotEncoder({ sparseOutput: false }).fit([['a'], [null], [NaN], ['Z']]);
  expect(encoder.categories_).toEqual([['Z', 'a', null, NaN]]);
  expect(encoder.getFeatureNamesOut(['x'])).toEqual(['x_Z', 'x_a', 'x_None', 'x_nan']);
  expect((await encoder.transform([[NaN], [null], ['Z']])).toArray()).toEqual([
    [0, 0, 0, 1],
    [0, 0, 1, 0],
    [1, 0, 0, 0],
  ]);
});

test('OneHotEncoder: a numeric column without numbers is one of missing numbers', async () => {
  const encoder = await new OneHotEncoder({ sparseOutput: false }).fit([{ n: 1 }, { n: null }]);
  expect((await encoder.transform([{ n: null }])).toArray()).toEqual([[0, 1]]);
});

test('OneHotEncoder: an unknown category is an error, zeros, or the infrequent one', async () => {
  const rows = [['a'], ['a'], ['b'], ['c']];
  await expect((await new OneHotEncoder().fit(rows)).transform([['d']])).rejects.toThrow(
    "Cannot transform with OneHotEncoder: categories of column 'x0' must be among ['a', 'b', 'c'], received 'd' at row 0",
  );
  const ignoring = await new OneHotEncoder({ handleUnknown: 'ignore', sparseOutput: false }).fit(rows);
  const zeros = await ignoring.transform([['d']]);
  expect(zeros.toArray()).toEqual([[0, 0, 0]]);
  expect((await ignoring.inverseTransform(zeros)).toArray()).toEqual([[null]]);
  const warning = new OneHotEncoder({ handleUnknown: 'warn', minFrequency: 2, sparseOutput: false });
  await warning.fit(rows);
  const { result, warnings } = await captureWarnings(() => warning.transform([['d']]));
  expect(result.toArray()).toEqual([[0, 1]]);
  expect(warnings.map(({ message }) => message)).toEqual([
    "columns ['x0'] hold unknown categories, which are encoded as the infrequent category, or zeros where there is none",
  ]);
});

test('OneHotEncoder: of equally frequent categories the last are kept', async () => {
  const encoder = await new OneHotEncoder({ maxCategories: 2 }).fit([['a'], ['b'], ['c']]);
  expect(encoder.infrequentCategories_).toEqual([['a', 'b']]);
  expect(encoder.getFeatureNamesOut()).toEqual(['x0_c', 'x0_infrequent_sklearn']);
});

test('OneHotEncoder: a dropped category comes back, also beside infrequent ones', async () => {
  const rows = [['a'], ['b'], ['b'], ['c'], ['c']];
  const encoder = await new OneHotEncoder({ drop: 'first', minFrequency: 2, handleUnknown: 'ignore' }).fit(rows);
  expect(encoder.dropIdx_).toEqual([1]);
  expect((await encoder.inverseTransform([[0, 0]])).toArray()).toEqual([['b']]);
});

test('OneHotEncoder: rows of zeros cannot be inverted where nothing may be zero', async () => {
  const encoder = await new OneHotEncoder().fit(X);
  await expect(encoder.inverseTransform([[0, 0, 1, 0]])).rejects.toThrow(
    "Cannot invert with OneHotEncoder: a row must not be zero in all columns of a feature, unless handleUnknown is 'ignore' " +
      'or a category is dropped, received zeros at row 0, columns 0 to 1',
  );
});

test('OneHotEncoder: categories given must be sorted numbers, unique, and known to fit', async () => {
  const fitWith = (categories: (number | string)[][], rows: (number | string)[][]) =>
    new OneHotEncoder({ categories }).fit(rows);
  await expect(fitWith([[2, 1]], [[1]])).rejects.toThrow(
    "categories of column 'x0' must be sorted if numbers, received [2, 1]",
  );
  await expect(fitWith([['a', 'a']], [['a']])).rejects.toThrow(
    "categories of column 'x0' must be unique, received ['a', 'a']",
  );
  await expect(fitWith([['a']], [['b']])).rejects.toThrow("must be among ['a'], received 'b' at row 0");
  await expect(fitWith([], [['b']])).rejects.toThrow(
    'categories must hold one list per column of X (1), received length 0',
  );
});

test('OneHotEncoder: mixed types and infinities are refused', async () => {
  await expect(new OneHotEncoder().fit([['a'], [1]])).rejects.toThrow(
    "Cannot fit OneHotEncoder: column 'x0' must hold values of one type, received 1 and 'a'",
  );
  await expect(new OneHotEncoder().fit([[Infinity]])).rejects.toThrow('received Infinity at row 0');
});

test('OneHotEncoder: what it dropped is not known before fit', () => {
  expect(() => new OneHotEncoder().dropIdx_).toThrow('Cannot use OneHotEncoder: fit must be called first');
});

test('OneHotEncoder: names by a function; saved and loaded with all its categories', async () => {
  const named = await new OneHotEncoder({ featureNameCombiner: (name, category) => `${name}=${category}` }).fit(X);
  expect(named.getFeatureNamesOut()).toEqual(['x0=a', 'x0=b', 'x1=1', 'x1=3']);
  expect(() => new OneHotEncoder({ featureNameCombiner: () => 1 as never })).toThrow(
    'Cannot make OneHotEncoder: featureNameCombiner must return a string, received 1',
  );
  const encoder = await new OneHotEncoder({ minFrequency: 2 }).fit([['a'], ['a'], [NaN], [null]]);
  const loaded = (await fromBytes(toBytes(encoder))) as typeof encoder;
  expect(loaded.categories_).toEqual(encoder.categories_);
  expect((await loaded.transform([[null]])).toArray()).toEqual([[0, 1]]);
});
