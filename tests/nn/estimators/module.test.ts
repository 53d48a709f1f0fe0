import { expect, test } from 'vitest';
import { GridSearchCV, loadIris, Pipeline, StandardScaler, trainTestSplit } from '../../../src/index.ts';
import {
  Dropout,
  Linear,
  type MakeModule,
  ModuleClassifier,
  ModuleRegressor,
  ReLU,
  Sequential,
  sgd,
  type Tensor,
} from '../../../src/nn/index.ts';
import { refusal } from '../../helpers/refusal.ts';

const { X, y } = await loadIris();
const { XTrain, XTest, yTrain, yTest } = trainTestSplit(X, y, { stratify: y, randomState: 0 });

const twoLayers: MakeModule = ({ nFeatures, nOutputs }, random) =>
  new Sequential(
    new Linear(nFeatures, 16, { randomState: random }),
    new ReLU(),
    new Dropout(0.1, { randomState: random }),
    new Linear(16, nOutputs, { randomState: random }),
  );

test('ModuleClassifier: a network in a pipeline in a search learns iris, the same at every run', async () => {
  const network = new ModuleClassifier({ module: twoLayers, lr: 0.02, maxIter: 15, batchSize: 16, randomState: 3 });
  const pipeline = new Pipeline([
    ['scaler', new StandardScaler()],
    ['network', network],
  ]);
  const search = () => new GridSearchCV(pipeline, { paramGrid: { network__lr: [0.001, 0.02] }, cv: 3 });
  const model = await search().fit(XTrain, yTrain);
  expect(model.bestParams_).toEqual({ network__lr: 0.02 });
  expect(await model.score(XTest, yTest)).toBeGreaterThan(0.9);
  const again = await search().fit(XTrain, yTrain);
  expect(again.cvResults_.meanTestScore).toEqual(model.cvResults_.meanTestScore);
  expect(await again.predictProba(XTest)).toEqual(await model.predictProba(XTest));
});

test('ModuleClassifier: early stopping ends before maxIter and keeps the best weights; validation may be given', async () => {
  const params = { module: twoLayers, lr: 0.05, maxIter: 200, nIterNoChange: 3, randomState: 0 };
  const stopped = await new ModuleClassifier({ ...params, earlyStopping: true }).fit(XTrain, yTrain);
  expect(stopped.history_.val_loss!.length).toBeLessThan(200);
  const given = await new ModuleClassifier(params).fit(XTrain, yTrain, { validation: { X: XTest, y: yTest } });
  expect(given.history_.val_loss!.length).toBe(given.history_.loss!.length);
  expect(given.module_.training).toBe(false);
});

test('ModuleRegressor without a hidden layer finds a plane, for one target and for two', async () => {
  const plane = Float64Array.from({ length: X.rows }, (_, i) => X.get(i, 0) - 2 * X.get(i, 3) + 1);
  const params = { optimizer: (lr: number) => sgd({ lr, momentum: 0.9 }), lr: 0.01, maxIter: 100, randomState: 0 };
  const one = await new ModuleRegressor(params).fit(X, plane);
  expect(await one.score(X, plane)).toBeGreaterThan(0.98);
  const both = Array.from(plane, value => [value, -value]);
  const two = await new ModuleRegressor(params).fit(X, both);
  expect((await two.predict(X)).columns).toBe(2);
});

test('module estimators refuse modules and data that do not fit', async () => {
  class Wide extends Linear {
    constructor() {
      super(4, 5);
    }
    override forward(x: Tensor): Tensor {
      return super.forward(x);
    }
  }
  const wide = await refusal(async () =>
    (
      await new ModuleRegressor({ module: () => new Wide(), maxIter: 1 }).fit(
        X,
        Array.from(y, (_, i) => [i, i, i, i, i]),
      )
    )
      .predict(X)
      .then(() => new ModuleClassifier({ module: () => new Wide(), maxIter: 1 }).fit(X, y))
      .then(model => model.predict(X)),
  );
  expect(wide).toBe(
    'InvalidInputError: Cannot predict with ModuleClassifier: the module must give a row of 3 outputs per sample (150), received shape (150, 5)',
  );
  expect(await refusal(() => new ModuleRegressor().fit([[1e300], [1]], [1, 2]))).toBe(
    'InvalidInputError: Cannot fit ModuleRegressor: X must lie within the range of single precision (±3.4e38), received 1e+300 at row 0, column 0',
  );
  expect(
    await refusal(() => new ModuleRegressor({ optimizer: 'sgd', lr: 1e30, maxIter: 5 }).fit(X, Array.from(y, Number))),
  ).toContain('Cannot fit ModuleRegressor: the weights must stay finite, received an overflow in');
  expect(await refusal(async () => new ModuleClassifier({ module: 3 as never }))).toContain(
    'module must be a function',
  );
  expect(await refusal(() => new ModuleClassifier({ module: (() => 1) as never }).fit(X, y))).toBe(
    'InvalidInputError: Cannot fit ModuleClassifier: module must make a Module, received 1',
  );
  expect(await refusal(() => new ModuleClassifier({ optimizer: (() => null) as never }).fit(X, y))).toBe(
    'InvalidInputError: Cannot fit ModuleClassifier: optimizer must make a rule with init and update, received null',
  );
  expect(await refusal(() => new ModuleRegressor().fit(X, X.column(0), { validation: null as never }))).toBe(
    'InvalidInputError: Cannot fit ModuleRegressor: validation must hold X and y, received null',
  );
});
