export { type DeviceReport, deviceReport, type GpuBackend } from './gpu/index.ts';
export { type KernelReport, kernelReport, lazyKernel } from './load.ts';
export { gram, gramWork, type MatmulOptions, matmul, matmulWork } from './matmul/index.ts';
export { multiplySingleInto, multiplySingleWork, type SingleProductOptions } from './matmul-single/index.ts';
export { isWorthApplying, Rotations, rotateRowsWork } from './rotate-rows/index.ts';
