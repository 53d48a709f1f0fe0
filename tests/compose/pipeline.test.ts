import {
  captureWarnings,
  FitCache,
  FunctionTransformer,
  GaussianNB,
  type Matrix,
  MinMaxScaler,
  makePipeline,
  OneHotEncoder,
  Pipeline,
  SimpleImputer,
  StandardScaler,
  sync,
} from 'fitwise';
import { expect, test } from 'vitest';

const X = [[1], [2], [3], [6]];
const y = ['low', 'low', 'high', 'high'];

const make = () =>
  new Pipeline([
    ['scaler', new StandardScaler()],
    ['bayes', new GaussianNB()],
  ]);

test('Pipeline: is its steps one after another', async () => {
  const model = await make().fit(X, y);
  const scaler = await new StandardScaler().fit(X);
  const bayes = await new GaussianNB().fit(await scaler.transform(X), y);
  expect(await model.predict(X)).toEqual(await bayes.predict(await scaler.transform(X)));
  expect(await model.score(X, y)).toBe(1);
  expect(model.classes_).toEqual(['high', 'low']);
  expect(sync(model).predict([[6]])).toEqual(['high']);
});

test('Pipeline: never fits or changes what it was given', async () => {
  const scaler = new StandardScaler();
  const model = await new Pipeline([['scaler', scaler]]).fit(X);
  expect(scaler.isFitted).toBe(false);
  expect(model.step('scaler').mean_).toEqual(Float64Array.of(3));
});

test('Pipeline: parameters of steps are read and replaced by step__param, steps by their names', () => {
  const model = make().withParams({ scaler__withMean: false });
  expect(model.getParams().scaler__withMean).toBe(false);
  expect(model.withParams({ scaler: 'passthrough' }).getParams().scaler).toBe('passthrough');
  const both = model.withParams({ scaler: new MinMaxScaler(), scaler__clip: true } as never);
  expect(both.getParams().scaler__clip).toBe(true);
  expect(() => model.withParams({ scaler__nothing: 1 } as never)).toThrow(
    "Cannot make StandardScaler: parameter names must be among withMean, withStd, received 'nothing'",
  );
});

test('Pipeline: a step that passes through changes nothing', async () => {
  const model = await new Pipeline([
    ['nothing', 'passthrough'],
    ['scaler', new StandardScaler()],
  ]).fit([{ a: 1 }, { a: 3 }]);
  expect((await model.transform([{ a: 3 }])).toArray()).toEqual([[1]]);
  expect(model.getFeatureNamesOut()).toEqual(['a']);
});

test('Pipeline: slices share the fitted steps', async () => {
  const model = await make().fit(X, y);
  const head = model.slice(0, -1);
  expect(head.isFitted).toBe(true);
  expect((await head.transform([[3]])) as Matrix).toEqual(await model.step('scaler').transform([[3]]));
  expect(head.nFeaturesIn_).toBe(1);
  expect(model.slice(1).steps.map(([name]) => name)).toEqual(['bayes']);
});

test('Pipeline: names go through its steps, and tables out of them', async () => {
  const model = new Pipeline([
    ['impute', new SimpleImputer()],
    ['encode', new OneHotEncoder({ sparseOutput: false })],
  ]);
  await model.fit([{ a: 1 }, { a: null }]);
  expect(model.featureNamesIn_).toEqual(['a']);
  expect(model.getFeatureNamesOut()).toEqual(['a_1']);
  expect(
    (
      await make()
        .setOutput('table')
        .fit([{ a: 1 }, { a: 2 }, { a: 3 }, { a: 5 }], y)
    ).step('bayes').featureNamesIn_,
  ).toEqual(['a']);
  const silent = await new Pipeline([['f', new FunctionTransformer()]]).fit(X);
  expect(() => silent.getFeatureNamesOut()).toThrow('featureNamesOut must say how they are named');
});

test('Pipeline: options go to every step that uses them, and nowhere else', async () => {
  const sampleWeight = [1, 0, 0, 1];
  const model = await make().fit(X, y, { sampleWeight });
  expect(model.step('scaler').mean_).toEqual(Float64Array.of(3.5));
  expect(model.step('bayes').classCount_).toEqual(Float64Array.of(1, 1));
  await expect(new Pipeline([['range', new MinMaxScaler()]]).fit(X, undefined, { sampleWeight })).rejects.toThrow(
    'Cannot fit Pipeline: sampleWeight must be consumed by some estimator, received one that nobody uses',
  );
});

test('Pipeline: equal steps on the same data are fitted once', async () => {
  let fits = 0;
  const func = (table: Matrix) => {
    fits += 1;
    return table;
  };
  const memory = new FitCache();
  const counting = new FunctionTransformer({ func });
  const data = [[1], [3]];
  const target = ['a', 'b'];
  const withSmoothing = (varSmoothing: number) =>
    new Pipeline(
      [
        ['count', counting],
        ['bayes', new GaussianNB({ varSmoothing })],
      ],
      { memory },
    ).fit(data, target);
  await withSmoothing(0.1);
  await withSmoothing(0.2);
  expect(fits).toBe(1);
  await new Pipeline(
    [
      ['count', counting.withParams({ validate: true })],
      ['s', new MinMaxScaler()],
    ],
    { memory },
  ).fit(data);
  expect(fits).toBe(2);
});

test('Pipeline: fitTransform uses the last step own fitTransform; the first of two calls fits once', async () => {
  let fits = 0;
  const func = (table: Matrix) => {
    fits += 1;
    return table;
  };
  await new Pipeline([['count', new FunctionTransformer({ func })]]).fitTransform(X);
  expect(fits).toBe(1);
});

test('Pipeline: goes back through steps that can', async () => {
  const model = new Pipeline([
    ['a', new StandardScaler()],
    ['b', new MinMaxScaler()],
  ]);
  const there = await model.fitTransform(X);
  expect(((await model.inverseTransform(there)) as Matrix).toArray().flat().map(Math.round)).toEqual([1, 2, 3, 6]);
});

test('Pipeline: a fit that fails leaves the model whole', async () => {
  const model = await make().fit(X, y);
  await expect(model.fit([[1], [NaN]], ['a', 'b'])).rejects.toThrow('X must be finite');
  expect(await model.predict([[6]])).toEqual(['high']);
});

test('Pipeline: bad steps are sentences', () => {
  const steps =
    (...list: unknown[]) =>
    () =>
      new Pipeline(list as never);
  expect(steps()).toThrow('Cannot make Pipeline: steps must be a non-empty list, received []');
  expect(steps(['a', new StandardScaler()], ['a', new StandardScaler()])).toThrow(
    "Cannot make Pipeline: names must be unique, received 'a'",
  );
  expect(steps(['a__b', new StandardScaler()])).toThrow("names must not contain __, received 'a__b'");
  expect(steps(['memory', new StandardScaler()])).toThrow("names must not be those of parameters, received 'memory'");
  expect(steps(['a', new GaussianNB()], ['b', new GaussianNB()])).toThrow(
    "step 'a' must be a transformer, as it is not the last, received GaussianNB",
  );
});

test('Pipeline: methods that the last step lacks, and unfitted models, are sentences', async () => {
  await expect((make() as never as { transform(X: number[][]): Promise<unknown> }).transform(X)).rejects.toThrow(
    'Cannot transform with Pipeline: GaussianNB must have transform, received one without it',
  );
  await expect(make().predict(X)).rejects.toThrow('Cannot predict with Pipeline: fit must be called first');
});

test('Pipeline: a one-sided use of names is one warning per step that sees it', async () => {
  const model = await new Pipeline([['scaler', new StandardScaler()]]).fit([{ a: 1 }, { a: 2 }]);
  const { warnings } = await captureWarnings(() => model.transform([[1]]));
  expect(warnings.map(({ message }) => message)).toEqual([
    'X has no feature names, but StandardScaler was fitted with feature names',
  ]);
});

test('makePipeline: names steps after their classes, numbered where they repeat', () => {
  const names = makePipeline(new StandardScaler(), new StandardScaler(), new GaussianNB()).steps.map(([name]) => name);
  expect(names).toEqual(['standardscaler-1', 'standardscaler-2', 'gaussiannb']);
});
