import {
  CsrMatrix,
  FeatureUnion,
  fromBytes,
  MinMaxScaler,
  makeUnion,
  OneHotEncoder,
  Pipeline,
  StandardScaler,
  toBytes,
} from 'fitwise';
import { expect, test } from 'vitest';

const X = [[0], [2]];
const make = () =>
  new FeatureUnion([
    ['range', new MinMaxScaler()],
    ['standard', new StandardScaler()],
    ['same', 'passthrough'],
    ['none', 'drop'],
  ]);

test('FeatureUnion: puts the results of the same samples side by side', async () => {
  const union = make();
  expect((await union.fitTransform(X)).toArray()).toEqual([
    [0, -1, 0],
    [1, 1, 2],
  ]);
  expect((await union.transform([[4]])).toArray()).toEqual([[2, 3, 4]]);
  expect(union.getFeatureNamesOut()).toEqual(['range__x0', 'standard__x0', 'same__x0']);
});

test('FeatureUnion: weights, dropped parts and nested parameters', async () => {
  const union = make().withParams({
    range__featureRange: [0, 10],
    standard: 'drop',
    same: 'drop',
    transformerWeights: { range: 3 },
  });
  expect((await union.fitTransform(X)).toArray()).toEqual([[0], [30]]);
  const none = new FeatureUnion([['a', 'drop']]);
  expect((await none.fitTransform(X)).toArray()).toEqual([[], []]);
});

test('FeatureUnion: one sparse part makes the result sparse', async () => {
  const union = new FeatureUnion([
    ['code', new OneHotEncoder()],
    ['range', new MinMaxScaler()],
  ]);
  const result = await union.fitTransform(X);
  expect(result).toBeInstanceOf(CsrMatrix);
  expect(result.toArray()).toEqual([
    [1, 0, 0],
    [0, 1, 1],
  ]);
});

test('FeatureUnion: names of the input go through, also bare', async () => {
  const union = new FeatureUnion([['a', new MinMaxScaler()]], { verboseFeatureNamesOut: false });
  await union.fit([{ age: 1 }, { age: 2 }]);
  expect(union.getFeatureNamesOut()).toEqual(['age']);
  await expect(union.transform([{ height: 1 }])).rejects.toThrow(
    "received ['height'] unseen at fit, and ['age'] seen at fit",
  );
});

test('FeatureUnion: is saved, and stands in pipelines', async () => {
  const pipeline = await new Pipeline([
    ['union', make()],
    ['scale', new StandardScaler()],
  ]).fit(X);
  const loaded = (await fromBytes(toBytes(pipeline))) as typeof pipeline;
  expect((await loaded.transform(X)).toArray()).toEqual((await pipeline.transform(X)).toArray());
});

test('FeatureUnion: unfitted and unknown are sentences; makeUnion names its parts', async () => {
  await expect(make().transform(X)).rejects.toThrow('Cannot transform with FeatureUnion: fit must be called first');
  expect(() => new FeatureUnion([['a', 'drop']], { transformerWeights: { b: 1 } })).toThrow(
    "Cannot make FeatureUnion: transformerWeights must be for a, received 'b'",
  );
  const union = makeUnion([new MinMaxScaler(), new StandardScaler()]);
  expect(union.transformerList.map(([name]) => name)).toEqual(['minmaxscaler', 'standardscaler']);
});
