import { Linear, mul, openGpu, tensor } from '../../../src/nn/index.ts';
import { demandRefusal, demandSame, type GpuCase } from '../../kernels/gpu/case.ts';
import { deviceCases } from './device-cases.ts';

/** Tensors, modules and optimizers on the GPU of this host; the last case loses the device. */
export const nnCases: readonly GpuCase[] = [
  ...deviceCases.map(({ name, run }) => ({ name: `nn: ${name}`, run: async () => run(await openGpu()) })),
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
