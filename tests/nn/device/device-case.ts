import { type GpuDevice, mul, sum, Tensor } from '../../../src/nn/index.ts';
import { drawn } from '../drawn.ts';

/**
 * What a result may differ by, as a share of 1 plus the largest value: both sides round to single precision (6e-8), a
 * GPU also each partial sum, and WebGPU grants its exponentials, logarithms and quotients some units in the last place.
 */
export const NEAR = 1e-5;

/** A test of a device, which is a GPU where there is one, and everywhere a stand-in for one. */
export interface DeviceCase {
  readonly name: string;
  run(gpu: GpuDevice): Promise<void>;
}

/** A case in a scope of its own, which must leave nothing on the device. */
export function deviceCase(name: string, body: (gpu: GpuDevice) => Promise<void>): DeviceCase {
  return {
    name,
    async run(gpu) {
      const before = await gpu.residents();
      await gpu.scope(() => body(gpu));
      const left = (await gpu.residents()) - before;
      if (left !== 0) throw new Error(`${left} tensors are left on the device`);
    },
  };
}

/** @throws if the two differ by more than the tolerance times 1 plus the largest expected value, or in shape. */
export async function demandNear(received: Tensor, expected: Tensor, what = 'the result', tolerance = NEAR) {
  const [left, right] = [received.shape.join(' x '), expected.shape.join(' x ')];
  if (left !== right) throw new Error(`${what} has shape ${left} instead of ${right}`);
  const { data } = await received.toCpu();
  const most = expected.data.reduce((size, value) => Math.max(size, Math.abs(value)), 0);
  expected.data.forEach((value, i) => {
    const off = Math.abs(data[i]! - value) / (1 + most);
    if (!(off <= tolerance)) throw new Error(`${what} has ${data[i]} instead of ${value} at place ${i}: off by ${off}`);
  });
}

/** A copy on the device that gradients flow to. */
export function leafOn(gpu: GpuDevice, x: Tensor): Tensor {
  const leaf = x.to(gpu);
  leaf.requiresGrad = true;
  return leaf;
}

/**
 * Runs an operation on copies of the inputs here and on the device, and a weighted sum of its values back.
 *
 * @throws unless values and gradients agree
 */
export async function demandAgreement(
  gpu: GpuDevice,
  f: (...inputs: Tensor[]) => Tensor,
  inputs: readonly Tensor[],
  what = '',
  tolerance = NEAR,
): Promise<void> {
  const own = inputs.map(x => new Tensor(x.data.slice(), x.shape, { requiresGrad: true }));
  const theirs = inputs.map(x => leafOn(gpu, x));
  const [expected, received] = [f(...own), f(...theirs)];
  const weights = drawn(expected.shape, 99);
  sum(mul(expected, weights)).backward();
  sum(mul(received, weights.to(gpu))).backward();
  await demandNear(received, expected, `the result${what}`, tolerance);
  for (const [i, leaf] of own.entries()) {
    await demandNear(theirs[i]!.grad!, leaf.grad!, `gradient ${i}${what}`, tolerance);
  }
}
