/** Trainers and compiled models on a GPU: the courses are the processor's, and no step leaves anything behind. */
import {
  accuracy,
  adam,
  type BatchMetric,
  compile,
  crossEntropy,
  Embedding,
  type GpuDevice,
  Linear,
  LSTM,
  Module,
  mse,
  Optimizer,
  select,
  sgd,
  type Tensor,
  Trainer,
  tensor,
} from '../../../src/nn/index.ts';
import { demandRefusal, demandSame } from '../../kernels/gpu/case.ts';
import { type DeviceCase, deviceCase } from './device-case.ts';
import {
  batchesOf,
  classes,
  classifier,
  demandSameCourse,
  demandSameTraining,
  regressor,
  values,
  x,
} from './same-training.ts';

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
];
