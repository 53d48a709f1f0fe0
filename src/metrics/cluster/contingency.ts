/** How often each pair of a true and a predicted cluster occurs, as the list of pairs that do. */
import { Matrix } from '../../array/index.ts';
import type { Label } from '../../check/index.ts';
import { asList, checkLengths, encodeTogether, sum, warnUser } from '../inputs/index.ts';

export interface Contingency {
  readonly samples: number;
  /** Row (true), column (predicted) and count of each pair that occurs, row by row. */
  readonly rows: Int32Array;
  readonly columns: Int32Array;
  readonly counts: Float64Array;
  /** Sizes of the true clusters. */
  readonly rowSums: Float64Array;
  /** Sizes of the predicted clusters. */
  readonly columnSums: Float64Array;
}

/**
 * The pairs of two clusterings; labels are names only.
 *
 * @throws InvalidInputError on lists that are empty or unequal, and on labels that are missing or of mixed types
 */
export function countPairs(metric: string, labelsTrue: ArrayLike<Label>, labelsPred: ArrayLike<Label>): Contingency {
  const actual = asList(metric, 'labelsTrue', labelsTrue);
  const predicted = asList(metric, 'labelsPred', labelsPred);
  checkLengths(metric, ['labelsTrue', 'labelsPred'], actual.length, predicted.length);
  const [rows, columns] = [encodeTogether(metric, [actual]), encodeTogether(metric, [predicted])];
  warnContinuous(metric, [...rows.classes, ...columns.classes]);
  return fromCodes(rows.codes[0]!, columns.codes[0]!, rows.classes.length, columns.classes.length);
}

/** The pairs of a table of counts. */
export function pairsOfTable(table: Matrix): Contingency {
  const at = Uint32Array.from(table.data.keys()).filter(i => table.data[i] !== 0);
  return {
    samples: sum(table.data),
    rows: Int32Array.from(at, i => Math.floor(i / table.columns)),
    columns: Int32Array.from(at, i => i % table.columns),
    counts: Float64Array.from(at, i => table.data[i]!),
    rowSums: Float64Array.from({ length: table.rows }, (_, i) => sum(table.row(i))),
    columnSums: Float64Array.from({ length: table.columns }, (_, j) => sum(table.column(j))),
  };
}

/** The pairs as a table: true clusters × predicted clusters. */
export function tableOfPairs({ rows, columns, counts, rowSums, columnSums }: Contingency): Matrix {
  const table = Matrix.zeros(rowSums.length, columnSums.length);
  for (let k = 0; k < counts.length; k++) table.set(rows[k]!, columns[k]!, counts[k]!);
  return table;
}

/** Up to this many pairs are counted in a table of all. */
const DENSE_PAIRS = 2 ** 22;

function fromCodes(truth: Int32Array, guess: Int32Array, height: number, width: number): Contingency {
  if (height * width > DENSE_PAIRS) return fromSortedPairs(truth, guess, height, width);
  const table = Matrix.zeros(height, width);
  for (let i = 0; i < truth.length; i++) table.data[truth[i]! * width + guess[i]!]!++;
  return pairsOfTable(table);
}

/** For many small clusters: pairs as whole numbers below 2^53, grouped by a sort. */
function fromSortedPairs(truth: Int32Array, guess: Int32Array, height: number, width: number): Contingency {
  const keys = new Float64Array(truth.length);
  const rowSums = new Float64Array(height);
  const columnSums = new Float64Array(width);
  for (let i = 0; i < truth.length; i++) {
    keys[i] = truth[i]! * width + guess[i]!;
    rowSums[truth[i]!]!++;
    columnSums[guess[i]!]!++;
  }
  keys.sort();
  const starts = Uint32Array.from(keys.keys()).filter(i => keys[i] !== keys[i - 1]);
  return {
    samples: truth.length,
    rows: Int32Array.from(starts, i => Math.floor(keys[i]! / width)),
    columns: Int32Array.from(starts, i => keys[i]! % width),
    counts: Float64Array.from(starts, (start, k) => (starts[k + 1] ?? keys.length) - start),
    rowSums,
    columnSums,
  };
}

function warnContinuous(metric: string, labels: readonly Label[]): void {
  const isContinuous = labels.some(label => typeof label === 'number' && !Number.isInteger(label));
  if (isContinuous) warnUser(metric, 'labels hold continuous numbers; every distinct number is a cluster of its own');
}
