/**
 * The step of Adam in single precision: some ten operations a value. The fast version takes a piece of the arrays into
 * the arena at a time, so that the copies stay in the first-level caches; it agrees with the reference to the bit.
 */
import { withScratch } from '../arena.ts';
import { WASM_BASE64 } from '../generated/adam.ts';
import { lazyKernel } from '../load.ts';
import { type AdamArrays, type AdamFactors, adamStep } from './reference.ts';

export type { AdamArrays, AdamFactors };

interface AdamExports {
  adamStep(
    gradient: number, mean: number, square: number, update: number, quads: number,
    beta1: number, beta2: number, rest1: number, rest2: number, scale: number, root: number, eps: number,
  ): void; // biome-ignore format: as the kernel's parameters
}

/** Values of one piece: four arrays of 8 kB. */
const PIECE = 2048;
/** Below this many values the way into the arena and back costs more than it saves. */
const SMALL = 64;

const kernel = lazyKernel<AdamExports>(WASM_BASE64);

/** One step of Adam over arrays of one length. */
export function adamStepInto(arrays: AdamArrays, factors: AdamFactors): void {
  const { length } = arrays.gradient;
  const fast = length < SMALL ? undefined : kernel();
  if (fast === undefined) adamStep(arrays, factors);
  else stepInPieces(fast, arrays, factors);
}

function stepInPieces(fast: AdamExports, arrays: AdamArrays, factors: AdamFactors): void {
  const { length } = arrays.gradient;
  const { beta1, beta2, scale, root, eps } = factors;
  const bytes = PIECE * Float32Array.BYTES_PER_ELEMENT;
  withScratch([bytes, bytes, bytes, bytes], scratch => {
    const [g, m, v, u] = [0, 1, 2, 3].map(() => scratch.float32(PIECE)) as [
      Float32Array,
      Float32Array,
      Float32Array,
      Float32Array,
    ];
    for (let from = 0; from < length; from += PIECE) {
      const to = Math.min(length, from + PIECE);
      g.set(arrays.gradient.subarray(from, to));
      m.set(arrays.mean.subarray(from, to));
      v.set(arrays.square.subarray(from, to));
      const quads = Math.ceil((to - from) / 4);
      fast.adamStep(
        g.byteOffset, m.byteOffset, v.byteOffset, u.byteOffset, quads,
        beta1, beta2, 1 - beta1, 1 - beta2, scale, root, eps,
      ); // biome-ignore format: as the kernel's parameters
      arrays.mean.set(m.subarray(0, to - from), from);
      arrays.square.set(v.subarray(0, to - from), from);
      arrays.update.set(u.subarray(0, to - from), from);
    }
  });
}
