import type { MatrixLike } from '../../array/index.ts';
import type { Label } from '../../check/index.ts';
import { type RandomState, randomFrom, type Seed } from '../../random/index.ts';
import { badInput, checkCount, mean, readOptions } from '../inputs/index.ts';
import type { PairwiseDistancesOptions } from '../pairwise/index.ts';
import { checkFound, rowsOf } from '../pairwise/pair.ts';
import { chooseDistance, DISTANCE_DEFAULTS, isZeroToItself } from '../pairwise/pairwise-distances.ts';
import { type Clustered, readClustered, takeSamples } from './clustered.ts';

export type SilhouetteSamplesOptions = PairwiseDistancesOptions;

export interface SilhouetteScoreOptions extends SilhouetteSamplesOptions {
  /** Scores this many samples, drawn at random, instead of all. @default null */
  readonly sampleSize?: number | null;
  /** Seed of that draw. @default null */
  readonly randomState?: Seed | RandomState;
}

/**
 * How much nearer each sample is to its own cluster than to the nearest other, `(b - a) / max(a, b)`, a and b being the
 * mean distances to the samples of both; 0 for a sample alone in its cluster. Time O(n^2 features), memory O(n).
 *
 * Source: P. Rousseeuw, "Silhouettes: a graphical aid to the interpretation and validation of cluster analysis", 1987.
 *
 * @param X n × features, or n × n distances where `metric` is 'precomputed'
 * @param labels n cluster labels, of 2 to n - 1 clusters
 * @returns n numbers in [-1, 1]
 * @throws InvalidInputError on fewer or more clusters, and on distances from a sample to itself that are not 0
 *
 * @example
 * import { silhouetteSamples } from 'fitwise';
 * silhouetteSamples([[0], [1], [5], [6]], [0, 0, 1, 1])[0]; // 0.818...
 */
export function silhouetteSamples(
  X: MatrixLike,
  labels: ArrayLike<Label>,
  options: SilhouetteSamplesOptions = {},
): Float64Array {
  const metric = 'silhouetteSamples';
  const rules = readOptions(metric, options, DISTANCE_DEFAULTS);
  return silhouettes(metric, readClustered(metric, X, labels, rules.metric), rules);
}

/**
 * The mean of the silhouettes of all samples, or of a random sample of them. Time O(n^2 features), memory O(n).
 *
 * @param X n × features, or n × n distances where `metric` is 'precomputed'
 * @param labels n cluster labels, of 2 to n - 1 clusters
 * @returns a number in [-1, 1], negative where samples lie in the wrong clusters
 * @throws InvalidInputError on fewer or more clusters, and on distances from a sample to itself that are not 0
 *
 * @example
 * import { silhouetteScore } from 'fitwise';
 * silhouetteScore([[0], [1], [5], [6]], [0, 0, 1, 1]); // 0.797...
 */
export function silhouetteScore(X: MatrixLike, labels: ArrayLike<Label>, options: SilhouetteScoreOptions = {}): number {
  const metric = 'silhouetteScore';
  const { sampleSize, randomState, ...rules } = readOptions(metric, options, {
    ...DISTANCE_DEFAULTS,
    sampleSize: null,
    randomState: null,
  });
  const all = readClustered(metric, X, labels, rules.metric, sampleSize !== null);
  if (sampleSize === null) return mean(silhouettes(metric, all, rules));
  checkCount(metric, 'sampleSize', sampleSize, 1);
  const drawn = randomFrom(randomState).permutation(all.X.rows).subarray(0, sampleSize);
  return mean(silhouettes(metric, takeSamples(metric, all, drawn, rules.metric === 'precomputed'), rules));
}

function silhouettes(metric: string, { X, codes, sizes }: Clustered, rules: PairwiseDistancesOptions): Float64Array {
  const distance = pairDistance(metric, { X, codes, sizes }, rules);
  const result = new Float64Array(X.rows);
  const sums = new Float64Array(sizes.length);
  for (let i = 0; i < X.rows; i++) {
    const own = codes[i]!;
    if (sizes[own] === 1) continue;
    sums.fill(0);
    for (let j = 0; j < X.rows; j++) if (j !== i) sums[codes[j]!]! += distance(i, j);
    const within = sums[own]! / (sizes[own]! - 1);
    let nearest = Infinity;
    for (let k = 0; k < sizes.length; k++) if (k !== own) nearest = Math.min(nearest, sums[k]! / sizes[k]!);
    const widest = Math.max(within, nearest);
    result[i] = widest === 0 ? 0 : (nearest - within) / widest;
    if (widest === Infinity) {
      throw badInput(metric, { rule: 'distances must not overflow', received: `an infinite one from row ${i}` });
    }
  }
  return result;
}

/** The distance of two samples by their row numbers. */
function pairDistance(
  metric: string,
  { X }: Clustered,
  { metric: choice = 'euclidean', ...params }: PairwiseDistancesOptions,
): (i: number, j: number) => number {
  if (choice === 'precomputed') {
    const at = Array.from({ length: X.rows }, (_, i) => X.get(i, i)).findIndex(
      own => Math.abs(own) > 100 * Number.EPSILON,
    );
    if (at === -1) return (i, j) => X.data[i * X.columns + j]!;
    throw badInput(metric, {
      rule: 'the diagonal of precomputed distances must be 0',
      received: `${X.get(at, at)} at row ${at}`,
    });
  }
  const pair = { metric, X, Y: X, isSame: true };
  const distance = chooseDistance(metric, choice, params, pair);
  const rows = rowsOf(X);
  const isZero = isZeroToItself(choice);
  return (i, j) => (i === j && isZero ? 0 : checkFound(pair, distance(rows[i]!, rows[j]!), rows[i]!, rows[j]!));
}
