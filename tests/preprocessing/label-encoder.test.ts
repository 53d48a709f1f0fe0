import { fromBytes, LabelEncoder, Pipeline, StandardScaler, toBytes } from 'fitwise';
import { expect, expectTypeOf, test } from 'vitest';

test('LabelEncoder: labels become positions among the sorted classes, and come back', async () => {
  const encoder = await new LabelEncoder().fit(['b', 'a', 'b']);
  expect(encoder.classes_).toEqual(['a', 'b']);
  expect(await encoder.transform(['b', 'a'])).toEqual(Int32Array.of(1, 0));
  expect(await encoder.inverseTransform([0, 1])).toEqual(['a', 'b']);
  expect(await new LabelEncoder().fitTransform([10, 9, 10])).toEqual(Int32Array.of(1, 0, 1));
});

test('LabelEncoder: the labels keep their type', async () => {
  const labels: string[] = ['x'];
  const encoder = await new LabelEncoder().fit(labels);
  expectTypeOf(await encoder.inverseTransform([0])).toEqualTypeOf<string[]>();
});

test('LabelEncoder: astral characters sort by code point', async () => {
  expect((await new LabelEncoder().fit(['\uFF5E', '\u{1F600}'])).classes_).toEqual(['\uFF5E', '\u{1F600}']);
});

test('LabelEncoder: unseen labels, missing labels and tables are refused', async () => {
  const labels: number[] = [1, 2];
  const encoder = await new LabelEncoder().fit(labels);
  await expect(encoder.transform([3])).rejects.toThrow(
    'Cannot transform with LabelEncoder: labels must be among [1, 2], received 3 at row 0',
  );
  await expect(encoder.inverseTransform([2])).rejects.toThrow(
    'Cannot invert with LabelEncoder: codes must be integers from 0 to 1, received 2 at row 0',
  );
  await expect(encoder.fit([NaN])).rejects.toThrow('labels must be finite numbers, strings or booleans');
  await expect(encoder.fit([[1]])).rejects.toThrow('encode features with OneHotEncoder');
  await expect(new LabelEncoder().transform(['a'])).rejects.toThrow('fit must be called first');
  expect(encoder.classes_).toEqual([1, 2]);
});

test('LabelEncoder: it is saved, but is no step of a pipeline', async () => {
  const loaded = (await fromBytes(
    toBytes(await new LabelEncoder().fit(['u', 'v'])),
  )) as unknown as LabelEncoder<string>;
  expect(await loaded.transform(['v'])).toEqual(Int32Array.of(1));
  const steps = [
    ['labels', new LabelEncoder()],
    ['scaler', new StandardScaler()],
  ] as never;
  expect(() => new Pipeline(steps)).toThrow("step 'labels' must be a transformer, as it is not the last");
});
