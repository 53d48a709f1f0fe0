import { ownArena } from '../arena.ts';
import { WASM_BASE64 } from '../generated/matmul-single.ts';
import { lazyKernel } from '../load.ts';
import { scratchOf, type WholeExports } from '../matmul/at-once.ts';
import type { PanelExports } from '../matmul/blocked.ts';

export interface SingleExports extends PanelExports, WholeExports {}

/** Products of single precision over this thread's own arena. */
export const ownProductKernel = lazyKernel<SingleExports>(WASM_BASE64, ownArena);

/** Bytes of scratch of a product of single precision. */
export const PRODUCT_SCRATCH = scratchOf(Float32Array.BYTES_PER_ELEMENT);
