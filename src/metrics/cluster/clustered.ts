/** Samples with the cluster of each. */
import type { Matrix, MatrixLike } from '../../array/index.ts';
import type { Label } from '../../check/index.ts';
import { asList, badInput, checkLengths, encodeTogether, readTable } from '../inputs/index.ts';

export interface Clustered {
  readonly X: Matrix;
  /** Number of the cluster, per sample. */
  readonly codes: Int32Array;
  /** Number of samples, per cluster. */
  readonly sizes: Float64Array;
}

/**
 * Samples in 2 to n - 1 clusters.
 *
 * @param isSampled whether the number of clusters is only checked after samples are taken
 * @throws InvalidInputError on fewer or more clusters, and on samples that are missing, unequal or not finite
 */
export function readClustered(
  metric: string,
  X: MatrixLike,
  labels: ArrayLike<Label>,
  distance: unknown,
  isSampled = false,
): Clustered {
  const table = readTable(metric, 'X', X, distance === 'nanEuclidean');
  if (distance === 'precomputed' && table.rows !== table.columns) {
    throw badInput(metric, {
      rule: 'precomputed distances must be a square matrix',
      received: `shape (${table.rows}, ${table.columns})`,
    });
  }
  const list = asList(metric, 'labels', labels);
  checkLengths(metric, ['X', 'labels'], table.rows, list.length);
  const clustered = withSizes(table, encodeTogether(metric, [list]).codes[0]!);
  return isSampled ? clustered : checkClusterCount(metric, clustered);
}

/** The samples at some rows, whose clusters are counted anew. */
export function takeSamples(metric: string, all: Clustered, rows: Int32Array, isPrecomputed: boolean): Clustered {
  const taken = all.X.takeRows(rows);
  const codes = Array.from(rows, row => all.codes[row]!);
  const X = isPrecomputed ? taken.takeColumns(rows) : taken;
  return checkClusterCount(metric, withSizes(X, encodeTogether(metric, [codes]).codes[0]!));
}

function withSizes(X: Matrix, codes: Int32Array): Clustered {
  const sizes = new Float64Array(codes.reduce((most, code) => Math.max(most, code + 1), 0));
  for (const code of codes) sizes[code]!++;
  return { X, codes, sizes };
}

function checkClusterCount(metric: string, clustered: Clustered): Clustered {
  const { sizes, codes } = clustered;
  if (sizes.length >= 2 && sizes.length < codes.length) return clustered;
  throw badInput(metric, {
    rule: `labels must name 2 to nSamples - 1 (${codes.length - 1}) clusters`,
    received: String(sizes.length),
  });
}

/** The mean of each cluster: clusters × features. */
export function clusterMeans({ X, codes, sizes }: Clustered): Float64Array[] {
  const means = Array.from(sizes, () => new Float64Array(X.columns));
  for (let i = 0; i < X.rows; i++) {
    const own = means[codes[i]!]!;
    for (let j = 0; j < X.columns; j++) own[j]! += X.get(i, j);
  }
  return means.map((sums, k) => sums.map(value => value / sizes[k]!));
}
