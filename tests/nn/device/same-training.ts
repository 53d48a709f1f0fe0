/** Data and models of trainers' cases, and what is asked of them: the same course on a device as on the processor. */
import {
  type CompiledModel,
  type FitOptions,
  type GpuDevice,
  type History,
  Linear,
  type Logs,
  ReLU,
  Sequential,
  Softmax,
  type Tensor,
  tensor,
} from '../../../src/nn/index.ts';
import { demandSame } from '../../kernels/gpu/case.ts';
import { drawn } from '../drawn.ts';
import { demandNear } from './device-case.ts';

/** Rounding errors of a step go into the next ones; the rules divide by roots of small numbers. */
export const AFTER_STEPS = 1e-4;

export const x = drawn([22, 6], 1);
export const classes = tensor(
  Array.from({ length: 22 }, (_, i) => (x.data[i * 6]! > 0 ? 1 : 0) + (x.data[i * 6 + 1]! > 0 ? 1 : 0)),
);
export const values = drawn([22, 2], 2);
export const batchesOf = (size: number, y: Tensor) =>
  Array.from({ length: Math.ceil(22 / size) }, (_, k) => {
    const rows = (t: Tensor) => {
      const width = t.size / 22;
      const part = t.data.slice(k * size * width, (k + 1) * size * width);
      return tensor({ data: part, shape: [part.length / width, ...t.shape.slice(1)] });
    };
    return { x: rows(x), y: rows(y) };
  });

export const classifier = () =>
  new Sequential(new Linear(6, 9, { randomState: 1 }), new ReLU(), new Linear(9, 3, { randomState: 2 }), new Softmax());
export const regressor = () =>
  new Sequential(new Linear(6, 9, { randomState: 1 }), new ReLU(), new Linear(9, 2, { randomState: 2 }));

/** @throws unless two courses measured the same, epoch by epoch. */
export async function demandSameCourse(received: History, expected: History): Promise<void> {
  demandSame(Object.keys(received.values), Object.keys(expected.values));
  for (const [name, course] of Object.entries(expected.values)) {
    await demandNear(tensor(received.values[name]!), tensor(course), `the course of ${name}`, AFTER_STEPS);
  }
}

export async function demandSameLogs(received: Logs, expected: Logs): Promise<void> {
  demandSame(Object.keys(received), Object.keys(expected));
  await demandNear(tensor(Object.values(received)), tensor(Object.values(expected)), 'the logs', AFTER_STEPS);
}

/** Trains the same model here and on the device with whole data, and then evaluates and predicts. */
export async function demandSameTraining(
  gpu: GpuDevice,
  make: () => CompiledModel,
  data: Parameters<CompiledModel['fit']>[0],
  options: () => FitOptions,
): Promise<void> {
  const [here, there] = [make(), make()];
  there.model.to(gpu);
  await demandSameCourse(await there.fit(data, options()), await here.fit(data, options()));
  await demandSameLogs(await there.evaluate(data, { batchSize: 4 }), await here.evaluate(data, { batchSize: 4 }));
  const [predicted, expected] = [await there.predict({ x }, { batchSize: 4 }), await here.predict({ x })];
  demandSame(predicted.device, null);
  await demandNear(predicted, expected, 'the prediction', AFTER_STEPS);
  demandSame(new Set(there.model.parameters().map(({ device }) => device?.name)).size, 1);
  await there.model.toCpu();
  await there.optimizer.toCpu();
}
