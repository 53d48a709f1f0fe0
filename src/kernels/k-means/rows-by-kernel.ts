import { Matrix } from '../../array/index.ts';
import { countThreads, type KernelCall, runUnits, type Scratches, type Unit } from '../../parallel/index.ts';
import { MAX_OPS, type Work } from '../../work/index.ts';
import { instanceOf } from '../load.ts';
import { Places } from '../places.ts';
import { ResidentRows } from '../resident-rows.ts';
import { packDoubles, packSingles } from './points.ts';
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
  return rowsByVisits(new KernelVisits(fast, X), () => X);
}

/** @param read The rows as a matrix. */
export function rowsByVisits(visits: KernelVisits, read: () => Matrix): KMeansRows {
  return {
    get X() {
      return read();
    },
    visits,
    assign: (centers, labels) => visits.assign(centers, labels),
    take: rows => visits.take(rows),
    close: () => visits.close(),
  };
}

/** What is done with rows beside assigning them, while they are at hand. */
export interface Beside {
  /** Rows of a block, which one thread visits in their order. */
  readonly height: number;
  /** Comes before the calls for a window. */
  enter(window: Range): void;
  /** For rows of one block, whose labels are at `labels`. */
  call(range: Range, labels: number, window: Range): KernelCall;
}

/** What visits of rows have in common. */
export class KernelVisits {
  readonly rows: ResidentRows;
  readonly singles: SingleRows;
  readonly #fast: object;
  readonly #X: Matrix;
  /** Rows of a window. */
  readonly height: number;

  constructor(fast: object, X: Matrix, rows = new ResidentRows(X)) {
    this.rows = rows;
    this.#fast = fast;
    this.#X = X;
    this.height = Math.min(this.rows.height, MOST_ROWS);
    this.singles = new SingleRows(fast, this.rows, X, this.height);
  }

  /** Of all windows. */
  get count(): number {
    return this.#X.rows;
  }

  get columns(): number {
    return this.#X.columns;
  }

  *assign(centers: Matrix, labels: Int32Array, beside?: Beside): Work<void> {
    const { columns } = this;
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
        beside?.enter(window);
        const single = yield* this.singles.at(window.pointer, window.from, window.to);
        const callsFor = (range: Range, ops: number): KernelCall[] => {
          const first = range.from - window.from;
          const rows = [single.singles + 4 * columns * first, single.norms + 4 * first, range.pointer];
          const ownLabels = pointer + at.labels + 4 * first;
          const args = [...rows, range.to - range.from, columns, ...known, ownLabels];
          const call = { name: 'assign', args, ops };
          return beside === undefined ? [call] : [call, beside.call(range, ownLabels, window)];
        };
        const units = blocksOf(window, beside?.height ?? ASSIGN_ROWS, columns).map(block =>
          this.calls(block, columns * centers.rows, callsFor, ASSIGN_ROWS).flat(),
        );
        yield* this.share(units, { pointer: pointer + at.work, bytes: WORK_BYTES });
        labels.set(loan.words(at.labels, window.to - window.from), window.from);
      }
    } finally {
      loan.close();
    }
  }

  close(): void {
    this.singles.close();
    this.rows.close();
  }

  /** Copies of some rows. */
  take(rows: ArrayLike<number>): Matrix {
    const copies = Matrix.zeros(rows.length, this.columns);
    for (let at = 0; at < rows.length; at++) copies.row(at).set(this.rows.copyOf(rows[at]!, rows[at]! + 1));
    return copies;
  }

  /** Windows over the rows, one after the other. */
  *windows(): Generator<Range, void> {
    for (let from = 0; from < this.#X.rows; from += this.height) {
      const to = Math.min(this.#X.rows, from + this.height);
      yield { pointer: this.rows.pointerTo(from, to), from, to };
    }
  }

  /** The calls for a block, each for no more rows than a checkpoint allows, nor than `most`. */
  calls<Call>(
    { pointer, from, to }: Range,
    opsPerRow: number,
    call: (range: Range, ops: number) => Call,
    most = Number.POSITIVE_INFINITY,
  ): Call[] {
    const height = Math.max(1, Math.min(most, Math.floor(MAX_OPS / opsPerRow)));
    const calls: Call[] = [];
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
