import { CsrMatrix, type Matrix } from '../../array/index.ts';
import type { Label } from '../../check/index.ts';
import { show } from '../../errors/index.ts';
import { badOption, checkNumber, readOptions } from '../inputs/index.ts';
import { type Contingency, countPairs, tableOfPairs } from './contingency.ts';

export interface ContingencyMatrixOptions {
  /** Added to every count, so that none is zero; a dense matrix only. @default null */
  readonly eps?: number | null;
  /** A `CsrMatrix` of the pairs that occur instead of a `Matrix` of all. @default false */
  readonly sparse?: boolean;
}

/**
 * How many samples each true cluster (rows, sorted) shares with each predicted one (columns, sorted). Time O(n log n).
 *
 * @param labelsTrue n labels
 * @param labelsPred n labels
 * @returns true clusters × predicted clusters
 * @throws InvalidInputError on lists that are empty or unequal, and on labels that are missing or of mixed types
 *
 * @example
 * import { contingencyMatrix } from 'fitwise';
 * contingencyMatrix([0, 0, 1, 1, 2, 2], [1, 0, 2, 1, 0, 2]).toArray(); // [[1, 1, 0], [0, 1, 1], [1, 0, 1]]
 */
export function contingencyMatrix(
  labelsTrue: ArrayLike<Label>,
  labelsPred: ArrayLike<Label>,
  options: ContingencyMatrixOptions & { readonly sparse: true },
): CsrMatrix;
export function contingencyMatrix(
  labelsTrue: ArrayLike<Label>,
  labelsPred: ArrayLike<Label>,
  options?: ContingencyMatrixOptions & { readonly sparse?: false },
): Matrix;
export function contingencyMatrix(
  labelsTrue: ArrayLike<Label>,
  labelsPred: ArrayLike<Label>,
  options: ContingencyMatrixOptions = {},
): Matrix | CsrMatrix {
  const metric = 'contingencyMatrix';
  const { eps, sparse } = readOptions(metric, options, { eps: null, sparse: false });
  checkNumber(metric, 'eps', eps ?? 0, 'null or a number >= 0', value => value >= 0 && Number.isFinite(value));
  if (sparse && eps !== null) throw badOption(metric, { rule: 'eps must be null with sparse', received: show(eps) });
  const pairs = countPairs(metric, labelsTrue, labelsPred);
  return sparse ? sparseTable(pairs) : tableOfPairs(pairs).map(count => count + (eps ?? 0));
}

function sparseTable({ rows, columns, counts, rowSums, columnSums }: Contingency): CsrMatrix {
  const offsets = new Int32Array(rowSums.length + 1);
  for (const row of rows) offsets[row + 1]!++;
  for (let i = 0; i < rowSums.length; i++) offsets[i + 1]! += offsets[i]!;
  return new CsrMatrix(counts, columns, offsets, rowSums.length, columnSums.length);
}
