import { expect, test } from 'vitest';
import {
  accuracy,
  adam,
  BatchNorm1d,
  binaryAccuracy,
  type Callback,
  crossEntropy,
  DataLoader,
  Dropout,
  History,
  Linear,
  Mean,
  Module,
  mean,
  meanAbsolute,
  Optimizer,
  ReLU,
  Sequential,
  sgd,
  square,
  sub,
  type Tensor,
  TensorDataset,
  Trainer,
  tensor,
} from '../../../src/nn/index.ts';
import { RandomState } from '../../../src/random/index.ts';
import type { ProgressEvent } from '../../../src/work/index.ts';
import { refusal } from '../../helpers/refusal.ts';

const squaredError = (output: Tensor, target: Tensor): Tensor => mean(square(sub(output, target)));

const random = new RandomState(1);
const x = tensor(Array.from({ length: 22 }, () => [...random.standardNormal(2)]));
const y = tensor(Array.from({ length: 22 }, (_, i) => [x.data[2 * i]! - 3 * x.data[2 * i + 1]!]));
const line = new TensorDataset({ x, y });

function makeLine(options: { accumulate?: number } = {}) {
  const model = new Linear(2, 1, { randomState: 0 });
  const optimizer = new Optimizer(model.parameters(), sgd({ lr: 0.1 }));
  return new Trainer(model, { optimizer, loss: squaredError, metrics: { distance: meanAbsolute }, ...options });
}

const weightsOf = (trainer: Trainer) => trainer.model.parameters().map(({ data }) => [...data]);

test('Trainer: two classes on a ring are told apart, and what it measures is what evaluate measures', async () => {
  const angles = Array.from({ length: 60 }, (_, i) => (2 * Math.PI * i) / 60);
  const ring = tensor(angles.map((angle, i) => [(1 + (i % 2)) * Math.cos(angle), (1 + (i % 2)) * Math.sin(angle)]));
  const data = new TensorDataset({ x: ring, y: tensor(angles.map((_, i) => i % 2)) });
  const model = new Sequential(
    new Linear(2, 16, { randomState: 1 }),
    new ReLU(),
    new Linear(16, 2, { randomState: 2 }),
  );
  const optimizer = new Optimizer(model.parameters(), adam({ lr: 0.03 }));
  const trainer = new Trainer(model, { optimizer, loss: crossEntropy, metrics: { accuracy } });
  const loader = new DataLoader(data, { batchSize: 16, shuffle: true, randomState: 0 });
  const validationData = new DataLoader(data, { batchSize: 25 });
  const { epochs, values } = await trainer.fit(loader, { epochs: 40, validationData });
  expect(epochs).toHaveLength(40);
  expect(Object.keys(values)).toEqual(['loss', 'accuracy', 'val_loss', 'val_accuracy']);
  expect(values.val_accuracy!.at(-1)).toBe(1);
  const logs = await trainer.evaluate([{ x: ring, y: data.tensors.y }]);
  expect(logs.loss).toBeCloseTo(values.val_loss!.at(-1)!, 6);
  const outputs = await trainer.predict(validationData);
  expect(outputs.shape).toEqual([60, 2]);
  expect(accuracy(outputs, data.tensors.y)).toBe(1);
});

test('Trainer: the last smaller batch counts for less in the means', async () => {
  const trainer = makeLine();
  const whole = await trainer.evaluate([{ x, y }]);
  const parts = await trainer.evaluate(new DataLoader(line, { batchSize: 8 }));
  expect(parts.loss).toBeCloseTo(whole.loss!, 5);
  expect(parts.distance).toBeCloseTo(whole.distance!, 5);
});

test('Trainer: batches that accumulate make the steps of one large batch, also the last window', async () => {
  const [parts, whole] = [makeLine({ accumulate: 3 }), makeLine()];
  // 22 samples: windows of 4 + 4 + 4 and of 4 + 4 + 2.
  await parts.fit(new DataLoader(line, { batchSize: 4 }), { epochs: 3 });
  await whole.fit(new DataLoader(line, { batchSize: 12 }), { epochs: 3 });
  for (const [i, values] of weightsOf(whole).entries()) {
    expect(weightsOf(parts)[i]).toEqual(values.map(value => expect.closeTo(value, 5)));
  }
});

test('Trainer switches to training and back, and callbacks come in their order', async () => {
  const seen: string[] = [];
  const model = new Sequential(
    new Linear(2, 4, { randomState: 0 }),
    new BatchNorm1d(4),
    new Dropout(0.5, { randomState: 0 }),
    new Linear(4, 1),
  );
  const watch = (what: string) => (_: unknown) => void seen.push(`${what} ${model.training}`);
  const callback: Callback = {
    onTrainBegin: watch('begin'),
    onEpochBegin: watch('epoch'),
    onBatchEnd: watch('batch'),
    onEpochEnd: async epoch => watch('epoch end')(epoch),
    onTrainEnd: watch('end'),
  };
  const optimizer = new Optimizer(model.parameters(), sgd({ lr: 0.01 }));
  const trainer = new Trainer(model, { optimizer, loss: squaredError });
  await trainer.fit([{ x, y }], { validationData: [{ x, y }], callbacks: [callback] });
  expect(seen).toEqual(['begin true', 'epoch true', 'batch true', 'epoch end false', 'end false']);
  expect(await trainer.predict([{ x }])).toEqual(await trainer.predict([{ x }]));
});

test('Trainer goes on from initialEpoch as if it had not stopped', async () => {
  const loaders = [0, 1].map(() => new DataLoader(line, { batchSize: 5, shuffle: true, randomState: 3 }));
  const [whole, parts] = [makeLine(), makeLine()];
  await whole.fit(loaders[0]!, { epochs: 4 });
  await parts.fit(loaders[1]!, { epochs: 1 });
  const { epochs } = await parts.fit(loaders[1]!, { epochs: 4, initialEpoch: 1 });
  expect(epochs).toEqual([1, 2, 3]);
  expect(weightsOf(parts)).toEqual(weightsOf(whole));
});

test('Trainer: models of several inputs take a list', async () => {
  class Difference extends Module<readonly [a: Tensor, b: Tensor]> {
    readonly weight = new Linear(2, 1, { randomState: 0 });
    forward(a: Tensor, b: Tensor): Tensor {
      return this.weight.forward(sub(a, b));
    }
  }
  const model = new Difference();
  const optimizer = new Optimizer(model.parameters(), adam({ lr: 0.05 }));
  const trainer = new Trainer(model, { optimizer, loss: squaredError });
  const { values } = await trainer.fit([{ x: [x, tensor([[0.5, 0.5]])], y }], { epochs: 30 });
  expect(values.loss!.at(-1)).toBeLessThan(values.loss![0]! / 2);
});

test('Trainer tells its progress, and an abort leaves the model as the last step left it', async () => {
  const trainer = makeLine();
  const events: ProgressEvent[] = [];
  const loader = new DataLoader(line, { batchSize: 11 });
  await trainer.fit(loader, { epochs: 2, onProgress: event => events.push(event) });
  expect(events.at(-1)).toMatchObject({ task: 'Trainer', done: 4, total: 4 });
  const controller = new AbortController();
  let weights: number[][] = [];
  const callback: Callback = {
    onBatchEnd: batch => {
      weights = weightsOf(trainer);
      if (batch === 1) controller.abort(new Error('enough'));
    },
  };
  const aborted = trainer.fit(loader, { epochs: 9, callbacks: [callback], signal: controller.signal });
  await expect(aborted).rejects.toThrow('enough');
  expect(weightsOf(trainer)).toEqual(weights);
});

test('Trainer refuses names, counts, sources and outputs that do not fit', async () => {
  const trainer = makeLine();
  const { optimizer } = trainer;
  const make = (options: object) => () => new Trainer(trainer.model, { optimizer, loss: squaredError, ...options });
  expect(make({ accumulate: 0 })).toThrow('Cannot make a Trainer: accumulate must be a whole number >= 1, received 0');
  expect(make({ metrics: { val_x: accuracy } })).toThrow("metrics must not be called 'loss' or begin with 'val_'");
  expect(await refusal(() => trainer.fit([]))).toBe(
    'InvalidInputError: Cannot train: there must be a batch, received none',
  );
  expect(await refusal(() => trainer.fit([{ x, y }], { epochs: 0 }))).toContain(
    'epochs must be a whole number >= 1, received 0',
  );
  expect(await refusal(() => trainer.predict([]))).toContain('Cannot predict: there must be a batch, received none');
});

test('metrics: right decisions, distances, and means that know no batch yet', () => {
  expect(binaryAccuracy(0)(tensor([-1, 2, 3]), tensor([0, 1, 0]))).toBeCloseTo(2 / 3, 12);
  expect(meanAbsolute(tensor([1, 2]), tensor([2, 4]))).toBe(1.5);
  expect(() => accuracy(tensor([[1, 2]]), tensor([1, 0]))).toThrow(
    'Cannot compute accuracy: output and target must have shapes (N, C) and (N), received shape (1, 2) and shape (2,)',
  );
  expect(new Mean().value).toBeNaN();
});

test('History fills what an epoch did not measure with NaN', () => {
  const history = new History();
  history.add(0, { loss: 2 });
  history.add(1, { loss: 1, val_loss: 3 });
  history.add(2, { loss: 0.5 });
  expect(history.values).toEqual({ loss: [2, 1, 0.5], val_loss: [Number.NaN, 3, Number.NaN] });
});
