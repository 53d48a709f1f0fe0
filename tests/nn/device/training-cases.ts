/** Trainings on a GPU and on the processor, step by step: the same losses, and nothing left over from any step. */
import {
  AdaptiveAvgPool2d,
  adagrad,
  adam,
  adamw,
  BatchNorm1d,
  BatchNorm2d,
  Conv2d,
  chain,
  clipByNorm,
  clipByValue,
  crossEntropy,
  Dropout,
  Flatten,
  type GpuDevice,
  Linear,
  lion,
  MaxPool2d,
  mse,
  Optimizer,
  ReLU,
  rmsprop,
  Sequential,
  sgd,
  Tanh,
  Tensor,
  type Transform,
  tensor,
} from '../../../src/nn/index.ts';
import { demandRefusal, demandSame } from '../../kernels/gpu/case.ts';
import { drawn } from '../drawn.ts';
import { type DeviceCase, demandNear, deviceCase } from './device-case.ts';

/** Rounding errors of a step go into the next ones; the rules divide by roots of small numbers. */
const AFTER_STEPS = 1e-4;
const STEPS = 5;

const features = drawn([12, 6], 1);
const targets = drawn([12, 2], 2);
const images = drawn([6, 1, 12, 12], 3);
const digits = tensor([3, 1, 4, 1, 5, 9]);

const mlp = () =>
  new Sequential(
    new Linear(6, 9, { randomState: 1 }),
    new Tanh(),
    new BatchNorm1d(9),
    new Linear(9, 2, { randomState: 2 }),
  );
const convNet = () =>
  new Sequential(
    new Conv2d(1, 4, { kernelSize: 3, padding: 1, randomState: 1 }),
    new BatchNorm2d(4),
    new ReLU(),
    new MaxPool2d(2),
    new Conv2d(4, 8, { kernelSize: 3, padding: 1, randomState: 2 }),
    new BatchNorm2d(8),
    new ReLU(),
    new MaxPool2d(2),
    new AdaptiveAvgPool2d(1),
    new Flatten(),
    new Dropout(0.3, { randomState: 5 }),
    new Linear(8, 10, { randomState: 3 }),
  );

interface Training {
  readonly model: Sequential;
  readonly optimizer: Optimizer;
  readonly loss: (model: Sequential, gpu: GpuDevice | null) => Tensor;
}

const regression = (rule: Transform): Training => {
  const model = mlp();
  const there = (x: Tensor, gpu: GpuDevice | null) => (gpu === null ? x : x.to(gpu));
  const loss = (model: Sequential, gpu: GpuDevice | null) =>
    mse(model.forward(there(features, gpu)), there(targets, gpu));
  return { model, optimizer: new Optimizer(model.parameters(), rule), loss };
};
const classification = (rule: Transform): Training => {
  const model = convNet();
  const loss = (model: Sequential, gpu: GpuDevice | null) =>
    crossEntropy(model.forward(gpu === null ? images : images.to(gpu)), digits, { labelSmoothing: 0.1 });
  return { model, optimizer: new Optimizer(model.parameters(), rule), loss };
};

function step({ model, optimizer, loss }: Training, gpu: GpuDevice | null): Tensor {
  optimizer.zeroGrad();
  const value = loss(model, gpu);
  value.backward();
  optimizer.step();
  return value;
}

/** Trains both, and @throws unless each step has the same loss; gives the number of residents after each step. */
async function trainBoth(gpu: GpuDevice, here: Training, there: Training): Promise<number[]> {
  const residents: number[] = [];
  there.model.to(gpu);
  for (let i = 0; i < STEPS; i++) {
    const loss = await gpu.scope(() => step(there, gpu).toCpu());
    await demandNear(loss, step(here, null), `the loss of step ${i}`, AFTER_STEPS);
    residents.push(await gpu.residents());
  }
  return residents;
}

async function demandSameState({ model }: Training, other: Training): Promise<void> {
  const state = other.model.stateDict();
  for (const [name, tensor] of Object.entries(model.stateDict())) {
    await demandNear(state[name]!, tensor, name, AFTER_STEPS);
  }
}

/** Whether the rules of an optimizer remember anything of a parameter but numbers. */
function hasMemory(optimizer: Optimizer): boolean {
  return JSON.stringify(optimizer.getState(), (_, x) => (x instanceof Tensor ? 'a tensor' : x)).includes('a tensor');
}

const RULES: Readonly<Record<string, () => Transform>> = {
  sgd: () => sgd({ lr: 0.05 }),
  'sgd with momentum and decay': () => sgd({ lr: 0.02, momentum: 0.9, dampening: 0.1, weightDecay: 0.01 }),
  'sgd after Nesterov': () => sgd({ lr: 0.02, momentum: 0.9, nesterov: true }),
  adam: () => adam({ lr: 0.01, weightDecay: 0.01 }),
  adamw: () => adamw({ lr: 0.01 }),
  rmsprop: () => rmsprop({ momentum: 0.5 }),
  'rmsprop, centered': () => rmsprop({ centered: true, lr: 0.005 }),
  adagrad: () => adagrad({ lr: 0.05, lrDecay: 0.1 }),
  lion: () => lion({ lr: 0.001, weightDecay: 0.1 }),
  'gradients clipped by norm and value': () => chain(clipByNorm(0.5), clipByValue(0.1), sgd({ lr: 0.1 })),
};

export const trainingCases: readonly DeviceCase[] = [
  ...Object.entries(RULES).map(([name, rule]) =>
    deviceCase(`${name}: an MLP trains as on the processor, and no step leaves anything behind`, async gpu => {
      const [here, there] = [regression(rule()), regression(rule())];
      const residents = await trainBoth(gpu, here, there);
      demandSame(new Set(residents.slice(1)).size, 1);
      await demandSameState(here, there);
      await there.model.toCpu();
      if (hasMemory(there.optimizer)) {
        await demandRefusal(
          async () => step(there, null),
          'Cannot step an optimizer: what it remembers must lie where its parameters do, received a state on a device, and parameters in the memory of the processor; await its toCpu()',
        );
        await there.optimizer.toCpu();
      }
      await demandNear(step(there, null), step(here, null), 'the loss of a step back on the processor', AFTER_STEPS);
    }),
  ),
  deviceCase('the ConvNet trains as on the processor: batch statistics, dropped values and all', async gpu => {
    const [here, there] = [
      classification(sgd({ lr: 0.05, momentum: 0.9 })),
      classification(sgd({ lr: 0.05, momentum: 0.9 })),
    ];
    const residents = await trainBoth(gpu, here, there);
    demandSame(new Set(residents.slice(1)).size, 1);
    await demandSameState(here, there);
    const [expected, received] = [here.model.eval().forward(images), there.model.eval().forward(images.to(gpu))];
    await demandNear(received, expected, 'the prediction', AFTER_STEPS);
    await there.model.toCpu();
    await there.optimizer.toCpu();
  }),
  deviceCase('adam on the ConvNet: the same losses', async gpu => {
    const [here, there] = [classification(adam({ lr: 0.003 })), classification(adam({ lr: 0.003 }))];
    await trainBoth(gpu, here, there);
    await there.model.toCpu();
    await there.optimizer.toCpu();
  }),
];
