/**
 * Lines of values in single precision and numbers of each line in double precision: two to six operations a value. The
 * fast version takes some lines into the arena at a time; it agrees with the reference to the bit.
 */
import { ownArena } from '../arena.ts';
import { WASM_BASE64 } from '../generated/channel-lines.ts';
import { lazyKernel } from '../load.ts';
import { inPieces } from '../pieces.ts';
import * as reference from './reference.ts';

interface LineExports {
  sumLines(x: number, lines: number, inner: number, sums: number): void;
  sumSquares(x: number, lines: number, inner: number, means: number, sums: number): void;
  sumGradients: (
    grad: number, x: number, lines: number, inner: number, means: number, plain: number, products: number,
  ) => void; // biome-ignore format: as the kernel's parameters
  scaleLines(x: number, lines: number, inner: number, scales: number, shifts: number, out: number): void;
  combineLines: (
    grad: number, x: number, lines: number, inner: number, factors: number, slopes: number, shifts: number,
    out: number,
  ) => void; // biome-ignore format: as the kernel's parameters
}

/** Below this many values the way into the arena and back costs more than it saves. */
const SMALL = 1024;
const DOUBLE = Float64Array.BYTES_PER_ELEMENT;

const kernel = lazyKernel<LineExports>(WASM_BASE64, ownArena);

/** The sum of each line of `inner` values. */
export function sumLinesInto(x: Float32Array, inner: number, sums: Float64Array): void {
  const fast = kernelFor(x);
  if (fast === undefined) {
    reference.sumLines(x, inner, sums);
    return;
  }
  inPieces({ inputs: [x], outputs: [], unit: inner, tables: [sums] }, ([x], _, [sums], lines, from) =>
    fast.sumLines(x!, lines, inner, sums! + from * DOUBLE),
  );
}

/** The sum of squared deviations of each line from its mean. */
export function sumSquaresInto(x: Float32Array, inner: number, means: Float64Array, sums: Float64Array): void {
  const fast = kernelFor(x);
  if (fast === undefined) {
    reference.sumSquares(x, inner, means, sums);
    return;
  }
  inPieces({ inputs: [x], outputs: [], unit: inner, tables: [means, sums] }, ([x], _, [means, sums], lines, from) =>
    fast.sumSquares(x!, lines, inner, means! + from * DOUBLE, sums! + from * DOUBLE),
  );
}

/** The sums of g and of g (x - mean) of each line. */
export function sumGradientsInto(
  grad: Float32Array,
  x: Float32Array,
  inner: number,
  means: Float64Array,
  plain: Float64Array,
  products: Float64Array,
): void {
  const fast = kernelFor(x);
  if (fast === undefined) {
    reference.sumGradients(grad, x, inner, means, plain, products);
    return;
  }
  const tables = [means, plain, products];
  inPieces({ inputs: [grad, x], outputs: [], unit: inner, tables }, ([grad, x], _, tables, lines, from) => {
    const [means, plain, products] = tables.map(table => table + from * DOUBLE) as Triple;
    fast.sumGradients(grad!, x!, lines, inner, means, plain, products);
  });
}

/** scale x + shift, by line. */
export function scaleLinesInto(
  x: Float32Array,
  inner: number,
  scales: Float64Array,
  shifts: Float64Array,
  out: Float32Array,
): void {
  const fast = kernelFor(x);
  if (fast === undefined) {
    reference.scaleLines(x, inner, scales, shifts, out);
    return;
  }
  const passed = { inputs: [x], outputs: [out], unit: inner, tables: [scales, shifts] };
  inPieces(passed, ([x], [out], [scales, shifts], lines, from) =>
    fast.scaleLines(x!, lines, inner, scales! + from * DOUBLE, shifts! + from * DOUBLE, out!),
  );
}

/** factor g - slope x - shift, by line. */
export function combineLinesInto(
  grad: Float32Array,
  x: Float32Array,
  inner: number,
  factors: Float64Array,
  slopes: Float64Array,
  shifts: Float64Array,
  out: Float32Array,
): void {
  const fast = kernelFor(x);
  if (fast === undefined) {
    reference.combineLines(grad, x, inner, factors, slopes, shifts, out);
    return;
  }
  const passed = { inputs: [grad, x], outputs: [out], unit: inner, tables: [factors, slopes, shifts] };
  inPieces(passed, ([grad, x], [out], tables, lines, from) => {
    const [factors, slopes, shifts] = tables.map(table => table + from * DOUBLE) as Triple;
    fast.combineLines(grad!, x!, lines, inner, factors, slopes, shifts, out!);
  });
}

type Triple = [number, number, number];

function kernelFor({ length }: Float32Array): LineExports | undefined {
  return length < SMALL ? undefined : kernel();
}
