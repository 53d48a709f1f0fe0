/** Arbitraries of data sets, for properties of estimators and pipelines (fast-check is an optional peer). */
import * as fc from 'fast-check';
import { Matrix } from '../array/index.ts';

export interface DatasetOptions {
  readonly minRows?: number;
  readonly maxRows?: number;
  readonly minColumns?: number;
  readonly maxColumns?: number;
}

/** Samples with a number and a text label each. */
export interface Dataset {
  readonly X: Matrix;
  /** A number per sample that depends on the features. */
  readonly values: Float64Array;
  /** `'a'`, `'b'` or `'c'` per sample; at least two of them occur. */
  readonly labels: readonly string[];
}

const LABELS = ['a', 'b', 'c'] as const;

/** Entries that are small multiples of 1/8, distinct enough that columns are independent: exact in sums and products. */
function wellConditioned(options: DatasetOptions = {}): fc.Arbitrary<Dataset> {
  const { minRows = 8, maxRows = 30, minColumns = 1, maxColumns = 5 } = options;
  return fc
    .record({
      rows: fc.integer({ min: minRows, max: maxRows }),
      columns: fc.integer({ min: minColumns, max: maxColumns }),
      seed: fc.integer({ min: 1, max: 2 ** 30 }),
    })
    .map(({ rows, columns, seed }) => withTargets(spread(rows, columns, seed)));
}

/** The last column is the sum of the others (or the first, twice, where there are only two). */
function collinear(options: DatasetOptions = {}): fc.Arbitrary<Dataset> {
  return wellConditioned({ minColumns: 2, ...options }).map(({ X, ...rest }) => {
    const others = X.columns - 1;
    const sum = (i: number) =>
      X.row(i)
        .subarray(0, others)
        .reduce((total, value) => total + value, 0);
    return { ...rest, X: X.map((value, i, j) => (j === others ? sum(i) : value)) };
  });
}

/** One column holds the same value everywhere. */
function withConstantColumn(options: DatasetOptions = {}): fc.Arbitrary<Dataset> {
  return fc
    .tuple(wellConditioned(options), fc.nat(), fc.integer({ min: -100, max: 100 }))
    .map(([{ X, ...rest }, column, constant]) => ({
      ...rest,
      X: X.map((value, _, j) => (j === column % X.columns ? constant : value)),
    }));
}

/** About a fifth of the entries are missing. */
function withMissing(options: DatasetOptions = {}): fc.Arbitrary<Dataset> {
  return fc.tuple(wellConditioned(options), fc.integer({ min: 0, max: 4 })).map(([{ X, ...rest }, offset]) => ({
    ...rest,
    X: X.map((value, i, j) => ((i * 3 + j * 2 + offset) % 5 === 0 ? Number.NaN : value)),
  }));
}

/** Every sample has the same label. */
function oneClass(options: DatasetOptions = {}): fc.Arbitrary<Dataset> {
  return wellConditioned(options).map(({ labels, ...rest }) => ({ ...rest, labels: labels.map(() => 'only') }));
}

/**
 * Data sets to hold a pipeline against.
 *
 * @example
 * import * as fc from 'fast-check';
 * import { datasets } from 'fitwise/testing';
 * fc.sample(datasets.collinear({ maxRows: 10 }), 1)[0].X.rows <= 10; // true
 */
export const datasets = { wellConditioned, collinear, withConstantColumn, withMissing, oneClass };

/** Quasi-random entries (a Weyl sequence per column, rounded), so that shrinking stays well-conditioned. */
function spread(rows: number, columns: number, seed: number): Matrix {
  const steps = Array.from({ length: columns }, (_, j) => Math.sqrt([2, 3, 5, 7, 11, 13, 17, 19][j % 8]! + j));
  return Matrix.zeros(rows, columns).map(
    (_, i, j) => Math.round((((i + 1 + (seed % 997)) * steps[j]!) % 1) * 160 - 80) / 8,
  );
}

function withTargets(X: Matrix): Dataset {
  const values = Float64Array.from({ length: X.rows }, (_, i) =>
    X.row(i).reduce((sum, value, j) => sum + value * (j + 1), 1),
  );
  return {
    X,
    values,
    labels: Array.from(values, (value, i) => (i < 2 ? LABELS[i]! : LABELS[Math.abs(Math.trunc(value)) % 3]!)),
  };
}
