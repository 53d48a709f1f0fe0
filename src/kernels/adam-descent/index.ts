/**
 * The step of Adam in double precision, taken by the parameters at once: some ten operations a value. The fast version
 * takes a piece of the arrays into the arena at a time; it agrees with the reference to the bit.
 */
import { ownArena } from '../arena.ts';
import { WASM_BASE64 } from '../generated/adam-descent.ts';
import { lazyKernel } from '../load.ts';
import { inPieces } from '../pieces.ts';
import { type DescentArrays, type DescentFactors, descendByAdam } from './reference.ts';

export interface DescentExports {
  descendByAdam(
    params: number, gradient: number, mean: number, square: number, pairs: number, beta1: number, beta2: number,
    rest1: number, rest2: number, rate: number, epsilon: number,
  ): void; // biome-ignore format: as the kernel's parameters
}

/** Below this many values the way into the arena and back costs more than it saves. */
const SMALL = 128;

const kernel = lazyKernel<DescentExports>(WASM_BASE64, ownArena);

/** One step of Adam: parameters, means and squares are changed in place. */
export function descendByAdamInto(arrays: DescentArrays, factors: DescentFactors): void {
  const { params, gradient, mean, square } = arrays;
  const fast = params.length < SMALL ? undefined : kernel();
  if (fast === undefined) {
    descendByAdam(arrays, factors);
    return;
  }
  const { beta1, beta2, rate, epsilon } = factors;
  const passed = { inputs: [params, mean, square, gradient], outputs: [params, mean, square], areOne: true };
  inPieces(passed, ([p, m, v, g], _, __, count) =>
    fast.descendByAdam(p!, g!, m!, v!, Math.ceil(count / 2), beta1, beta2, 1 - beta1, 1 - beta2, rate, epsilon),
  );
}
