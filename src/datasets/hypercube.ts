import { Matrix } from '../array/index.ts';
import { type RandomState, sampleWithoutReplacement } from '../random/index.ts';

/**
 * Distinct corners of the unit hypercube, one per row. Beyond 30 dimensions only the last 30 are drawn without
 * repetition; the others are fair coins.
 */
export function drawCorners(count: number, dimensions: number, random: RandomState): Matrix {
  const coins = Math.max(0, dimensions - 30);
  const tossed = coins > 0 ? random.randint(0, 2, count * coins) : new Int32Array(0);
  const bits = dimensions - coins;
  const codes = sampleWithoutReplacement(2 ** bits, count, { randomState: random });
  return Matrix.zeros(count, dimensions).map((_, i, j) =>
    j < coins ? tossed[i * coins + j]! : (codes[i]! >>> (dimensions - 1 - j)) & 1,
  );
}
