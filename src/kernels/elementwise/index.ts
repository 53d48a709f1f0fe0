/**
 * Simple arithmetic in single precision, element by element: one operation a value. The fast version takes the arrays
 * through the arena piece by piece; it agrees with the reference to the bit.
 */
import { ownArena } from '../arena.ts';
import { WASM_BASE64 } from '../generated/elementwise.ts';
import { lazyKernel } from '../load.ts';
import { inPieces } from '../pieces.ts';
import * as reference from './reference.ts';

interface ElementwiseExports {
  rectify(x: number, out: number, quads: number): void;
  passPositive(y: number, grad: number, out: number, quads: number): void;
  add(a: number, b: number, out: number, quads: number): void;
  multiply(a: number, b: number, out: number, quads: number): void;
  scale(x: number, factor: number, out: number, quads: number): void;
}

/** Below this many values the way into the arena and back costs more than it saves. */
const SMALL = 1024;

const kernel = lazyKernel<ElementwiseExports>(WASM_BASE64, ownArena);

/** max(x, 0), and NaN for NaN. */
export function rectifyInto(x: Float32Array, out: Float32Array): void {
  const fast = kernelFor(out);
  if (fast === undefined) reference.rectify(x, out);
  else inPieces({ inputs: [x], outputs: [out] }, ([x], [out], _, n) => fast.rectify(x!, out!, quadsOf(n)));
}

/** The gradient where y > 0, and 0 elsewhere. */
export function passPositiveInto(y: Float32Array, grad: Float32Array, out: Float32Array): void {
  const fast = kernelFor(out);
  if (fast === undefined) reference.passPositive(y, grad, out);
  else throughPair(fast.passPositive, y, grad, out);
}

/** a + b. */
export function addInto(a: Float32Array, b: Float32Array, out: Float32Array): void {
  const fast = kernelFor(out);
  if (fast === undefined) reference.add(a, b, out);
  else throughPair(fast.add, a, b, out);
}

/** a b. */
export function multiplyInto(a: Float32Array, b: Float32Array, out: Float32Array): void {
  const fast = kernelFor(out);
  if (fast === undefined) reference.multiply(a, b, out);
  else throughPair(fast.multiply, a, b, out);
}

/** factor x, the factor rounded to single precision. */
export function scaleInto(x: Float32Array, factor: number, out: Float32Array): void {
  const fast = kernelFor(out);
  if (fast === undefined) reference.scale(x, factor, out);
  else inPieces({ inputs: [x], outputs: [out] }, ([x], [out], _, n) => fast.scale(x!, factor, out!, quadsOf(n)));
}

function kernelFor({ length }: Float32Array): ElementwiseExports | undefined {
  return length < SMALL ? undefined : kernel();
}

function throughPair(run: ElementwiseExports['add'], a: Float32Array, b: Float32Array, out: Float32Array): void {
  inPieces({ inputs: [a, b], outputs: [out] }, ([a, b], [out], _, count) => run(a!, b!, out!, quadsOf(count)));
}

function quadsOf(count: number): number {
  return Math.ceil(count / 4);
}
