export { DeviceMemory, type OnDevice } from './device-memory.ts';
export { Gpu, type GpuKernel, type Resident } from './gpu.ts';
export { deviceReport, forgetGpu, type Opened, openGpu } from './open-gpu.ts';
export { type DeviceReport, type GpuBackend, reasonOf } from './report.ts';
export { sumRoundoff } from './sample-check.ts';
export { blocksOf, sumSource } from './sum-source.ts';
