import { WASM_BASE64 } from '../generated/k-means.ts';
import { lazyKernel } from '../load.ts';

export const kMeansKernel = lazyKernel<object>(WASM_BASE64);
