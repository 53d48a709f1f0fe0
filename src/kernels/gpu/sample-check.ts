import type { Matrix } from '../../array/index.ts';
import { UnsupportedError } from '../../errors/index.ts';
import { MAX_OPS, type Work } from '../../work/index.ts';

/** Terms that a kernel adds before they join the sum: rounding errors then grow with `depth / 64 + 64`. */
export const SUM_BLOCK = 64;

/** Elements of a result that are computed again. */
const SAMPLE = 8;
/** Half a unit in the last place of single precision. */
const ROUNDOFF = 2 ** -24;
/** Values below this, beside a largest one near 1, may be flushed to zero. */
const SMALLEST = 2 ** -126;

/**
 * What a sum of `depth` products of single-precision numbers may be off, as a share of the sum of their absolute
 * values: each term passes through at most 64 + depth / 64 additions, a product, and the rounding of both factors.
 */
export function sumRoundoff(depth: number): number {
  return ROUNDOFF * (SUM_BLOCK + depth / SUM_BLOCK + 8);
}

/** One element of a result, computed again in double. */
export interface Exact {
  readonly value: number;
  /** Sum of the absolute values of the terms. */
  readonly size: number;
  /** Products of the largest values of both sides: what is far smaller than this is lost. */
  readonly scale: number;
  readonly depth: number;
}

/**
 * Computes a few elements of a result from the GPU again: drivers that run out of time or memory give zeros without a
 * word. The elements are fixed by the shape.
 *
 * @throws UnsupportedError if one differs by more than rounding explains.
 */
export function* checkSample(result: Matrix, exact: (i: number, j: number) => Exact): Work<void> {
  const { rows, columns } = result;
  for (const [i, j] of samplePlaces(rows, columns)) {
    const { value, size, scale, depth } = exact(i, j);
    const received = result.data[i * columns + j]!;
    const tolerance = sumRoundoff(depth) * size + depth * SMALLEST * scale;
    if (!(Math.abs(received - value) <= tolerance)) throw disagreement(received, value, i, j);
    yield { ops: Math.min(depth, MAX_OPS) };
  }
}

/** The places of a result that are computed again. */
export function samplePlaces(rows: number, columns: number): (readonly [row: number, column: number])[] {
  return Array.from({ length: SAMPLE }, (_, t) => [
    Math.floor((t * (rows - 1)) / (SAMPLE - 1)),
    Math.floor((((5 * t) % SAMPLE) * (columns - 1)) / (SAMPLE - 1)),
  ]);
}

/** The error of a sample that differs. */
export function disagreement(received: number, value: number, row: number, column: number): UnsupportedError {
  return new UnsupportedError({
    action: 'compute on the GPU',
    rule: `a sample of its results must agree with the processor's (${value} at row ${row}, column ${column})`,
    received: `${received}`,
    repair: "use device 'cpu'",
  });
}
