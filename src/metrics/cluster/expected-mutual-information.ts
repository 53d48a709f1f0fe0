import type { Matrix } from '../../array/index.ts';
import { show } from '../../errors/index.ts';
import { badInput, readTable, type Table } from '../inputs/index.ts';
import { type Contingency, pairsOfTable } from './contingency.ts';
import { logFactorials } from './log-factorials.ts';

/**
 * The mutual information that two random clusterings of given sizes have on average. Time O(rows columns n) at most.
 *
 * Source: N. Vinh, J. Epps, J. Bailey, "Information theoretic measures for clusterings comparison", 2010, (24a).
 *
 * @param contingency true clusters × predicted clusters, whole counts
 * @param nSamples the sum of all counts
 * @throws InvalidInputError on counts that are negative, fractional, or of another sum
 *
 * @example
 * import { expectedMutualInformation } from 'fitwise';
 * expectedMutualInformation([[2, 0], [0, 2]], 4); // 0.231...
 */
export function expectedMutualInformation(contingency: Table, nSamples: number): number {
  const metric = 'expectedMutualInformation';
  const pairs = pairsOfTable(checkCounts(metric, contingency));
  if (pairs.samples === nSamples) return expectedInformation(pairs);
  throw badInput(metric, {
    rule: `nSamples must be the sum of contingency (${pairs.samples})`,
    received: show(nSamples),
  });
}

/**
 * A contingency table as a matrix.
 *
 * @throws InvalidInputError on counts that are negative or fractional, and when all are zero
 */
export function checkCounts(metric: string, contingency: Table): Matrix {
  const table = readTable(metric, 'contingency', contingency);
  const stray = table.data.find(count => !Number.isInteger(count) || count < 0);
  if (stray !== undefined) {
    throw badInput(metric, { rule: 'contingency must hold whole counts', received: show(stray) });
  }
  if (table.data.some(count => count > 0)) return table;
  throw badInput(metric, { rule: 'contingency must not be zero everywhere', received: 'zeros' });
}

/** The expectation over all clusterings with these sizes: a hypergeometric count for each pair of clusters. */
export function expectedInformation({ samples, rowSums, columnSums }: Contingency): number {
  if (rowSums.length === 1 || columnSums.length === 1) return 0;
  const logFactorial = logFactorials(samples);
  let expected = 0;
  for (const a of rowSums) {
    for (const b of columnSums) expected += expectedTerm(a, b, samples, logFactorial);
  }
  return expected;
}

/** `sum_k (k / n) log (n k / (a b)) P(k)`, k being the overlap of random clusters of sizes a and b. */
function expectedTerm(a: number, b: number, n: number, logFactorial: Float64Array): number {
  const fixed = logFactorial[a]! + logFactorial[b]! + logFactorial[n - a]! + logFactorial[n - b]! - logFactorial[n]!;
  let total = 0;
  for (let k = Math.max(1, a + b - n); k <= Math.min(a, b); k++) {
    const chance = Math.exp(
      fixed - logFactorial[k]! - logFactorial[a - k]! - logFactorial[b - k]! - logFactorial[n - a - b + k]!,
    );
    total += (k / n) * (Math.log(n) + Math.log(k) - Math.log(a) - Math.log(b)) * chance;
  }
  return total;
}
