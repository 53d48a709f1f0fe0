/** Two tables whose rows are compared. */
import { Matrix, type MatrixLike } from '../../array/index.ts';
import { show } from '../../errors/index.ts';
import { badInput, readTable } from '../inputs/index.ts';

export interface Pair {
  /** Who compares them, for error sentences. */
  readonly metric: string;
  readonly X: Matrix;
  readonly Y: Matrix;
  /** Whether X is compared with itself. */
  readonly isSame: boolean;
}

/**
 * X and Y, or X twice where there is no Y.
 *
 * @throws InvalidInputError on tables that are empty, not finite, or of different widths
 */
export function readPair(metric: string, X: MatrixLike, Y: MatrixLike | null | undefined, allowNaN = false): Pair {
  const first = readTable(metric, 'X', X, allowNaN);
  const second = Y === null || Y === undefined || Y === X ? first : readTable(metric, 'Y', Y, allowNaN);
  if (first.columns === second.columns) return { metric, X: first, Y: second, isSame: first === second };
  throw badInput(metric, {
    rule: `Y must have as many columns as X (${first.columns})`,
    received: `${second.columns}`,
  });
}

/** Rows as views, for functions of two rows. */
export function rowsOf(table: Matrix): Float64Array[] {
  return Array.from({ length: table.rows }, (_, i) => table.row(i));
}

/**
 * A number for each row of X and each row of Y; for X with itself each pair is computed once.
 *
 * @throws InvalidInputError where it is NaN because sums have overflowed.
 */
export function forEachPair(pair: Pair, value: (a: Float64Array, b: Float64Array) => number): Matrix {
  const { X, Y, isSame } = pair;
  const result = Matrix.zeros(X.rows, Y.rows);
  const [first, second] = [rowsOf(X), rowsOf(Y)];
  for (let i = 0; i < X.rows; i++) {
    const own = first[i]!;
    for (let j = isSame ? i : 0; j < Y.rows; j++) {
      const found = checkFound(pair, value(own, second[j]!), own, second[j]!);
      result.data[i * Y.rows + j] = found;
      if (isSame) result.data[j * Y.rows + i] = found;
    }
  }
  return result;
}

/** Squares and products of smaller values do not overflow in any sum that fits in memory. */
const SAFE = 1e140;

/**
 * The number itself, once it is one. NaN stays where it is 0/0, as the dice distance of two rows of zeros is in
 * scikit-learn, or where a row has missing values; of values so great that sums overflow it is refused.
 */
export function checkFound({ metric }: Pair, found: number, a: Float64Array, b: Float64Array): number {
  if (typeof found === 'number' && !(Number.isNaN(found) && (isGreat(a) || isGreat(b)))) return found;
  throw badInput(metric, {
    rule: 'every two rows must give a number, without overflow',
    received: `${show(found)} from rows ${show(a)} and ${show(b)}`,
  });
}

function isGreat(row: Float64Array): boolean {
  return row.some(value => Math.abs(value) > SAFE);
}

/** The sum of the products of two rows. */
export function dot(a: Float64Array, b: Float64Array): number {
  let total = 0;
  for (let k = 0; k < a.length; k++) total += a[k]! * b[k]!;
  return total;
}

/** Rows divided by their Euclidean length; rows of zeros stay as they are. */
export function unitRows(table: Matrix): Matrix {
  const result = table.clone();
  for (const row of rowsOf(result)) {
    const length = Math.sqrt(dot(row, row));
    if (length > 0) row.set(row.map(value => value / length));
  }
  return result;
}
