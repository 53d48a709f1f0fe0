/**
 * The step of Adam in single precision: some ten operations a value. The fast version takes a piece of the arrays into
 * the arena at a time, so that the copies stay in the caches; it agrees with the reference to the bit.
 */
import { ownArena } from '../arena.ts';
import { WASM_BASE64 } from '../generated/adam.ts';
import { lazyKernel } from '../load.ts';
import { inPieces } from '../pieces.ts';
import { type AdamArrays, type AdamFactors, adamDescend, adamStep, type DescentArrays } from './reference.ts';

export type { AdamArrays, AdamFactors, DescentArrays };

interface AdamExports {
  adamStep: AdamLoop;
  adamDescend: AdamLoop;
}

type AdamLoop = (
  gradient: number, mean: number, square: number, out: number, quads: number,
  beta1: number, beta2: number, rest1: number, rest2: number, scale: number, root: number, eps: number,
  rate: number,
) => void; // biome-ignore format: as the kernel's parameters

/** Below this many values the way into the arena and back costs more than it saves. */
const SMALL = 64;

const kernel = lazyKernel<AdamExports>(WASM_BASE64, ownArena);

/** One step of Adam over arrays of one length. */
export function adamStepInto(arrays: AdamArrays, factors: AdamFactors): void {
  const { gradient, mean, square, nextMean, nextSquare, update } = arrays;
  const fast = gradient.length < SMALL ? undefined : kernel();
  if (fast === undefined) {
    adamStep(arrays, factors);
    return;
  }
  const passed = { inputs: [mean, square, gradient], outputs: [nextMean, nextSquare, update], areOne: true };
  inPieces(passed, ([mean, square, gradient], [, , update], _, count) =>
    fast.adamStep(gradient!, mean!, square!, update!, quadsOf(count), ...numbersOf(factors)),
  );
}

/** The same in place, with the update added to the parameters. */
export function adamDescendInto(arrays: DescentArrays, factors: AdamFactors): void {
  const { gradient, mean, square, parameters } = arrays;
  const fast = gradient.length < SMALL ? undefined : kernel();
  if (fast === undefined) {
    adamDescend(arrays, factors);
    return;
  }
  const outputs = [mean, square, parameters];
  inPieces(
    { inputs: [...outputs, gradient], outputs, areOne: true },
    ([mean, square, parameters, gradient], _, __, count) =>
      fast.adamDescend(gradient!, mean!, square!, parameters!, quadsOf(count), ...numbersOf(factors)),
  );
}

function numbersOf({ beta1, beta2, scale, root, eps, rate = 1 }: AdamFactors) {
  return [beta1, beta2, 1 - beta1, 1 - beta2, scale, root, eps, rate] as const;
}

function quadsOf(count: number): number {
  return Math.ceil(count / 4);
}
