import {
  add,
  arange,
  Linear,
  mul,
  openGpu,
  permute,
  reshape,
  sub,
  sum,
  type Tensor,
  tensor,
} from '../../../src/nn/index.ts';
import { demandRefusal, demandSame, type GpuCase } from '../../kernels/gpu/case.ts';
import { demandNear } from './device-case.ts';
import { deviceCases } from './device-cases.ts';

/** Above 65535 groups of 64 threads, and above what a quotient of single precision keeps exact. */
const LARGE = 4_400_000;

const beside = ({ device }: Tensor, constant: Tensor) => (device === null ? constant : constant.to(device));

/** Where values differ that were moved alone. */
async function firstOdd(received: Tensor, { data }: Tensor): Promise<number> {
  const copy = await received.toCpu();
  return copy.data.findIndex((value, i) => value !== data[i]);
}

/** Tensors, modules and optimizers on the GPU of this host; the last case loses the device. */
export const nnCases: readonly GpuCase[] = [
  ...deviceCases.map(({ name, run }) => ({ name: `nn: ${name}`, run: async () => run(await openGpu()) })),
  {
    name: 'nn: more threads than one direction of a dispatch has: places stay exact, also behind divisions',
    async run() {
      const gpu = await openGpu();
      const x = reshape(arange(LARGE), [LARGE / 1000, 1000]);
      const row = arange(1000);
      const digits = (t: Tensor) => sum(sub(add(t, beside(t, row)), mul(t, 0.5)), 0);
      await gpu.scope(() => demandNear(digits(x.to(gpu)), digits(x)));
      const turned = (t: Tensor) => permute(reshape(t, [2, LARGE / 4000, 4, 500]), [2, 0, 3, 1]);
      await gpu.scope(async () => demandSame(await firstOdd(turned(x.to(gpu)), turned(x)), -1));
      await gpu.residents();
    },
  },
  {
    name: 'nn: a lost device fails at the reading, and the next one is opened afresh',
    async run() {
      const gpu = await openGpu();
      if (gpu.name !== 'webgpu') return; // the others cannot be lost from here
      const model = new Linear(2, 1).to(gpu);
      await model.weight.toCpu();
      await loseDevice();
      const sentence =
        'Cannot compute on webgpu: the device must do it, received WebGPU device was lost; call kernel.destroy() (or gpu.destroy()) and run again to rebuild on a fresh device';
      await demandRefusal(() => gpu.scope(() => mul(model.weight, 2).toCpu()), sentence);
      gpu.free(model.weight);
      gpu.free(model.bias!);
      await gpu.residents();
      const next = await openGpu();
      demandSame(next === gpu, false);
      const doubled = await next.scope(() => mul(tensor([1, 2]).to(next), 2).toCpu());
      demandSame(doubled.toArray(), [2, 4]);
    },
  },
];

async function loseDevice(): Promise<void> {
  const kernels = await import('../../../src/kernels/gpu/index.ts');
  const { gpu } = await kernels.openGpu();
  const { device } = gpu!.context as { device: { destroy(): void; lost: Promise<unknown> } };
  device.destroy();
  await device.lost;
}
