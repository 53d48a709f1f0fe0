/** setOutput, and which methods a composed estimator supports. */
import { expect, test } from 'vitest';
import { CsrMatrix, Frame, Matrix } from '../../src/array/index.ts';
import { Pipeline } from '../../src/compose/index.ts';
import { PCA } from '../../src/decomposition/index.ts';
import { LinearRegression, LogisticRegression } from '../../src/linear-model/index.ts';
import { GridSearchCV } from '../../src/model-selection/index.ts';
import { OneHotEncoder, StandardScaler } from '../../src/preprocessing/index.ts';
import { refusal } from '../helpers/refusal.ts';

const X = Matrix.fromRows([
  [1, 2],
  [3, 6],
  [5, 4],
]);

test("setOutput('table') names the columns, 'default' goes back", async () => {
  const scaler = new StandardScaler();
  expect(await scaler.fitTransform(X)).toBeInstanceOf(Matrix);
  const table = await scaler.setOutput('table').transform(X);
  expect(table).toBeInstanceOf(Frame);
  expect(table.columnNames()).toEqual(['x0', 'x1']);
  expect(await scaler.setOutput('default').transform(X)).toBeInstanceOf(Matrix);
});

test('setOutput: names are those that the transformer gives its output', async () => {
  const pca = new PCA({ nComponents: 1 }).setOutput('table');
  expect((await pca.fitTransform(X.toTable(['a', 'b']))).columnNames()).toEqual(['pca0']);
});

test('setOutput survives clone and withParams, and is the transformer’s own', () => {
  const scaler = new StandardScaler();
  scaler.setOutput('table');
  expect(scaler.clone().outputForm).toBe('table');
  expect(scaler.withParams({ withMean: false }).outputForm).toBe('table');
  expect(new StandardScaler().outputForm).toBe('default');
});

test('setOutput refuses other forms, and sparse tables', async () => {
  expect(await refusal(() => new StandardScaler().setOutput('pandas' as never))).toBe(
    "InvalidParamError: Cannot set the output of StandardScaler: the form must be 'default' or 'table', received 'pandas'",
  );
  const encoder = new OneHotEncoder();
  expect(await encoder.fitTransform(X)).toBeInstanceOf(CsrMatrix);
  expect(await refusal(() => encoder.setOutput('table').transform(X))).toBe(
    'UnsupportedError: Cannot transform with OneHotEncoder: a table must be dense, received a sparse result; set the parameter that makes it dense, e.g. sparseOutput: false',
  );
});

test('supports: a pipeline has what its last step has, a search what its estimator has', () => {
  const classifier = new Pipeline([
    ['scaler', new StandardScaler()],
    ['classifier', new LogisticRegression()],
  ]);
  const regressor = new Pipeline([
    ['scaler', new StandardScaler()],
    ['regressor', new LinearRegression()],
  ]);
  const transformer = new Pipeline([['scaler', new StandardScaler()]]);
  const methods = ['predict', 'predictProba', 'decisionFunction', 'transform', 'inverseTransform', 'score'] as const;
  const supported = (estimator: { supports(method: (typeof methods)[number]): boolean }) =>
    methods.filter(method => estimator.supports(method));
  expect(supported(classifier)).toEqual(['predict', 'predictProba', 'decisionFunction', 'score']);
  expect(supported(regressor)).toEqual(['predict', 'score']);
  expect(supported(transformer)).toEqual(['transform', 'inverseTransform']);
  expect(supported(new GridSearchCV(classifier, { paramGrid: {} }))).toEqual(supported(classifier));
  expect([classifier.kind, regressor.kind, transformer.kind]).toEqual(['classifier', 'regressor', 'transformer']);
});

test('supports: a method that is not there is refused before anything is computed, fitted or not', async () => {
  const pipeline = new Pipeline([['regressor', new LinearRegression()]]);
  const ask = () => (pipeline as unknown as { predictProba(X: Matrix): Promise<unknown> }).predictProba(X);
  const sentence =
    'UnsupportedError: Cannot predictProba with Pipeline: LinearRegression must have predictProba, received one without it';
  expect(await refusal(ask)).toBe(sentence);
  await pipeline.fit(X, [1, 2, 3]);
  expect(await refusal(ask)).toBe(sentence);
});
