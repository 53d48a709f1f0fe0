import {
  ColumnTransformer,
  CsrMatrix,
  captureWarnings,
  Frame,
  fromBytes,
  GaussianNB,
  type Matrix,
  MinMaxScaler,
  makeColumnSelector,
  makeColumnTransformer,
  OneHotEncoder,
  Pipeline,
  StandardScaler,
  toBytes,
} from 'fitwise';
import { expect, test } from 'vitest';

const people = [
  { age: 30, city: 'Ulm', pay: 1 },
  { age: 40, city: 'Bonn', pay: 3 },
];

const make = () =>
  new ColumnTransformer([
    ['words', new OneHotEncoder({ sparseOutput: false }), ['city']],
    ['numbers', new StandardScaler(), ['age']],
  ]);

test('ColumnTransformer: results stand in the order of the transformers', async () => {
  const encoder = make();
  expect((await encoder.fitTransform(people)).toArray()).toEqual([
    [0, 1, -1],
    [1, 0, 1],
  ]);
  expect(encoder.getFeatureNamesOut()).toEqual(['words__city_Bonn', 'words__city_Ulm', 'numbers__age']);
  expect(encoder.outputIndices_).toEqual({ words: [0, 2], numbers: [2, 3], remainder: [0, 0] });
  expect(encoder.transformers_.map(([name, , positions]) => [name, positions])).toEqual([
    ['words', [1]],
    ['numbers', [0]],
    ['remainder', [2]],
  ]);
});

test('ColumnTransformer: later columns are found by name, others are ignored, missing ones are an error', async () => {
  const encoder = await make().fit(people);
  const result = await encoder.transform([{ extra: 9, city: 'Ulm', age: 45 }]);
  expect(result.toArray()).toEqual([[0, 1, 2]]);
  await expect(encoder.transform([{ city: 'Ulm' }])).rejects.toThrow(
    "Cannot transform with ColumnTransformer: X must have the columns that are transformed, received a table without ['age']",
  );
});

test('ColumnTransformer: without names, by position, with one warning', async () => {
  const encoder = await make().fit(people);
  const { result, warnings } = await captureWarnings(() => encoder.transform([[45, 'Ulm', 0]]));
  expect(result.toArray()).toEqual([[0, 1, 2]]);
  expect(warnings.map(({ source }) => source)).toEqual(['ColumnTransformer']);
  await expect(encoder.transform([[45, 'Ulm']])).rejects.toThrow(
    'X must have 3 features as in fit, received shape (1, 2)',
  );
});

test('ColumnTransformer: positions may be negative, flags and functions select too, a column may be used twice', async () => {
  const X = [
    [1, 2, 3],
    [3, 4, 9],
  ];
  const encoder = new ColumnTransformer([
    ['last', 'passthrough', -1],
    ['flags', 'passthrough', [true, false, true]],
    ['function', 'passthrough', table => (table.numCols() === 3 ? [1] : [])],
  ]);
  expect((await encoder.fitTransform(X)).toArray()).toEqual([
    [3, 1, 3, 2],
    [9, 3, 9, 4],
  ]);
});

test('ColumnTransformer: the remainder is dropped, passed or transformed, in the order of the input', async () => {
  const X = [
    [1, 5, 7],
    [3, 5, 9],
  ];
  const using = (remainder: 'drop' | 'passthrough' | MinMaxScaler) =>
    new ColumnTransformer([['a', 'drop', [1]]], { remainder }).fitTransform(X);
  expect((await using('drop')).toArray()).toEqual([[], []]);
  expect((await using('passthrough')).toArray()).toEqual([
    [1, 7],
    [3, 9],
  ]);
  expect((await using(new MinMaxScaler())).toArray()).toEqual([
    [0, 0],
    [1, 1],
  ]);
});

test('ColumnTransformer: text that is passed through makes a Frame, numbers a Matrix', async () => {
  const result = await new ColumnTransformer([['a', new MinMaxScaler(), ['age']]], {
    remainder: 'passthrough',
  }).fitTransform(people);
  expect((result as Frame).objects()).toEqual([
    { a__age: 0, remainder__city: 'Ulm', remainder__pay: 1 },
    { a__age: 1, remainder__city: 'Bonn', remainder__pay: 3 },
  ]);
});

test('ColumnTransformer: a sparse result refuses a part without columns, a dense one holds it', async () => {
  const table = [
    ['a', 'x'],
    ['b', 'x'],
    ['c', 'x'],
  ];
  const using = (sparseThreshold: number) =>
    new ColumnTransformer(
      [
        ['first', new OneHotEncoder(), [0]],
        ['same', new OneHotEncoder({ drop: 'first' }), [1]],
      ],
      { sparseThreshold },
    ).fitTransform(table as never);
  await expect(using(1)).rejects.toThrow(
    "Cannot fit ColumnTransformer: each part of a sparse result must have a column, received none of ['same']; " +
      'drop the part, or set sparseThreshold: 0 for a dense result',
  );
  expect((await using(0)).columns).toBe(3);
});

test('ColumnTransformer: sparse where fewer than sparseThreshold of the values are stored', async () => {
  const wide = Array.from({ length: 10 }, (_, i) => ({ id: `k${i}` }));
  const using = (sparseThreshold: number) =>
    new ColumnTransformer([['id', new OneHotEncoder(), ['id']]], { sparseThreshold }).fitTransform(wide);
  expect(await using(0.3)).toBeInstanceOf(CsrMatrix);
  expect(await using(0.1)).not.toBeInstanceOf(CsrMatrix);
});

test('ColumnTransformer: weights multiply results; names bare, by a text or by a function', async () => {
  const X = [[1], [3]];
  const using = (verboseFeatureNamesOut: boolean | string | ((a: string, b: string) => string)) =>
    new ColumnTransformer([['a', 'passthrough', [0]]], { transformerWeights: { a: 2 }, verboseFeatureNamesOut });
  expect((await using(true).fitTransform(X)).toArray()).toEqual([[2], [6]]);
  expect((await using('{featureName} of {transformerName}').fit(X)).getFeatureNamesOut()).toEqual(['x0 of a']);
  expect((await using((a, b) => `${a}/${b}`).fit(X)).getFeatureNamesOut()).toEqual(['a/x0']);
  const twice = await new ColumnTransformer(
    [
      ['a', 'passthrough', [0]],
      ['b', 'passthrough', [0]],
    ],
    { verboseFeatureNamesOut: false },
  ).fit(X);
  expect(() => twice.getFeatureNamesOut()).toThrow(
    "Cannot name the output features of ColumnTransformer: bare names must be unique, received ['x0'] more than once; " +
      'set verboseFeatureNamesOut to true',
  );
});

test('ColumnTransformer: parameters of parts, of the remainder, and parts themselves are replaced by name', () => {
  const model = new ColumnTransformer([['a', new StandardScaler(), [0]]], { remainder: new StandardScaler() });
  const changed = model.withParams({ a__withMean: false, remainder__withStd: false } as never);
  expect(changed.getParams()).toMatchObject({ a__withMean: false, remainder__withStd: false });
  expect(model.withParams({ a: 'drop', remainder: 'drop' }).getParams()).toMatchObject({
    a: 'drop',
    remainder: 'drop',
  });
});

test('ColumnTransformer: inside a pipeline, with nested parameters and weights that go through', async () => {
  const model = new Pipeline([
    ['columns', make()],
    ['bayes', new GaussianNB({ varSmoothing: 0.1 })],
  ]).withParams({ columns__numbers__withMean: false });
  const fitted = await model.fit(people, ['a', 'b'], { sampleWeight: [1, 3] });
  const scaler = fitted.step('columns').namedTransformers_.numbers as StandardScaler;
  expect(scaler.mean_).toEqual(Float64Array.of(37.5));
  expect(await fitted.predict(people)).toEqual(['a', 'b']);
});

test('ColumnTransformer: named tables come out under setOutput', async () => {
  const table = (await make().setOutput('table').fitTransform(people)) as Frame;
  expect(table).toBeInstanceOf(Frame);
  expect(table.columnNames()).toEqual(['words__city_Bonn', 'words__city_Ulm', 'numbers__age']);
});

test('ColumnTransformer: is saved with the positions that its functions chose', async () => {
  const model = await new ColumnTransformer([['a', new StandardScaler(), () => ['age']]]).fit(people);
  const loaded = (await fromBytes(toBytes(model))) as typeof model;
  expect((await loaded.transform(people)) as Matrix).toEqual(await model.transform(people));
  expect(() => toBytes(model.clone())).toThrow('all parts must be plain data or estimators');
});

test('makeColumnSelector: selects by type and by pattern', async () => {
  const X = [{ age: 1, city: 'Ulm', isOld: true, count: null }];
  const select = async (options: Parameters<typeof makeColumnSelector>[0]) =>
    (await new ColumnTransformer([['a', 'passthrough', makeColumnSelector(options)]]).fit(X)).transformers_[0]![2];
  expect(await select({ types: ['number'] })).toEqual([0]);
  expect(await select({ types: ['boolean', 'string'] })).toEqual([1, 2, 3]);
  expect(await select({ pattern: /^C/i })).toEqual([1, 3]);
});

test('makeColumnTransformer: names transformers after their classes', () => {
  const model = makeColumnTransformer([
    [new StandardScaler(), [0]],
    ['passthrough', [1]],
  ]);
  expect(model.transformers.map(([name]) => name)).toEqual(['standardscaler', 'passthrough']);
});

test('ColumnTransformer: bad parts and columns are sentences', async () => {
  const fitWith = async (columns: unknown, X: unknown = [[1, 2]]) =>
    new ColumnTransformer([['a', 'passthrough', columns]] as never).fit(X as never);
  await expect(fitWith(['age'])).rejects.toThrow(
    'Cannot fit ColumnTransformer: X must have column names for columns to be selected by name, received a table without names ' +
      "and column 'age'; pass row objects or a table, or select by position",
  );
  await expect(fitWith(['height'], people)).rejects.toThrow(
    "columns must be among ['age', 'city', 'pay'], received 'height'",
  );
  await expect(fitWith([2])).rejects.toThrow('positions must be integers from -2 to 1, received 2');
  await expect(fitWith([true])).rejects.toThrow('flags must be one boolean per column (2), received [true]');
  await expect(fitWith(null)).rejects.toThrow(
    'columns must be names, positions, flags, a pattern or a function, received null',
  );
  expect(() => new ColumnTransformer([['a', new GaussianNB(), [0]]] as never)).toThrow(
    "Cannot make ColumnTransformer: transformer 'a' must be a transformer, 'passthrough' or 'drop', received GaussianNB",
  );
  expect(() => new ColumnTransformer([['a', 'drop', [0]]], { transformerWeights: { b: 1 } })).toThrow(
    "Cannot make ColumnTransformer: transformerWeights must be for a, remainder, received 'b'",
  );
});
