/** What trainers do with weights, windows and callbacks on a device: no kernels of their own, so that a stand-in shows it. */
import {
  adam,
  type Callback,
  compile,
  crossEntropy,
  detectAnomaly,
  EarlyStopping,
  Flatten,
  type GpuDevice,
  Linear,
  type Logs,
  Module,
  MovingAverage,
  MultiheadAttention,
  mse,
  Optimizer,
  overfitOneBatch,
  ReduceLROnPlateau,
  Sequential,
  select,
  sgd,
  type Tensor,
  Trainer,
  tensor,
  zeros,
} from '../../../src/nn/index.ts';
import { demandRefusal, demandSame } from '../../kernels/gpu/case.ts';
import { drawn } from '../drawn.ts';
import { type DeviceCase, demandNear, deviceCase } from './device-case.ts';
import {
  AFTER_STEPS,
  batchesOf,
  classes,
  classifier,
  demandSameCourse,
  demandSameTraining,
  regressor,
  values,
  x,
} from './same-training.ts';

/** Remembers the logs of every batch, in single precision. */
class Watcher implements Callback {
  readonly seen: number[] = [];

  onBatchEnd(_: number, logs: Logs): void {
    this.seen.push(...Object.values(logs));
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

/** The first output of attention among what a mask leaves over; each sequence has one of its own. */
class Masked extends Module<readonly [x: Tensor, mask: Tensor, hidden: Tensor]> {
  readonly attention = new MultiheadAttention(4, 2, { batchFirst: true, randomState: 0 });

  forward(x: Tensor, keyPaddingMask: Tensor, attnMask: Tensor): Tensor {
    const [y] = this.attention.forward(x, x, x, { keyPaddingMask, attnMask: select(attnMask, 0, 0) });
    return select(y, 1, 0);
  }
}

export const bookkeepingCases: readonly DeviceCase[] = [
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
  deviceCase('a training in which detectAnomaly looks at each step stops at the first NaN', async gpu => {
    const model = regressor().to(gpu);
    const optimizer = new Optimizer(model.parameters(), sgd());
    const trainer = new Trainer(model, { optimizer, loss: mse, scope: body => detectAnomaly(model, body) });
    const [first, second] = batchesOf(4, values);
    await trainer.fit([first!]);
    second!.x.data[5] = Number.NaN;
    await demandRefusal(
      () => trainer.fit([first!, second!]),
      "Cannot run linear in module '0': what it is given must be finite, received NaN at position 5 of input 0 of shape (4, 6)",
    );
    await model.toCpu();
  }),
  deviceCase('averages of weights move on the device, go into checkpoints and come back', async gpu => {
    const train = async (device: GpuDevice | null) => {
      const model = regressor();
      const average = new MovingAverage(model, 0.5);
      if (device !== null) model.to(device);
      const before = await gpu.residents();
      const follow: Callback = { onBatchEnd: () => average.update() };
      const compiled = compile(model, { optimizer: sgd({ lr: 0.1 }), loss: 'mse' });
      await compiled.fit({ x, y: values }, { epochs: 2, batchSize: 11, shuffle: false, callbacks: [follow] });
      demandSame((await gpu.residents()) - before, device === null ? 0 : 4);
      const first = await average.stateDict()['0.weight']!.toCpu();
      const second = new MovingAverage(model, 0);
      second.setState(average.getState() as never);
      await model.toCpu();
      if (device !== null) {
        await demandRefusal(
          async () => average.update(),
          'Cannot update a MovingAverage: the averages must lie where the parameters do, received averages on a device, and parameters in the memory of the processor; await its toCpu()',
        );
      }
      await average.toCpu();
      await second.toCpu();
      demandSame(second.getState(), average.getState());
      average.update();
      return [first, average.stateDict()['2.bias']!];
    };
    const [here, there] = [await train(null), await train(gpu)];
    for (const [i, expected] of here.entries()) await demandNear(there[i]!, expected, 'an average', AFTER_STEPS);
  }),
  deviceCase('several inputs, masks among them', async gpu => {
    const inputs = [drawn([5, 3, 4], 5), zeros([5, 3]), zeros([5, 3, 3])];
    inputs[1]!.data.set([0, 1, 0, 0, 0, 1]);
    const batch = { x: inputs, y: drawn([5, 4], 6) };
    const make = () => new Masked();
    const [here, there] = [make(), make().to(gpu)].map(model =>
      compile(model, { optimizer: sgd({ lr: 0.1 }), loss: 'mse' }),
    );
    const options = { epochs: 3, batchSize: 5, shuffle: false };
    await demandSameCourse(await there!.fit(batch, options), await here!.fit(batch, options));
    await there!.model.toCpu();
  }),
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
