/** Entropies in nats of clusterings, from the sizes of their clusters. */
import { sum } from '../inputs/index.ts';
import type { Contingency } from './contingency.ts';

/** The entropy of a clustering: `-sum (n_k / n) log (n_k / n)`. */
export function entropy(sizes: Float64Array): number {
  if (sizes.length === 1) return 0;
  const total = sum(sizes);
  return -sum(sizes.map(size => (size / total) * (Math.log(size) - Math.log(total))));
}

/** The mutual information of two clusterings: `sum (n_ij / n) log (n n_ij / (a_i b_j))`. */
export function mutualInformation({ rows, columns, counts, rowSums, columnSums }: Contingency): number {
  if (rowSums.length === 1 || columnSums.length === 1) return 0;
  const total = sum(counts);
  const terms = counts.map((count, k) => {
    const share = count / total;
    const independent = -Math.log(rowSums[rows[k]!]! * columnSums[columns[k]!]!) + 2 * Math.log(total);
    const term = share * (Math.log(count) - Math.log(total)) + share * independent;
    return Math.abs(term) < Number.EPSILON ? 0 : term;
  });
  return Math.max(0, sum(terms));
}

/** How the entropies of two clusterings are averaged. */
export type AverageMethod = 'min' | 'geometric' | 'arithmetic' | 'max';

export const AVERAGE_METHODS: readonly AverageMethod[] = ['min', 'geometric', 'arithmetic', 'max'];

/** A mean of two entropies. */
export function averageEntropy(u: number, v: number, method: AverageMethod): number {
  if (method === 'min') return Math.min(u, v);
  if (method === 'max') return Math.max(u, v);
  return method === 'geometric' ? Math.sqrt(u * v) : (u + v) / 2;
}
