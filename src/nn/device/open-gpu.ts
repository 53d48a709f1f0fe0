import { UnsupportedError } from '../../errors/index.ts';
import type { GpuDevice } from './gpu-device.ts';

let opened: { readonly gpu: object; readonly device: GpuDevice } | undefined;

/**
 * This thread's GPU, for tensors and modules: WebGPU, WebGL2 or headless GL through the optional peer gpu.js, whichever
 * is found first; `deviceReport()` tells which. The code for it is loaded at the first call.
 *
 * What has kernels: arithmetic, comparisons, functions of one variable, sums and means, matrix products, shapes, parts
 * and concatenation, gathering and embeddings, convolutions, max and mean pools, normalisation, softmax, dropout,
 * attention, and the losses and optimizers made of them. What has none (extremes, recurrent layers, adaptive pools whose
 * windows overlap, `bce`) throws an `UnsupportedError` that names it; nothing goes through the processor unasked. Class
 * numbers and indices stay in the processor's memory, where they are checked.
 *
 * @throws UnsupportedError where there is none
 *
 * @example
 * import { adam, crossEntropy, Linear, openGpu, Optimizer, ReLU, Sequential, tensor } from 'fitwise/nn';
 * const gpu = await openGpu().catch(() => null); // null where there is none
 * if (gpu !== null) {
 *   const model = new Sequential(new Linear(2, 8), new ReLU(), new Linear(8, 2)).to(gpu);
 *   const optimizer = new Optimizer(model.parameters(), adam());
 *   const [x, y] = [tensor([[0, 1], [1, 0]]), tensor([0, 1])];
 *   for (let step = 0; step < 10; step++) {
 *     const loss = await gpu.scope(() => {
 *       optimizer.zeroGrad();
 *       const loss = crossEntropy(model.forward(x.to(gpu)), y);
 *       loss.backward();
 *       optimizer.step();
 *       return loss.toCpu();
 *     });
 *     loss.item();
 *   }
 *   await model.toCpu(); // to save it, say
 * }
 */
export async function openGpu(): Promise<GpuDevice> {
  const [kernels, { GpuDevice }] = await Promise.all([import('../../kernels/gpu/index.ts'), import('./gpu-device.ts')]);
  const { gpu, report } = await kernels.openGpu();
  if (gpu === undefined || report.backend === null) {
    const received = kernels.reasonOf(report);
    throw new UnsupportedError({ action: 'open a GPU', rule: 'there must be one', received });
  }
  if (opened?.gpu !== gpu) opened = { gpu, device: new GpuDevice(gpu, report.backend) };
  return opened.device;
}
