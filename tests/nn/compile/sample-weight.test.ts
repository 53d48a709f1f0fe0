import { expect, test } from 'vitest';
import {
  type CompileOptions,
  compile,
  crossEntropy,
  DataLoader,
  EarlyStopping,
  type FitOptions,
  Linear,
  mean,
  mse,
  randn,
  type Tensor,
  TensorDataset,
  tensor,
} from '../../../src/nn/index.ts';
import { refusal } from '../../helpers/refusal.ts';

const x = randn([10, 2], 1);
const y = randn([10, 1], 2);
const labels = tensor([0, 1, 1, 0, 1, 0, 0, 1, 0, 1]);
const weight = tensor([0, 1, 2, 0.5, 3, 1, 0, 4, 1, 2]);
const layer = (outputs = 1) => new Linear(2, outputs, { randomState: 3 });
const weightsOf = ({ weight, bias }: Linear) => [...weight.data, ...bias!.data];
const rowsOf = ({ data, shape: [n, width] }: Tensor, chosen: readonly number[]) =>
  tensor(chosen.map(row => [...data.subarray(row * width!, (row + 1) * width!)].slice(0, n)));

test('sampleWeight k is a sample that comes k times, but that the loss is over the samples there are', async () => {
  const chosen = [0, 1, 1, 2, 2, 2, 5];
  const twice = { x: rowsOf(x, chosen), y: rowsOf(y, chosen) };
  const once = { x: rowsOf(x, [0, 1, 2, 5]), y: rowsOf(y, [0, 1, 2, 5]), sampleWeight: tensor([1, 2, 3, 1]) };
  const make = () => compile(layer(), { loss: 'mse', weightedMetrics: ['mae'] });
  const [weighted, repeated] = [await make().evaluate(once), await make().evaluate(twice)];
  expect(weighted.loss! * 4).toBeCloseTo(repeated.loss! * 7, 4);
  expect(weighted.mae).toBeCloseTo(repeated.mae!, 6);
});

test('classWeight is the sampleWeight of each sample’s class, and is not used in validation', async () => {
  const nets = [layer(2), layer(2)];
  const options = { loss: crossEntropyOfEach, weightedMetrics: ['sparseCategoricalAccuracy'] } as const;
  const [byClass, bySample] = nets.map(net => compile(net, options));
  const run: FitOptions = { epochs: 3, batchSize: 4, shuffle: false, validationData: { x, y: labels } };
  const ours = await byClass!.fit({ x, y: labels }, { ...run, classWeight: { 1: 2.5 } });
  const sampleWeight = tensor([...labels.data].map(label => (label === 1 ? 2.5 : 1)));
  expect(ours).toEqual(await bySample!.fit({ x, y: labels, sampleWeight }, run));
  expect(weightsOf(nets[0]!)).toEqual(weightsOf(nets[1]!));
});

test('weights come with batches of a list and of a loader as with whole data', async () => {
  const data = { x, y, sampleWeight: weight };
  const compiled = compile(layer(), { loss: 'huber', metrics: ['mae'], weightedMetrics: ['mae', 'mse'] });
  const logs = await compiled.evaluate(data, { batchSize: 4 });
  expect(Object.keys(logs)).toEqual(['loss', 'mae', 'weighted_mae', 'mse']);
  expect(await compiled.evaluate(new DataLoader(new TensorDataset(data), { batchSize: 4 }))).toEqual(logs);
  const [whole, one] = [await compiled.evaluate([data]), logs];
  for (const name of Object.keys(logs)) expect(one[name]).toBeCloseTo(whole[name]!, 5);
});

test('a metric looks at each step of a sequence as its weight says, or at their mean where a sample has one', async () => {
  // Two samples of two steps whose errors are 1, 3 and 5, 7: outputs are 0.
  const data = {
    x: tensor([
      [[1], [1]],
      [[1], [1]],
    ]),
    y: tensor([
      [[1], [3]],
      [[5], [7]],
    ]),
  };
  const net = new Linear(1, 1, { bias: false });
  net.loadStateDict({ weight: tensor([[0]]) });
  const loss = (output: Tensor, target: Tensor) => mean(mse(output, target, { reduction: 'none' }), [1, 2]);
  const perSample = compile(net, { loss, weightedMetrics: ['mae'] });
  // (2 * 1 + 6 * 3) / 4, and the squares' (5 * 1 + 37 * 3) / 2.
  expect(await perSample.evaluate({ ...data, sampleWeight: tensor([1, 3]) })).toEqual({ loss: 58, mae: 5 });
  const perStep = compile(net, { loss: 'mae', weightedMetrics: ['mae'] });
  const steps = tensor([
    [1, 0],
    [1, 2],
  ]);
  // (1 + 5 + 2 * 7) / 4, over four steps and over the weights' sum, which is 4 too.
  expect(await perStep.evaluate({ ...data, sampleWeight: steps })).toEqual({ loss: 5, mae: 5 });
});

test('callbacks know the direction of a weighted metric, and one that no sample counts for is NaN', async () => {
  const compiled = compile(layer(2), { loss: crossEntropyOfEach, weightedMetrics: ['accuracy'], optimizer: 'sgd' });
  compiled.optimizer.lr = 0;
  const stop = new EarlyStopping({ monitor: 'accuracy', patience: 2 });
  const { epochs } = await compiled.fit({ x, y: labels, sampleWeight: weight }, { epochs: 9, callbacks: [stop] });
  expect(epochs).toHaveLength(3);
  const nothing = { x, y: labels, sampleWeight: tensor(Array.from({ length: 10 }, () => 0)) };
  expect(await compiled.evaluate(nothing)).toEqual({ loss: 0, accuracy: Number.NaN });
});

test('weights that do not fit are refused by sentences', async () => {
  const refused = (data: object, options: object = {}, compiling: object = { loss: 'mse' }) =>
    refusal(() => compile(layer(), compiling as CompileOptions).fit({ x, y, ...data }, options as FitOptions));
  expect(await refused({ sampleWeight: tensor([1, 2]) })).toBe(
    'InvalidInputError: Cannot cut data into batches: first axes must agree (10), received sampleWeight of shape (2,)',
  );
  expect(await refused({ sampleWeight: [1, 2] })).toBe(
    'InvalidInputError: Cannot weigh samples: sampleWeight must be a tensor, received [1, 2]',
  );
  expect(await refused({ sampleWeight: x })).toBe(
    'InvalidInputError: Cannot weigh samples: sampleWeight must have the shape of what it weighs, received shape (10, 2) and shape (10,)',
  );
  expect(await refused({ sampleWeight: weight }, {}, { loss: mse })).toBe(
    "InvalidInputError: Cannot weigh samples: losses and weighted metrics must give a value for each sample, received their mean; give them { reduction: 'none' }, say",
  );
  expect(await refused({ sampleWeight: { a: weight } })).toContain('sampleWeight must be a tensor, received object');
  expect(await refused({ sampleWeight: weight }, { classWeight: { 0: 2 } })).toBe(
    'InvalidParamError: Cannot train a compiled model: classWeight must be left out where the data have a sampleWeight, received both',
  );
  for (const classWeight of [{ spam: 2 }, { 0: Number.NaN }, [1, 2], 2]) {
    expect(await refused({}, { classWeight })).toContain(
      'InvalidParamError: Cannot train a compiled model: classWeight must be a record of finite numbers by the numbers of classes, received ',
    );
  }
  expect(await refused({ y: randn([10, 2, 2], 0) }, { classWeight: { 0: 2 } })).toContain(
    'classWeight must be left out unless targets are a tensor of shape (N,), (N, 1) or (N, C), received',
  );
  expect(await refused({}, {}, { loss: 'mse', weightedMetrics: ['maee'] })).toContain(
    'Cannot compile a model: weightedMetrics must be a record of functions or among accuracy, binaryAccuracy',
  );
});

function crossEntropyOfEach(output: Tensor, target: Tensor): Tensor {
  return crossEntropy(output, target, { reduction: 'none' });
}
