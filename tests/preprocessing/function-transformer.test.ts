import { captureWarnings, type Frame, FunctionTransformer, Matrix, toBytes } from 'fitwise';
import { expect, test } from 'vitest';

const double = new FunctionTransformer({ func: X => X.map(x => 2 * x), inverseFunc: X => X.map(x => x / 2) });

test('FunctionTransformer: works without fit, and back', async () => {
  expect(await double.transform([[1], [3]])).toEqual(Matrix.fromRows([[2], [6]]));
  expect(await double.inverseTransform([[2]])).toEqual(Matrix.fromRows([[1]]));
});

test('FunctionTransformer: without a function the samples come back as a copy', async () => {
  const X = Matrix.fromRows([[1]]);
  const result = await new FunctionTransformer().transform(X);
  expect(result).toEqual(X);
  expect(result).not.toBe(X);
});

test('FunctionTransformer: an inverse that is none is a warning of fit', async () => {
  const { warnings } = await captureWarnings(() => double.withParams({ inverseFunc: X => X }).fit([[1]]));
  expect(warnings.map(({ message }) => message)).toEqual([
    'inverseFunc does not undo func; set checkInverse to false if that is intended',
  ]);
  expect((await captureWarnings(() => double.fit([[1], [NaN]]))).warnings).toEqual([]);
});

test('FunctionTransformer: named arguments, frames and names', async () => {
  const scale = new FunctionTransformer({
    func: (X: Matrix, { by }) => X.map(x => x * (by as number)),
    kwArgs: { by: 3 },
    featureNamesOut: names => names.map(name => `${name} thrice`),
  });
  await scale.fit([{ a: 1 }]);
  expect(scale.getFeatureNamesOut()).toEqual(['a thrice']);
  expect((await scale.setOutput('table').transform([{ a: 2 }])).objects()).toEqual([{ 'a thrice': 6 }]);
  const first = new FunctionTransformer({ input: 'frame', func: (X: Frame) => X.takeColumns([0]) });
  expect(((await first.transform([{ city: 'Ulm', age: 3 }])) as Frame).objects()).toEqual([{ city: 'Ulm' }]);
});

test('FunctionTransformer: unknown names, text, missing numbers under validate, and saving are sentences', async () => {
  await double.fit([[1]]);
  expect(() => double.getFeatureNamesOut()).toThrow(
    'Cannot name the output features of FunctionTransformer: featureNamesOut must say how they are named, received null; ' +
      "pass featureNamesOut: 'one-to-one' or a function",
  );
  await expect(double.transform([['a']])).rejects.toThrow('X must hold numbers');
  await expect(double.withParams({ validate: true }).fit([[NaN]])).rejects.toThrow('X must be finite, received NaN');
  expect(() => toBytes(double)).toThrow('all parts must be plain data or estimators, received function func');
});
