import type { Matrix } from '../../array/index.ts';
import { countThreads, type KernelCall, runUnits, type Scratches, type Unit } from '../../parallel/index.ts';
import { MAX_OPS, type Work } from '../../work/index.ts';
import { instanceOf } from '../load.ts';
import { Places } from '../places.ts';
import { ResidentRows } from '../resident-rows.ts';
import { packDoubles, packSingles } from './points.ts';
import { addSums, type ClusterSums, emptySums, rowsPerSum } from './reference.ts';
import { blocksOf, type Range, View } from './row-blocks.ts';
import type { KMeansRows } from './rows-by-loops.ts';
import { SingleRows } from './single-rows.ts';

/** Rows of one block that threads share when they assign rows to centers. */
const ASSIGN_ROWS = 512;
/** Bytes that `assign` works in. */
const WORK_BYTES = 128 + 4 * 96 + 8 * 48 + 4 * ASSIGN_ROWS;
/** Rows of one window at most, whose labels, weights and distances are copied in and out. */
const MOST_ROWS = 2 ** 18;

export function rowsByKernel(fast: object, X: Matrix): KMeansRows {
  const visits = new KernelVisits(fast, X);
  return {
    X,
    visits,
    assign: (centers, labels) => visits.assign(centers, labels),
    sum: (weights, labels, clusters) => visits.sum(weights, labels, clusters),
    close: () => visits.close(),
  };
}

/** What visits of rows have in common. */
export class KernelVisits {
  readonly rows: ResidentRows;
  readonly singles: SingleRows;
  readonly #fast: object;
  readonly #X: Matrix;
  /** Rows of one window. */
  readonly height: number;

  constructor(fast: object, X: Matrix) {
    this.rows = new ResidentRows(X);
    this.#fast = fast;
    this.#X = X;
    this.height = Math.min(this.rows.height, MOST_ROWS);
    this.singles = new SingleRows(fast, this.rows, X, this.height);
  }

  *assign(centers: Matrix, labels: Int32Array): Work<void> {
    const { columns } = this.#X;
    const scale = yield* this.singles.scale();
    const singles = packSingles(centers.data, columns, scale);
    const doubles = packDoubles(centers.data, columns);
    const places = new Places();
    const at = {
      points: places.take(singles.values.byteLength),
      pointNorms: places.take(singles.norms.byteLength),
      values: places.take(doubles.values.byteLength),
      norms: places.take(doubles.norms.byteLength),
      labels: places.take(4 * this.height),
      work: places.take(countThreads() * WORK_BYTES),
    };
    const loan = new View(places.bytes);
    try {
      loan.singles(at.points, singles.values.length).set(singles.values);
      loan.singles(at.pointNorms, singles.norms.length).set(singles.norms);
      loan.doubles(at.values, doubles.values.length).set(doubles.values);
      loan.doubles(at.norms, doubles.norms.length).set(doubles.norms);
      const { pointer } = loan;
      const pointers = [at.points, at.pointNorms, at.values, at.norms].map(place => pointer + place);
      // Both of two values may be off.
      const known = [...pointers, centers.rows, 2 * singles.share, singles.greatest];
      for (const window of this.windows()) {
        const single = yield* this.singles.at(window.pointer, window.from, window.to);
        const units = blocksOf(window, ASSIGN_ROWS, columns).map(block =>
          this.calls(block, columns * centers.rows, (range, ops) => {
            const first = range.from - window.from;
            const rows = [single.singles + 4 * columns * first, single.norms + 4 * first, range.pointer];
            const args = [...rows, range.to - range.from, columns, ...known, pointer + at.labels + 4 * first];
            return { name: 'assign', args, ops };
          }),
        );
        yield* this.share(units, { pointer: pointer + at.work, bytes: WORK_BYTES });
        labels.set(loan.words(at.labels, window.to - window.from), window.from);
      }
    } finally {
      loan.close();
    }
  }

  *sum(weights: Float64Array, labels: Int32Array, clusters: number): Work<ClusterSums> {
    const { rows, columns } = this.#X;
    const result = emptySums(clusters, columns);
    const length = result.sums.length + clusters;
    const height = rowsPerSum(rows, clusters);
    const places = new Places();
    const at = {
      sums: places.take(8 * length * Math.ceil(rows / height)),
      weights: places.take(8 * this.height),
      labels: places.take(4 * this.height),
    };
    const loan = new View(places.bytes);
    try {
      loan.doubles(at.sums, length * Math.ceil(rows / height)).fill(0);
      for (const window of this.windows()) {
        loan.doubles(at.weights, window.to - window.from).set(weights.subarray(window.from, window.to));
        loan.words(at.labels, window.to - window.from).set(labels.subarray(window.from, window.to));
        const units = blocksOf(window, height, columns).map(block =>
          this.calls(block, columns, ({ pointer, from, to }, ops) => {
            const sums = loan.pointer + at.sums + 8 * length * Math.floor(from / height);
            const own = loan.pointer + at.weights + 8 * (from - window.from);
            const ownLabels = loan.pointer + at.labels + 4 * (from - window.from);
            const args = [pointer, to - from, columns, own, ownLabels, sums, sums + result.sums.byteLength];
            return { name: 'addRows', args, ops };
          }),
        );
        yield* this.share(units);
      }
      for (let first = 0, k = 0; first < rows; first += height, k += length) {
        const sums = loan.doubles(at.sums + 8 * k, result.sums.length);
        addSums(result, { sums, totals: loan.doubles(at.sums + 8 * k + sums.byteLength, clusters) });
        yield { ops: length };
      }
    } finally {
      loan.close();
    }
    return result;
  }

  close(): void {
    this.singles.close();
    this.rows.close();
  }

  /** Windows over the rows, one after the other. */
  *windows(): Generator<Range, void> {
    for (let from = 0; from < this.#X.rows; from += this.height) {
      const to = Math.min(this.#X.rows, from + this.height);
      yield { pointer: this.rows.pointerTo(from, to), from, to };
    }
  }

  /** The calls for a block, each for no more rows than a checkpoint allows, nor than `most`. */
  calls(
    { pointer, from, to }: Range,
    opsPerRow: number,
    call: (range: Range, ops: number) => KernelCall,
    most = Number.POSITIVE_INFINITY,
  ): Unit {
    const height = Math.max(1, Math.min(most, Math.floor(MAX_OPS / opsPerRow)));
    const calls: KernelCall[] = [];
    for (let start = from; start < to; start += height) {
      const end = Math.min(to, start + height);
      const own = { pointer: pointer + 8 * this.#X.columns * (start - from), from: start, to: end };
      calls.push(call(own, (end - start) * opsPerRow));
    }
    return calls;
  }

  share(units: readonly Unit[], scratch: Scratches = { pointer: 0, bytes: 0 }): Work<void> {
    return runUnits(this.#fast, instanceOf(this.#fast), units, scratch);
  }
}
