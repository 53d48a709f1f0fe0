import { pairwiseSum } from '../array/index.ts';
import { InvalidInputError, warn } from '../errors/index.ts';
import { RandomStream } from '../random/index.ts';
import type { GrownForest } from './grown-forest.ts';

/** How each tree of a forest draws its samples. */
export interface Bootstrap {
  /** Number of draws, with replacement. */
  readonly draws: number;
  /** Weights to draw by; evenly where undefined. */
  readonly weights: Float64Array | undefined;
  readonly rows: number;
}

interface BootstrapParams {
  readonly bootstrap: boolean;
  readonly oobScore: boolean;
  readonly maxSamples: number | null;
}

/**
 * How trees draw their samples, undefined where they take all.
 *
 * @throws InvalidInputError if parameters ask for draws while there are none.
 */
export function bootstrapOf(
  { bootstrap, oobScore, maxSamples }: BootstrapParams,
  rows: number,
  weights: Float64Array | undefined,
  said: { readonly action: string; readonly source: string },
): Bootstrap | undefined {
  if (bootstrap) return { draws: countSamples(maxSamples, rows, weights, said), weights, rows };
  const { action } = said;
  if (maxSamples !== null) {
    throw new InvalidInputError({
      action,
      rule: 'maxSamples must be null without bootstrap',
      received: `${maxSamples}`,
    });
  }
  if (oobScore) {
    throw new InvalidInputError({ action, rule: 'oobScore must be false without bootstrap', received: 'true' });
  }
  return undefined;
}

/** The draws of one tree, by row. */
export function drawRows({ draws, weights, rows }: Bootstrap, seed: number): Int32Array {
  const random = new RandomStream(seed);
  if (weights === undefined) return random.randint(0, rows, draws);
  const total = pairwiseSum(weights);
  return random.choice(rows, draws, { p: weights.map(weight => weight / total) });
}

/** The rows that each tree drew, drawn again. */
export function samplesOf({ bootstrap, seeds, rows }: GrownForest): Int32Array[] {
  return seeds.map(seed =>
    bootstrap === undefined ? Int32Array.from({ length: rows }, (_, i) => i) : drawRows(bootstrap, seed),
  );
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
