/** Scores of a clustering by the spread of its clusters round their means. */
import type { MatrixLike } from '../../array/index.ts';
import type { Label } from '../../check/index.ts';
import { show } from '../../errors/index.ts';
import { badInput, mean, sum } from '../inputs/index.ts';
import { euclidean, squaredEuclidean } from '../pairwise/row-distances.ts';
import { clusterMeans, readClustered } from './clustered.ts';

/**
 * The variance between the means of clusters over that within them, `(B / (k - 1)) / (W / (n - k))`: the higher, the
 * better apart. Time O(n features).
 *
 * Source: T. Calinski, J. Harabasz, "A dendrite method for cluster analysis", 1974.
 *
 * @param X n × features
 * @param labels n cluster labels, of 2 to n - 1 clusters
 * @returns a number >= 0; 1 where every sample lies at the mean of its cluster
 * @throws InvalidInputError on fewer or more clusters, and on samples that are missing, unequal or not finite
 *
 * @example
 * import { calinskiHarabaszScore } from 'fitwise';
 * calinskiHarabaszScore([[0], [1], [5], [6]], [0, 0, 1, 1]); // 50
 */
export function calinskiHarabaszScore(X: MatrixLike, labels: ArrayLike<Label>): number {
  const clustered = readClustered('calinskiHarabaszScore', X, labels, 'euclidean');
  const { X: table, codes, sizes } = clustered;
  const means = clusterMeans(clustered);
  const center = Float64Array.from({ length: table.columns }, (_, j) => mean(table.column(j)));
  const between = sum(means.map((own, k) => sizes[k]! * squaredEuclidean(own, center)));
  const within = sum(Float64Array.from(codes, (code, i) => squaredEuclidean(table.row(i), means[code]!)));
  refuseOverflow('calinskiHarabaszScore', [between, within]);
  return within === 0 ? 1 : (between * (table.rows - sizes.length)) / (within * (sizes.length - 1));
}

/**
 * The mean over clusters of the likeness to the most similar other, `(s_i + s_j) / |m_i - m_j|`, s being the mean
 * distance of a cluster's samples from its mean: the lower, the better apart. Time O(n features + clusters^2 features).
 *
 * Source: D. Davies, D. Bouldin, "A cluster separation measure", 1979.
 *
 * @param X n × features
 * @param labels n cluster labels, of 2 to n - 1 clusters
 * @returns a number >= 0
 * @throws InvalidInputError on fewer or more clusters, and on samples that are missing, unequal or not finite
 *
 * @example
 * import { daviesBouldinScore } from 'fitwise';
 * daviesBouldinScore([[0], [1], [5], [6]], [0, 0, 1, 1]); // 0.2
 */
export function daviesBouldinScore(X: MatrixLike, labels: ArrayLike<Label>): number {
  const clustered = readClustered('daviesBouldinScore', X, labels, 'euclidean');
  const { X: table, codes, sizes } = clustered;
  const means = clusterMeans(clustered);
  const spreads = new Float64Array(sizes.length);
  codes.forEach((code, i) => {
    spreads[code]! += euclidean(table.row(i), means[code]!) / sizes[code]!;
  });
  const apart = means.map(own => means.map(other => euclidean(own, other)));
  refuseOverflow('daviesBouldinScore', [...spreads, ...apart.flat()]);
  if (spreads.every(isNearlyZero) || apart.every(row => row.every(isNearlyZero))) return 0;
  const worst = apart.map((row, i) =>
    row.reduce(
      (most, distance, j) => (distance === 0 ? most : Math.max(most, (spreads[i]! + spreads[j]!) / distance)),
      0,
    ),
  );
  return mean(worst);
}

function refuseOverflow(metric: string, sums: readonly number[]): void {
  if (sums.every(Number.isFinite)) return;
  throw badInput(metric, { rule: 'the distances of X must not overflow', received: show(sums) });
}

/** As numpy's `isclose` to 0. */
function isNearlyZero(value: number): boolean {
  return Math.abs(value) <= 1e-8;
}
