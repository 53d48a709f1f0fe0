import type { Matrix } from '../../array/index.ts';
import { show, UnsupportedError } from '../../errors/index.ts';
import { inBlocks, type Work } from '../../work/index.ts';

/**
 * The largest power of two that is at most the largest absolute value; 1 where all are zero.
 *
 * @throws UnsupportedError on NaN and infinite values.
 */
export function* scaleOf({ data, columns }: Matrix): Work<number> {
  let most = 0;
  yield* inBlocks(data.length, 1, (from, to) => {
    for (let at = from; at < to; at++) {
      const size = Math.abs(data[at]!);
      if (!(size < Number.POSITIVE_INFINITY)) throw notFinite(size, Math.floor(at / columns), at % columns);
      if (size > most) most = size;
    }
  });
  return most === 0 ? 1 : powerBelow(most);
}

function notFinite(value: number, row: number, column: number): UnsupportedError {
  return new UnsupportedError({
    action: 'compute on the GPU',
    rule: 'values must be finite',
    received: `${show(value)} at row ${row}, column ${column}`,
    repair: "use device 'cpu'",
  });
}

/** 2^floor(log2(value)), by halving and doubling: logarithms may round past a power. */
function powerBelow(value: number): number {
  let power = 1;
  while (power > value) power /= 2;
  while (power <= value / 2) power *= 2;
  return power;
}
