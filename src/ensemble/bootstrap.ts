import { pairwiseSum } from '../array/index.ts';
import { InvalidInputError, warn } from '../errors/index.ts';
import { RandomStream } from '../random/index.ts';

/** How each tree of a forest draws its samples. */
export interface Bootstrap {
  /** Number of draws, with replacement. */
  readonly draws: number;
  /** Weights to draw by; evenly where undefined. */
  readonly weights: Float64Array | undefined;
  readonly rows: number;
}

/** The draws of one tree, by row. */
export function drawRows({ draws, weights, rows }: Bootstrap, seed: number): Int32Array {
  const random = new RandomStream(seed);
  if (weights === undefined) return random.randint(0, rows, draws);
  const total = pairwiseSum(weights);
  return random.choice(rows, draws, { p: weights.map(weight => weight / total) });
}

/** How often each row was drawn: what a tree takes as weights. */
export function countDraws(drawn: Int32Array, rows: number): Float64Array {
  const counts = new Float64Array(rows);
  for (let d = 0; d < drawn.length; d++) counts[drawn[d]!]!++;
  return counts;
}

/** The rows that were not drawn. */
export function rowsLeftOut(drawn: Int32Array, rows: number): Int32Array {
  const counts = countDraws(drawn, rows);
  return Int32Array.from(counts.keys()).filter(i => counts[i] === 0);
}

/** A tree draws no more than this: an array of 1 GB. */
const MOST_DRAWS = 2 ** 28;

/**
 * The number of draws: all rows for null, a count, or a share of the rows (of their weight, where they have any).
 *
 * @throws InvalidInputError if a share of large weights asks for more than can be drawn
 */
export function countSamples(
  maxSamples: number | null,
  rows: number,
  weights: Float64Array | undefined,
  { action, source }: { readonly action: string; readonly source: string },
): number {
  if (maxSamples === null) return rows;
  if (Number.isInteger(maxSamples)) return maxSamples;
  const total = weights === undefined ? rows : pairwiseSum(weights);
  const draws = Math.max(1, Math.floor(maxSamples * total));
  if (draws > MOST_DRAWS) {
    throw new InvalidInputError({
      action,
      rule: `maxSamples times the sum of the weights must be at most ${MOST_DRAWS}`,
      received: `${draws}`,
      repair: 'divide the weights, or give maxSamples as a count',
    });
  }
  if (draws < Math.max(10, Math.cbrt(rows))) {
    const message = `maxSamples ${maxSamples} gives bootstrap samples of only ${draws}; a count says what is meant`;
    warn({ kind: 'user', source, message });
  }
  return draws;
}
