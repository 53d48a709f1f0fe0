import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import {
  loadBreastCancer,
  loadDiabetes,
  loadDigits,
  loadIris,
  loadLinnerud,
  loadWine,
} from '../../src/datasets/index.ts';

test.each([
  ['iris', loadIris, [150, 4], [50, 50, 50]],
  ['wine', loadWine, [178, 13], [59, 71, 48]],
  ['breast-cancer', loadBreastCancer, [569, 30], [212, 357]],
  ['digits', loadDigits, [1797, 64], [178, 182, 177, 183, 181, 182, 181, 179, 174, 180]],
] as const)('%s has its documented shape and class counts', async (_, load, shape, counts) => {
  const { X, y, featureNames, targetNames } = await load();
  expect([X.rows, X.columns]).toEqual(shape);
  expect(featureNames).toHaveLength(X.columns);
  expect(targetNames.map((_, code) => y.filter(label => label === code).length)).toEqual(counts);
});

test.each(['iris', 'wine', 'breast-cancer', 'digits', 'diabetes', 'linnerud'])(
  'datasets/%s.md gives the sha256 of its file',
  name => {
    const folder = new URL('../../datasets/', import.meta.url);
    const hash = createHash('sha256')
      .update(readFileSync(new URL(`${name}.csv`, folder)))
      .digest('hex');
    expect(readFileSync(new URL(`${name}.md`, folder), 'utf8')).toContain(`sha256**: \`${hash}\``);
  },
);

test('loadIris: the first flower as Fisher printed it, and its page as description', async () => {
  const { X, y, targetNames, description } = await loadIris();
  expect([...X.row(0)]).toEqual([5.1, 3.5, 1.4, 0.2]);
  expect(targetNames[y[0]!]).toBe('setosa');
  expect(description).toMatch(/^# Iris plants/);
});

test('loadDigits({ nClass }) keeps the rows of the first digits', async () => {
  const { X, y, targetNames } = await loadDigits({ nClass: 2 });
  expect([X.rows, y.length, targetNames]).toEqual([178 + 182, 360, ['0', '1']]);
  expect(new Set(y)).toEqual(new Set([0, 1]));
});

test('loadDiabetes: scaled columns have mean zero and squares that sum to one', async () => {
  const { X, y } = await loadDiabetes();
  expect([X.rows, X.columns, y.length]).toEqual([442, 10, 442]);
  for (let j = 0; j < X.columns; j++) {
    const column = X.column(j);
    expect(column.reduce((sum, value) => sum + value, 0)).toBeCloseTo(0, 12);
    expect(column.reduce((sum, value) => sum + value * value, 0)).toBeCloseTo(1, 12);
  }
});

test('loadDiabetes({ scaled: false }) gives the measurements', async () => {
  const { X, y } = await loadDiabetes({ scaled: false });
  expect([...X.row(0), y[0]]).toEqual([59, 2, 32.1, 101, 157, 93.2, 38, 4, 4.8598, 87, 151]);
});

test('loadLinnerud has three targets', async () => {
  const { X, y, targetNames } = await loadLinnerud();
  expect([...X.row(0), ...y.row(0)]).toEqual([5, 162, 60, 191, 36, 50]);
  expect(targetNames).toEqual(['Weight', 'Waist', 'Pulse']);
});

test('toTable names the columns, target last', async () => {
  expect((await loadLinnerud()).toTable().columnNames()).toEqual([
    'Chins',
    'Situps',
    'Jumps',
    'Weight',
    'Waist',
    'Pulse',
  ]);
  const iris = await loadIris();
  expect(iris.toTable().columnNames()).toEqual([...iris.featureNames, 'target']);
  expect(iris.toTable().array('target')).toEqual(Float64Array.from(iris.y));
});

test('a loader gives fresh arrays each time', async () => {
  const { X } = await loadIris();
  X.set(0, 0, -1);
  expect((await loadIris()).X.get(0, 0)).toBe(5.1);
});

test('loadDigits refuses eleven classes', async () => {
  await expect(loadDigits({ nClass: 11 })).rejects.toThrow(
    expect.objectContaining({
      message: 'Cannot make data by loadDigits: nClass must be an integer >= 1 and <= 10, received 11',
    }),
  );
});
