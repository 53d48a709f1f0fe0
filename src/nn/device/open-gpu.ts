import { UnsupportedError } from '../../errors/index.ts';
import type { GpuDevice } from './gpu-device.ts';

let opened: { readonly gpu: object; readonly device: GpuDevice } | undefined;

/**
 * This thread's GPU, for tensors and modules: WebGPU, WebGL2 or headless GL through the optional peer gpu.js, whichever
 * is found first; `deviceReport()` tells which. The code for it is loaded at the first call.
 *
 * All operations, layers, losses and optimizers have kernels. {@link Trainer} and {@link compile} train, evaluate and
 * predict where the model lies: they bring each batch there, read losses and metrics every few batches, and free the rest.
 * A loop of one's own runs each step in a {@link GpuDevice.scope}; class numbers and indices stay in the processor's memory
 * in it, where they are checked.
 *
 * What needs values at once throws an `UnsupportedError` that names it, and nothing goes through the processor unasked:
 * {@link GradScaler}, {@link autocast}, {@link clipGradNorm} ({@link clipByNorm} has kernels), {@link memoryReport} and {@link gradientFlow}. So do empty tensors and tensors of more than 2^24 values.
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
 *   await model.toCpu(); // what is not moved back stays there
 *   await optimizer.toCpu();
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
