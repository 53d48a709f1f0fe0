export type { GpuDevice } from './gpu-device.ts';
export { openGpu } from './open-gpu.ts';
