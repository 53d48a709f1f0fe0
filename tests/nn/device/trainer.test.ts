/** What trainers on a device do to the world around them: readings, files. */
import { mkdtempSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { GpuDevice } from '../../../src/nn/device/gpu-device.ts';
import {
  adam,
  type Callback,
  compile,
  Dropout,
  Linear,
  loadCheckpoint,
  loadWeights,
  ModelCheckpoint,
  Optimizer,
  ProgressBar,
  Sequential,
  saveCheckpoint,
  saveWeights,
  TensorBoard,
  tensor,
} from '../../../src/nn/index.ts';
import { drawn } from '../drawn.ts';
import { PlainGpu } from './plain-gpu.ts';

const folder = mkdtempSync(join(tmpdir(), 'device-'));
const device = () => new GpuDevice(new PlainGpu(), 'plain');
const data = { x: drawn([40, 3], 1), y: drawn([40, 1], 2) };
const make = () =>
  new Sequential(
    new Linear(3, 4, { randomState: 0 }),
    new Dropout(0.2, { randomState: 1 }),
    new Linear(4, 1, { randomState: 2 }),
  );
const compiledOn = (gpu: GpuDevice | null, model = make()) => {
  if (gpu !== null) model.to(gpu);
  return compile(model, { optimizer: adam({ lr: 0.05 }), loss: 'mse', metrics: ['mae'] });
};
const options = { batchSize: 2, shuffle: false };

describe('readings of an epoch of 20 batches', () => {
  class CountingGpu extends PlainGpu {
    readings = 0;

    override read(...args: Parameters<PlainGpu['read']>) {
      this.readings++;
      return super.read(...args);
    }
  }
  const readingsOf = async (callbacks: readonly Callback[]) => {
    const gpu = new CountingGpu();
    await compiledOn(new GpuDevice(gpu, 'plain')).fit(data, { ...options, callbacks });
    return gpu.readings;
  };

  test('are one for every 8 batches, and one for the rest', async () => {
    expect(await readingsOf([])).toBe(3);
  });

  test('are no more where callbacks look at epochs alone', async () => {
    expect(await readingsOf([new TensorBoard({ logDir: join(folder, 'logs') })])).toBe(3);
  });

  test('are one a batch where a callback looks at batches', async () => {
    expect(await readingsOf([new ProgressBar({ stream: { write: () => {} } })])).toBe(20);
  });
});

test('a checkpoint of a model on a device is that of the model after it has come back', async () => {
  const gpu = device();
  const compiled = compiledOn(gpu);
  const { model, optimizer } = compiled;
  await compiled.fit(data, options);
  const [there, here] = [join(folder, 'there.safetensors'), join(folder, 'here.safetensors')];
  await saveCheckpoint(there, { model, optimizer }, { epoch: 1 });
  const weights = join(folder, 'weights.safetensors');
  await saveWeights(model, weights);
  await model.toCpu();
  await optimizer.toCpu();
  await saveCheckpoint(here, { model, optimizer }, { epoch: 1 });
  expect(await readFile(there)).toEqual(await readFile(here));
  expect((await loadWeights(weights))['0.weight']!.toArray()).toEqual(model.stateDict()['0.weight']!.toArray());
});

test('a run that is stopped and resumed on a device equals the uninterrupted run bit for bit, and leaves nothing', async () => {
  const gpu = device();
  const whole = compiledOn(gpu);
  const { values } = await whole.fit(data, { ...options, epochs: 4 });
  const path = join(folder, 'run-{epoch:02d}.safetensors');
  await compiledOn(gpu).fit(data, { ...options, epochs: 2, callbacks: [new ModelCheckpoint(path)] });
  const before = await gpu.residents();
  const { model, optimizer } = compiledOn(gpu);
  await loadCheckpoint(join(folder, 'run-02.safetensors'), { model, optimizer });
  // As many pieces as the parameters: what the file held is in their place.
  expect((await gpu.residents()) - before).toBe(4);
  const rest = await compile(model, { optimizer, loss: 'mse', metrics: ['mae'] }).fit(data, {
    ...options,
    epochs: 4,
    initialEpoch: 2,
  });
  expect(rest.values).toEqual({ loss: values.loss!.slice(2), mae: values.mae!.slice(2) });
  expect((await gpu.residents()) - before).toBe(12);
});

test('a checkpoint that does not fit leaves a model on a device as it was', async () => {
  const gpu = device();
  const path = join(folder, 'other.safetensors');
  const other = new Linear(3, 1);
  await saveCheckpoint(path, { model: other, optimizer: new Optimizer(other.parameters(), adam()) });
  const model = new Linear(3, 1, { randomState: 4 }).to(gpu);
  const before = await gpu.residents();
  const wrong = new Optimizer([tensor([1], { requiresGrad: true })], adam());
  await expect(loadCheckpoint(path, { model, optimizer: wrong })).rejects.toThrow('Cannot restore an optimizer');
  expect(await gpu.residents()).toBe(before);
  expect((await model.weight.toCpu()).toArray()).toEqual(new Linear(3, 1, { randomState: 4 }).weight.toArray());
});
