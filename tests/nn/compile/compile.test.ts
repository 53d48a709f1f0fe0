import { expect, test } from 'vitest';
import {
  accuracy,
  adam,
  apply,
  type CompileOptions,
  compile,
  crossEntropy,
  DataLoader,
  EarlyStopping,
  input,
  Linear,
  model,
  mse,
  Optimizer,
  randn,
  relu,
  Sequential,
  type Tensor,
  TensorDataset,
  Trainer,
  tensor,
} from '../../../src/nn/index.ts';
import { refusal } from '../../helpers/refusal.ts';

const x = randn([10, 2], 1);
const y = tensor(Array.from({ length: 10 }, (_, i) => (x.data[2 * i]! > 0 ? 1 : 0)));
const layer = () => new Linear(2, 2, { randomState: 3 });
const weights = (net: Linear) => net.parameters().map(({ data }) => [...data]);

test('compile is a Trainer with names: rules and functions of our own give the same weights', async () => {
  const [ours, theirs] = [layer(), layer()];
  const batches = () => new DataLoader(new TensorDataset({ x, y }), { batchSize: 3 });
  const compiled = compile(ours, { optimizer: adam({ lr: 0.1 }), loss: crossEntropy, metrics: { hits: accuracy } });
  const optimizer = new Optimizer(theirs.parameters(), adam({ lr: 0.1 }));
  const trainer = new Trainer(theirs, { optimizer, loss: crossEntropy, metrics: { hits: accuracy } });
  const courses = [await compiled.fit(batches(), { epochs: 3 }), await trainer.fit(batches(), { epochs: 3 })];
  expect(courses[0]).toEqual(courses[1]);
  expect(weights(ours)).toEqual(weights(theirs));
});

test('whole data are shuffled by the seed, and each sample comes once in an epoch', async () => {
  const seen = async (options: object) => {
    const rows: number[] = [];
    const loss = (output: Tensor, target: Tensor) => {
      rows.push(...target.data);
      return mse(output, output.detach());
    };
    const positions = tensor(Array.from({ length: 10 }, (_, i) => i));
    await compile(layer(), { loss }).fit({ x, y: positions }, { batchSize: 4, ...options });
    return rows;
  };
  const ordered = Array.from({ length: 10 }, (_, i) => i);
  const mixed = await seen({ randomState: 5 });
  expect(mixed).not.toEqual(ordered);
  expect([...mixed].sort((a, b) => a - b)).toEqual(ordered);
  expect(await seen({ randomState: 5 })).toEqual(mixed);
  expect(await seen({ shuffle: false })).toEqual(ordered);
});

test('the learning rate of a named optimiser can be set, and callbacks know the directions of named metrics', async () => {
  const compiled = compile(layer(), { optimizer: 'sgd', loss: crossEntropy, metrics: ['sparseCategoricalAccuracy'] });
  expect(compiled.optimizer.lr).toBe(0.01);
  compiled.optimizer.lr = 0;
  const stop = new EarlyStopping({ monitor: 'sparseCategoricalAccuracy', patience: 2 });
  const { epochs } = await compiled.fit({ x, y }, { epochs: 9, callbacks: [stop] });
  expect(epochs).toHaveLength(3);
});

test('one function may take all outputs', async () => {
  const a = input([2]);
  const net = model(a, [apply(layer(), a), apply(relu, a)]);
  const loss = ([p]: readonly [Tensor, Tensor], [q]: readonly [Tensor, Tensor]) => mse(p, q);
  const { values } = await compile(net, { loss, metrics: [['mae'], {}] }).fit([{ x, y: [x, x] }]);
  expect(Object.keys(values)).toEqual(['loss', '0_mae']);
});

test('names, weights, parts and options that do not fit are refused by sentences', async () => {
  const make = (options: object) => () => compile(layer(), { loss: 'mse', ...options } as CompileOptions);
  expect(await refusal(make({ loss: 'msee' }))).toBe(
    "InvalidParamError: Cannot compile a model: loss must be a function or among meanSquaredError, mse, meanAbsoluteError, mae, huber, binaryCrossentropy, categoricalCrossentropy, sparseCategoricalCrossentropy, received 'msee'",
  );
  expect(await refusal(make({ optimizer: 'adma' }))).toBe(
    "InvalidParamError: Cannot compile a model: optimizer must be a rule, an optimizer or among sgd, adam, adamw, rmsprop, adagrad, lion, received 'adma'",
  );
  expect(await refusal(make({ metrics: [accuracy] }))).toContain(
    'metrics must be a record of functions or among accuracy',
  );
  expect(await refusal(make({ metrics: 'accuracy' }))).toContain(
    'metrics must be a list or a record of functions or among',
  );
  expect(await refusal(make({ metric: [] }))).toBe(
    "InvalidParamError: Cannot compile a model: options must be among optimizer, loss, lossWeights, metrics, weightedMetrics, accumulate, scaler, scope, received 'metric'",
  );
  expect(await refusal(make({ loss: { a: 'mse', b: 'mse' }, lossWeights: { a: 1 } }))).toContain(
    'lossWeights must have a number for each loss, received object with keys',
  );
  const compiled = compile(layer(), { loss: 'mse' });
  expect(await refusal(() => make({ loss: { a: 'mse' } })().fit({ x, y }))).toBe(
    "InvalidInputError: Cannot train a compiled model: outputs and targets must have the part 'a' of which there is a loss or a metric, received Tensor",
  );
  expect(await refusal(() => compiled.fit([{ x, y: x }], { batchSize: 2 }))).toBe(
    'InvalidParamError: Cannot cut data into batches: batchSize must be left out where the data come in batches, received both',
  );
  expect(await refusal(() => compiled.fit({ x, y: randn([9, 2], 0) }))).toBe(
    'InvalidInputError: Cannot cut data into batches: first axes must agree (10), received y of shape (9, 2)',
  );
  expect(await refusal(() => compiled.fit({ x, y: x }, { batchSize: 0 }))).toContain(
    'batchSize must be an integer >= 1',
  );
});

test('the compiler knows the names: another is refused there, and when it runs', () => {
  // @ts-expect-error: a name that is none
  expect(() => compile(new Sequential(layer()), { loss: 'msee' })).toThrow('loss must be');
});
