/**
 * The step of Adam in single precision: some ten operations a value. The fast version takes a piece of the arrays into
 * the arena at a time, so that the copies stay in the caches; it agrees with the reference to the bit.
 */
import { ownArena } from '../arena.ts';
import { WASM_BASE64 } from '../generated/adam.ts';
import { lazyKernel } from '../load.ts';
import { inPieces } from '../pieces.ts';
import { type AdamArrays, type AdamFactors, adamStep } from './reference.ts';

export type { AdamArrays, AdamFactors };

interface AdamExports {
  adamStep(
    gradient: number, mean: number, square: number, update: number, quads: number,
    beta1: number, beta2: number, rest1: number, rest2: number, scale: number, root: number, eps: number,
    rate: number,
  ): void; // biome-ignore format: as the kernel's parameters
}

/** Below this many values the way into the arena and back costs more than it saves. */
const SMALL = 64;

const kernel = lazyKernel<AdamExports>(WASM_BASE64, ownArena);

/** One step of Adam over arrays of one length. */
export function adamStepInto(arrays: AdamArrays, factors: AdamFactors): void {
  const { length } = arrays.gradient;
  const fast = length < SMALL ? undefined : kernel();
  if (fast === undefined) adamStep(arrays, factors);
  else stepInPieces(fast, arrays, factors);
}

function stepInPieces(fast: AdamExports, arrays: AdamArrays, factors: AdamFactors): void {
  const { beta1, beta2, scale, root, eps, rate = 1 } = factors;
  const passed = {
    inputs: [arrays.mean, arrays.square, arrays.gradient],
    outputs: [arrays.nextMean, arrays.nextSquare, arrays.update],
    areOne: true,
  };
  inPieces(
    passed,
    ([mean, square, gradient], [, , update], _, count) =>
    fast.adamStep(
      gradient!, mean!, square!, update!, Math.ceil(count / 4),
      beta1, beta2, 1 - beta1, 1 - beta2, scale, root, eps, rate,
    ), // biome-ignore format: as the kernel's parameters
  );
}
