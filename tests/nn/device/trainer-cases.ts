/** Trainers and compiled models on a GPU: the courses are the processor's, and no step leaves anything behind. */
import {
  accuracy,
  adam,
  type BatchMetric,
  type Callback,
  type CompiledModel,
  compile,
  crossEntropy,
  EarlyStopping,
  Embedding,
  type FitOptions,
  Flatten,
  type GpuDevice,
  type History,
  Linear,
  type Logs,
  LSTM,
  Module,
  mse,
  Optimizer,
  overfitOneBatch,
  ReduceLROnPlateau,
  ReLU,
  Sequential,
  Softmax,
  select,
  sgd,
  type Tensor,
  Trainer,
  tensor,
} from '../../../src/nn/index.ts';
import { demandRefusal, demandSame } from '../../kernels/gpu/case.ts';
import { drawn } from '../drawn.ts';
import { type DeviceCase, demandNear, deviceCase } from './device-case.ts';

/** Rounding errors of a step go into the next ones; the rules divide by roots of small numbers. */
const AFTER_STEPS = 1e-4;

const x = drawn([22, 6], 1);
const classes = tensor(
  Array.from({ length: 22 }, (_, i) => (x.data[i * 6]! > 0 ? 1 : 0) + (x.data[i * 6 + 1]! > 0 ? 1 : 0)),
);
const values = drawn([22, 2], 2);
const batchesOf = (size: number, y: Tensor) =>
  Array.from({ length: Math.ceil(22 / size) }, (_, k) => {
    const rows = (t: Tensor) => {
      const width = t.size / 22;
      const part = t.data.slice(k * size * width, (k + 1) * size * width);
      return tensor({ data: part, shape: [part.length / width, ...t.shape.slice(1)] });
    };
    return { x: rows(x), y: rows(y) };
  });

const classifier = () =>
  new Sequential(new Linear(6, 9, { randomState: 1 }), new ReLU(), new Linear(9, 3, { randomState: 2 }), new Softmax());
const regressor = () =>
  new Sequential(new Linear(6, 9, { randomState: 1 }), new ReLU(), new Linear(9, 2, { randomState: 2 }));

/** @throws unless two courses measured the same, epoch by epoch. */
async function demandSameCourse(received: History, expected: History): Promise<void> {
  demandSame(Object.keys(received.values), Object.keys(expected.values));
  for (const [name, course] of Object.entries(expected.values)) {
    await demandNear(tensor(received.values[name]!), tensor(course), `the course of ${name}`, AFTER_STEPS);
  }
}

async function demandSameLogs(received: Logs, expected: Logs): Promise<void> {
  demandSame(Object.keys(received), Object.keys(expected));
  await demandNear(tensor(Object.values(received)), tensor(Object.values(expected)), 'the logs', AFTER_STEPS);
}

/** Trains the same model here and on the device with whole data, and then evaluates and predicts. */
async function demandSameTraining(
  gpu: GpuDevice,
  make: () => CompiledModel,
  data: Parameters<CompiledModel['fit']>[0],
  options: () => FitOptions,
): Promise<void> {
  const [here, there] = [make(), make()];
  there.model.to(gpu);
  await demandSameCourse(await there.fit(data, options()), await here.fit(data, options()));
  await demandSameLogs(await there.evaluate(data, { batchSize: 5 }), await here.evaluate(data, { batchSize: 5 }));
  const [predicted, expected] = [await there.predict({ x }, { batchSize: 7 }), await here.predict({ x })];
  demandSame(predicted.device, null);
  await demandNear(predicted, expected, 'the prediction', AFTER_STEPS);
  demandSame(new Set(there.model.parameters().map(({ device }) => device?.name)).size, 1);
  await there.model.toCpu();
  await there.optimizer.toCpu();
}

/** Remembers the logs of every batch, in single precision. */
class Watcher implements Callback {
  readonly seen: number[] = [];

  onBatchEnd(_: number, logs: Logs): void {
    this.seen.push(...Object.values(logs));
  }
}

/** Words, of which each sentence has as many, to the state after the last one. */
class Reader extends Module {
  readonly words = new Embedding(7, 4, { randomState: 0 });
  readonly lstm = new LSTM(4, 5, { batchFirst: true, randomState: 1 });
  readonly out = new Linear(5, 2, { randomState: 2 });

  forward(numbers: Tensor): Tensor {
    const [outputs] = this.lstm.forward(this.words.forward(numbers));
    return this.out.forward(select(outputs, 1, -1));
  }
}

/** Two outputs of one input. */
class TwoHeads extends Module<readonly [x: Tensor], { kind: Tensor; size: Tensor }> {
  readonly body = classifier();
  readonly size = new Sequential(new Linear(6, 2, { randomState: 4 }), new Flatten());

  forward(x: Tensor) {
    return { kind: this.body.forward(x), size: this.size.forward(x) };
  }
}

/** A metric that knows nothing of devices. */
const spread: BatchMetric = (output, target) =>
  Math.max(...output.data.map((value, i) => Math.abs(value - target.data[i]!)));

export const trainerCases: readonly DeviceCase[] = [
  deviceCase("compile, fit, evaluate and predict give the processor's numbers", gpu =>
    demandSameTraining(
      gpu,
      () => compile(classifier(), { optimizer: 'adam', loss: 'sparseCategoricalCrossentropy', metrics: ['accuracy'] }),
      { x, y: classes },
      () => ({ epochs: 3, batchSize: 4, validationSplit: 0.25, randomState: 0 }),
    ),
  ),
  deviceCase('weights of samples, and weighted metrics, count as on the processor', gpu =>
    demandSameTraining(
      gpu,
      () =>
        compile(regressor(), { optimizer: sgd({ lr: 0.05 }), loss: 'mse', metrics: ['mae'], weightedMetrics: ['mae'] }),
      { x, y: values, sampleWeight: tensor(Array.from({ length: 22 }, (_, i) => (i < 3 ? 0 : i % 4))) },
      () => ({ epochs: 2, batchSize: 3, shuffle: false }),
    ),
  ),
  deviceCase('weights of classes, gradients of several batches, and callbacks that hear every batch', async gpu => {
    const watchers = [new Watcher(), new Watcher()];
    const remaining = [...watchers];
    await demandSameTraining(
      gpu,
      () => compile(classifier(), { optimizer: 'rmsprop', loss: 'sparseCategoricalCrossentropy', accumulate: 2 }),
      { x, y: classes },
      () => ({
        epochs: 2,
        batchSize: 5,
        shuffle: false,
        classWeight: { 0: 2, 2: 0.5 },
        callbacks: [remaining.shift()!],
      }),
    );
    await demandNear(tensor(watchers[0]!.seen), tensor(watchers[1]!.seen), 'the logs of batches', AFTER_STEPS);
  }),
  ...(['adamw', 'adagrad'] as const).map(optimizer =>
    deviceCase(`Keras's ${optimizer} by its name`, gpu =>
      demandSameTraining(
        gpu,
        () => compile(regressor(), { optimizer, loss: 'huber' }),
        { x, y: values },
        () => ({ epochs: 2, batchSize: 8, randomState: 1 }),
      ),
    ),
  ),
  deviceCase('a record of outputs, each with a loss and metrics', async gpu => {
    const make = () =>
      compile(new TwoHeads(), {
        optimizer: adam({ lr: 0.01 }),
        loss: { kind: 'sparseCategoricalCrossentropy', size: mse },
        lossWeights: { kind: 1, size: 0.5 },
        metrics: { kind: ['accuracy'], size: ['mae'] },
      });
    const data = { x, y: { kind: classes, size: values } };
    const [here, there] = [make(), make()];
    there.model.to(gpu);
    const options = { epochs: 2, batchSize: 8, randomState: 3 };
    await demandSameCourse(await there.fit(data, options), await here.fit(data, options));
    const [predicted, expected] = [await there.predict({ x }), await here.predict({ x })];
    await demandNear(predicted.kind, expected.kind, 'the first output', AFTER_STEPS);
    await demandNear(predicted.size, expected.size, 'the second output', AFTER_STEPS);
    await there.model.toCpu();
    await there.optimizer.toCpu();
  }),
  deviceCase("a Trainer with a loss and a metric of one's own, for which outputs are read", async gpu => {
    const train = async (device: GpuDevice | null) => {
      const model = regressor();
      if (device !== null) model.to(device);
      const optimizer = new Optimizer(model.parameters(), adam({ lr: 0.01 }));
      const trainer = new Trainer(model, { optimizer, loss: mse, metrics: { spread } });
      const options = { epochs: 3, validationData: batchesOf(11, values) };
      const history = await trainer.fit(batchesOf(6, values), options);
      await model.toCpu();
      await optimizer.toCpu();
      return history;
    };
    await demandSameCourse(await train(gpu), await train(null));
  }),
  deviceCase('numbers of words go to embeddings and LSTMs, whose classes are checked', async gpu => {
    const words = tensor(Array.from({ length: 6 }, (_, i) => Array.from({ length: 4 }, (_, j) => (i * 3 + j * 5) % 7)));
    const batch = { x: words, y: tensor([0, 1, 1, 0, 1, 0]) };
    const trainerOf = (model: Reader) => {
      const optimizer = new Optimizer(model.parameters(), adam({ lr: 0.02 }));
      return new Trainer(model, { optimizer, loss: crossEntropy, metrics: { accuracy } });
    };
    const [here, there] = [trainerOf(new Reader()), trainerOf(new Reader().to(gpu))];
    await demandSameCourse(await there.fit([batch], { epochs: 4 }), await here.fit([batch], { epochs: 4 }));
    await demandRefusal(
      () => there.fit([{ x: words, y: tensor([0, 1, 2, 0, 1, 0]) }]),
      'Cannot compute the negative log-likelihood: every target must be a whole number from 0 to 1, or ignoreIndex (-100), received 2',
    );
    await there.model.toCpu();
    await there.optimizer.toCpu();
  }),
  deviceCase(
    'early stopping restores the best weights, and a plateau lowers the rate, as on the processor',
    async gpu => {
      const train = async (device: GpuDevice | null) => {
        const model = regressor();
        if (device !== null) model.to(device);
        const compiled = compile(model, { optimizer: sgd({ lr: 0.5 }), loss: 'mse' });
        const callbacks = [
          new ReduceLROnPlateau({ monitor: 'loss', patience: 1 }),
          new EarlyStopping({ monitor: 'loss', patience: 3, restoreBestWeights: true }),
        ];
        const history = await compiled.fit({ x, y: values }, { epochs: 12, shuffle: false, batchSize: 11, callbacks });
        await model.toCpu();
        return { history, lr: compiled.optimizer.lr, weights: model.parameters()[0]! };
      };
      const [there, here] = [await train(gpu), await train(null)];
      await demandSameCourse(there.history, here.history);
      demandSame(there.lr, here.lr);
      await demandNear(there.weights, here.weights, 'the best weights', AFTER_STEPS);
    },
  ),
  deviceCase('a step leaves nothing on the device, however many there are', async gpu => {
    const model = classifier().to(gpu);
    const compiled = compile(model, {
      optimizer: 'adam',
      loss: 'sparseCategoricalCrossentropy',
      metrics: ['accuracy'],
    });
    const before = await gpu.residents();
    const counts: number[] = [];
    const batches = batchesOf(1, classes);
    await compiled.fit({
      async *[Symbol.asyncIterator]() {
        for (const batch of batches) {
          counts.push((await gpu.residents()) - before);
          yield batch;
        }
      },
    });
    // Two moments for each of four parameters, and the sums of the loss and the metric unless they have just been read.
    demandSame(
      counts.slice(1),
      counts.slice(1).map((_, i) => (i % 8 === 7 ? 8 : 10)),
    );
    demandSame((await gpu.residents()) - before, 8);
    await compiled.optimizer.toCpu();
    await model.toCpu();
  }),
  deviceCase('a training that is stopped or fails gives back what it held', async gpu => {
    const model = regressor().to(gpu);
    const before = await gpu.residents();
    const optimizer = new Optimizer(model.parameters(), sgd());
    const trainer = new Trainer(model, { optimizer, loss: mse, metrics: { spread }, accumulate: 3 });
    const batches = batchesOf(4, values);
    const abort = new AbortController();
    const stopped = {
      *[Symbol.iterator]() {
        yield batches[0]!;
        yield batches[1]!;
        abort.abort(new Error('enough'));
        yield batches[2]!;
      },
    };
    await demandRefusal(() => trainer.fit(stopped, { signal: abort.signal }), 'enough');
    const wrong = [batches[0]!, { x: batches[1]!.x, y: batches[0]!.x }];
    await demandRefusal(
      () => trainer.fit(wrong),
      'Cannot compute the squared error: input and target must have the same shape, received shape (4, 2) and shape (4, 6)',
    );
    demandSame((await gpu.residents()) - before, 0);
    await model.toCpu();
  }),
  deviceCase('a batch is learned by heart, and the model is what it was', async gpu => {
    const model = classifier().to(gpu);
    const first = await model.parameters()[0]!.toCpu();
    const batch = { x: tensor([[1, 0, 0, 0, 0, 0], [0, 1, 0, 0, 0, 0]]), y: tensor([0, 2]) }; // biome-ignore format: short
    const { losses } = await overfitOneBatch(model, batch, { loss: crossEntropy, steps: 12 });
    demandSame(losses.at(-1)! < losses[0]!, true);
    await demandNear(model.parameters()[0]!, first, 'the first weights', 0);
    await model.toCpu();
  }),
];
