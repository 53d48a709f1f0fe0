import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import {
  adam,
  autocast,
  compile,
  crossEntropy,
  DataLoader,
  Dropout,
  GradScaler,
  Linear,
  loadCheckpoint,
  ModelCheckpoint,
  mean,
  mse,
  mul,
  Optimizer,
  ReLU,
  randn,
  Sequential,
  sgd,
  square,
  type Tensor,
  TensorDataset,
  Trainer,
  tensor,
  zeros,
} from '../../../src/nn/index.ts';
import { refusal } from '../../helpers/refusal.ts';

function weight(value: number) {
  const w = tensor([value], { requiresGrad: true });
  return { w, optimizer: new Optimizer([w], sgd({ lr: 1 })) };
}

test('by hand: a step with unscaled gradients, growth after two in a row, a step left out and the scale halved', () => {
  const { w, optimizer } = weight(3);
  const scaler = new GradScaler({ initScale: 8, growthInterval: 2 });
  const step = (loss: (w: Tensor) => Tensor) => {
    optimizer.zeroGrad();
    scaler.scale(loss(w)).backward();
    const isTaken = scaler.step(optimizer);
    scaler.update();
    return [isTaken, w.item(), scaler.factor];
  };
  const half = (w: Tensor) => mean(square(w));
  expect(step(half)).toEqual([true, -3, 8]); // 3 - 6
  expect(step(half)).toEqual([true, 3, 16]);
  expect(step(w => mse(w, tensor([Infinity])))).toEqual([false, 3, 8]);
  expect(step(half)).toEqual([true, -3, 8]);
  expect(scaler.getState()).toEqual({
    scale: 8,
    growthFactor: 2,
    backoffFactor: 0.5,
    growthInterval: 2,
    growthTracker: 1,
  });
});

test('unscale gives gradients to look at, and step does not divide again', () => {
  const { w, optimizer } = weight(3);
  const scaler = new GradScaler({ initScale: 4 });
  scaler.scale(mean(square(w))).backward();
  expect(w.grad!.item()).toBe(24);
  scaler.unscale(optimizer);
  expect(w.grad!.item()).toBe(6);
  scaler.step(optimizer);
  expect(w.item()).toBe(-3);
});

test('one optimizer whose gradients are not finite halves the scale for all, and alone leaves its step out', () => {
  const [a, b] = [weight(1), weight(1)];
  const scaler = new GradScaler({ initScale: 4 });
  a.w.grad = tensor([NaN]);
  b.w.grad = tensor([4]);
  expect([scaler.step(a.optimizer), scaler.step(b.optimizer)]).toEqual([false, true]);
  scaler.update();
  expect([a.w.item(), b.w.item(), scaler.factor]).toEqual([1, 0, 2]);
});

test('calls out of turn, states of another form and options that are wrong are refused by sentences', async () => {
  const { w, optimizer } = weight(1);
  const scaler = new GradScaler();
  w.grad = tensor([1]);
  expect(await refusal(() => scaler.update())).toBe(
    'InvalidInputError: Cannot update a GradScaler: gradients must have been looked at since the last update, received none; call step first',
  );
  scaler.unscale(optimizer);
  expect(await refusal(() => scaler.unscale(optimizer))).toBe(
    'InvalidInputError: Cannot unscale gradients: an optimizer has one of a kind between two updates, received another one; call update after each step',
  );
  scaler.step(optimizer);
  expect(await refusal(() => scaler.step(optimizer))).toContain('Cannot take a step: an optimizer has one');
  expect(await refusal(() => scaler.unscale(optimizer))).toContain('received one after a step');
  expect(await refusal(() => scaler.setState({ scale: 1 } as never))).toContain(
    'the scaler must hold scale, growthFactor',
  );
  expect(await refusal(() => new GradScaler({ growthFactor: 1 }))).toBe(
    'InvalidParamError: Cannot make GradScaler: growthFactor must be a number > 1, received 1',
  );
  expect(await refusal(() => scaler.update(-1))).toContain('scale must be a number > 0, received -1');
});

const x = randn([24, 3], 1);
const y = tensor(Array.from({ length: 24 }, (_, i) => (x.data[3 * i]! > 0 ? 1 : 0)));

/** A run with everything that has a state; a loss that is infinite for one batch of each epoch. */
function makeRun(seed: number, accumulate = 1) {
  const model = new Sequential(
    new Linear(3, 8, { randomState: seed }),
    new ReLU(),
    new Dropout(0.3, { randomState: seed }),
    new Linear(8, 2, { randomState: seed + 1 }),
  );
  const optimizer = new Optimizer(model.parameters(), adam({ lr: 0.05 }));
  const scaler = new GradScaler({ growthInterval: 2 });
  let batches = 0;
  const loss = (output: Tensor, target: Tensor) => {
    const plain = crossEntropy(output, target);
    return model.training && batches++ % 5 === 3 ? mul(plain, Infinity) : plain;
  };
  const trainer = new Trainer(model, { optimizer, loss, scaler, scope: autocast, accumulate });
  const loader = new DataLoader(new TensorDataset({ x, y }), { batchSize: 5, shuffle: true, randomState: seed });
  return { trainer, parts: { model, optimizer, scaler, loader } };
}

test('Trainer with both: a run that goes on from ModelCheckpoint’s file equals the run that was not stopped', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'fitwise-'));
  const [whole, first, resumed] = [makeRun(1), makeRun(1), makeRun(50)];
  await whole.trainer.fit(whole.parts.loader, { epochs: 6 });
  await first.trainer.fit(first.parts.loader, {
    epochs: 4,
    callbacks: [new ModelCheckpoint(join(folder, '{epoch}.safetensors'))],
  });
  const { loader, ...others } = resumed.parts;
  const { epoch } = await loadCheckpoint<{ epoch: number }>(join(folder, '4.safetensors'), others);
  loader.setState(first.parts.loader.getState());
  await resumed.trainer.fit(loader, { epochs: 6, initialEpoch: epoch });
  const state = ({ parts: { model, optimizer, scaler } }: typeof whole) => [
    model.parameters().map(({ data }) => [...data]),
    optimizer.getState(),
    scaler.getState(),
  ];
  expect(state(resumed)).toEqual(state(whole));
  expect(whole.parts.scaler.factor).not.toBe(65536);
});

test('Trainer: accumulated batches are scaled as one, and a window with one infinite loss is left out whole', async () => {
  const run = (scaler?: GradScaler) => {
    const model = new Linear(3, 2, { randomState: 0 });
    const optimizer = new Optimizer(model.parameters(), sgd({ lr: 0.5 }));
    const trainer = new Trainer(model, { optimizer, loss: crossEntropy, accumulate: 2, ...(scaler ? { scaler } : {}) });
    return { trainer, weights: () => model.parameters().map(({ data }) => [...data]) };
  };
  const [plain, scaled] = [run(), run(new GradScaler({ initScale: 1024 }))];
  const batches = [0, 1, 2].map(i => ({ x: randn([4, 3], i), y: zeros([4]) }));
  for (const { trainer } of [plain, scaled]) await trainer.fit(batches, { epochs: 2 });
  // A power of two scales without rounding.
  expect(scaled.weights()).toEqual(plain.weights());
  const before = scaled.weights();
  const infinite = { x: randn([4, 3], 1).like(new Float32Array(12).fill(Infinity)), y: zeros([4]) };
  await scaled.trainer.fit([infinite, batches[0]!]);
  expect(scaled.weights()).toEqual(before);
});

test('compile passes both on', async () => {
  const scaler = new GradScaler({ growthInterval: 1 });
  const model = new Linear(3, 2, { randomState: 0 });
  await compile(model, { optimizer: 'sgd', loss: crossEntropy, scaler, scope: autocast }).fit([{ x, y }], {
    epochs: 3,
  });
  expect(scaler.factor).toBe(65536 * 8);
});
