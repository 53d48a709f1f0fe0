/** scikit-learn's rules of feature names, seen through a StandardScaler. */
import { table } from 'arquero';
import { expect, test } from 'vitest';
import { Matrix, type MatrixLike } from '../../src/array/index.ts';
import { captureWarnings } from '../../src/errors/index.ts';
import { StandardScaler } from '../../src/preprocessing/index.ts';
import { refusal } from '../helpers/refusal.ts';

const ROWS = [
  [1, 2, 3],
  [4, 6, 5],
];
const NAMED = Matrix.fromRows(ROWS).toTable(['a', 'b', 'c']);
const renamed = (...names: string[]) => Matrix.fromRows(ROWS.map(row => row.slice(0, names.length))).toTable(names);
const fitNamed = () => new StandardScaler().fit(NAMED);

test('names are those of the table, whatever table it is', async () => {
  const forms: MatrixLike[] = [
    NAMED,
    table({ a: [1, 4], b: [2, 6], c: [3, 5] }),
    ROWS.map(([a, b, c]) => ({ a, b, c })),
  ];
  for (const X of forms) expect((await new StandardScaler().fit(X)).featureNamesIn_).toEqual(['a', 'b', 'c']);
});

test('a later fit without names forgets them', async () => {
  const scaler = await fitNamed();
  await scaler.fit(ROWS);
  expect(scaler.featureNamesIn_).toBeUndefined();
});

test('equal names say nothing', async () => {
  const { warnings } = await captureWarnings(async () => (await fitNamed()).transform(NAMED));
  expect(warnings).toEqual([]);
});

test('names on one side only are a warning, and the numbers come all the same', async () => {
  const { result, warnings } = await captureWarnings(async () => {
    const without = await (await fitNamed()).transform(ROWS);
    const withNames = await (await new StandardScaler().fit(ROWS)).transform(NAMED);
    return [without.toArray(), withNames.toArray()];
  });
  expect(warnings.map(({ kind, message }) => [kind, message])).toEqual([
    ['feature-names', 'X has no feature names, but StandardScaler was fitted with feature names'],
    ['feature-names', 'X has feature names, but StandardScaler was fitted without feature names'],
  ]);
  expect(result[0]).toEqual(result[1]);
});

test('another order is refused', async () => {
  const scaler = await fitNamed();
  expect(await refusal(() => scaler.transform(renamed('b', 'a', 'c')))).toBe(
    "InvalidInputError: Cannot transform with StandardScaler: X must have its features in the same order as in fit, received ['b', 'a', 'c'] instead of ['a', 'b', 'c']",
  );
});

test('unseen and missing names are told, sorted, at most five of each', async () => {
  const scaler = await fitNamed();
  expect(await refusal(() => scaler.transform(renamed('a', 'z', 'y')))).toBe(
    "InvalidInputError: Cannot transform with StandardScaler: X must have the features of fit, received ['y', 'z'] unseen at fit, and ['b', 'c'] seen at fit yet now missing",
  );
  const many = Matrix.zeros(1, 7).toTable(['g', 'f', 'e', 'd', 'c', 'b', 'a']);
  expect(await refusal(() => scaler.transform(many))).toBe(
    "InvalidInputError: Cannot transform with StandardScaler: X must have the features of fit, received ['d', 'e', 'f', 'g'] unseen at fit",
  );
  const wide = await new StandardScaler().fit(many);
  expect(await refusal(() => wide.transform(renamed('x')))).toContain(
    "['a', 'b', 'c', 'd', 'e', ...] seen at fit yet now missing",
  );
});

test('a column less is a missing name, and without names a width', async () => {
  const scaler = await fitNamed();
  expect(await refusal(() => scaler.transform(renamed('a', 'b')))).toBe(
    "InvalidInputError: Cannot transform with StandardScaler: X must have the features of fit, received ['c'] seen at fit yet now missing",
  );
  const plain = await new StandardScaler().fit(ROWS);
  expect(await refusal(() => plain.transform([[1, 2]]))).toBe(
    'InvalidInputError: Cannot transform with StandardScaler: X must have 3 features as in fit, received shape (1, 2)',
  );
});

test('getFeatureNamesOut: the names of fit, or x0, x1, ...; others are refused', async () => {
  const scaler = await fitNamed();
  expect(scaler.getFeatureNamesOut()).toEqual(['a', 'b', 'c']);
  expect((await new StandardScaler().fit(ROWS)).getFeatureNamesOut()).toEqual(['x0', 'x1', 'x2']);
  expect(await refusal(() => scaler.getFeatureNamesOut(['a', 'b', 'd']))).toBe(
    "InvalidInputError: Cannot name the output features of StandardScaler: inputFeatures must equal featureNamesIn_, received ['a', 'b', 'd']",
  );
  expect(await refusal(() => scaler.getFeatureNamesOut(['a']))).toBe(
    'InvalidInputError: Cannot name the output features of StandardScaler: inputFeatures must have length 3, as X in fit had features, received length 1',
  );
});
