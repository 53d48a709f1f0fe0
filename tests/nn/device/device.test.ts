/** Tensors on a device without a GPU: a stand-in runs the same kernels. */
import { describe, expect, test } from 'vitest';
import { GpuDevice } from '../../../src/nn/device/gpu-device.ts';
import { add, crossEntropy, Linear, mul, openGpu, tensor } from '../../../src/nn/index.ts';
import { copyOfData } from '../../../src/nn/tensor/index.ts';
import { standInCases } from './device-cases.ts';
import { PlainGpu } from './plain-gpu.ts';

const plain = () => {
  const gpu = new PlainGpu();
  return { gpu, device: new GpuDevice(gpu, 'plain') };
};

describe('every case of a GPU, on a stand-in', () => {
  for (const { name, run } of standInCases) test(name, () => run(plain().device));
});

test('without gpu.js opening a GPU is refused', async () => {
  await expect(openGpu()).rejects.toThrow(
    'Cannot open a GPU: there must be one, received gpu.js: the package is not installed',
  );
});

test('reading at once is refused by item, toArray and data alike', () => {
  const { device } = plain();
  const x = tensor(1).to(device);
  const sentence =
    'Cannot read the values of a tensor: it must lie in the memory of the processor, received a tensor on plain; await its toCpu()';
  for (const read of [() => x.item(), () => x.toArray(), () => x.data]) expect(read).toThrow(sentence);
});

test('an operation that fails makes what depends on it fail at its reading, and nothing else', async () => {
  const { gpu, device } = plain();
  const before = mul(tensor([1, 2]).to(device), 2);
  await before.toCpu();
  gpu.isLost = true;
  const after = add(mul(before, 3), 1);
  await device.residents(); // nothing is rejected while nobody reads
  gpu.isLost = false;
  const sentence = 'Cannot compute on plain: the device must do it, received the device was lost';
  await expect(after.toCpu()).rejects.toThrow(sentence);
  expect((await before.toCpu()).toArray()).toEqual([2, 4]);
});

test('memory that a lost device does not free stops nobody who reads after it', async () => {
  const { gpu, device } = plain();
  const x = tensor([1, 2]).to(device);
  await x.toCpu();
  gpu.isLost = true;
  await device.scope(() => {
    mul(x, 2);
  });
  device.free(x);
  await device.residents();
  gpu.isLost = false;
  expect((await tensor([3]).to(device).toCpu()).toArray()).toEqual([3]);
});

test('a model stays where it is if its way back fails', async () => {
  const { gpu, device } = plain();
  const model = new Linear(2, 1).to(device);
  gpu.isLost = true;
  await expect(model.toCpu()).rejects.toThrow('the device was lost');
  expect(model.parameters().map(({ device }) => device?.name)).toEqual(['plain', 'plain']);
});

test('class numbers of data that came to a device are known until something is put in their place', async () => {
  const { device } = plain();
  const [scores, classes] = [tensor([[0, 0]]).to(device), copyOfData(device, tensor([1]))];
  expect((await crossEntropy(scores, classes).toCpu()).item()).toBeCloseTo(Math.LN2);
  classes.assign(tensor([0]));
  expect(() => crossEntropy(scores, classes)).toThrow('Cannot check class numbers: it needs a tensor in the memory');
});
