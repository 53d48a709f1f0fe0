import type { Matrix } from '../../array/index.ts';
import { countThreads, type KernelCall, runUnits, type Unit } from '../../parallel/index.ts';
import { MAX_OPS, type Work } from '../../work/index.ts';
import { instanceOf } from '../load.ts';
import { Places } from '../places.ts';
import { ResidentRows } from '../resident-rows.ts';
import { packDoubles, packSingles } from './points.ts';
import { addSums, type ClusterSums, emptySums, rowsPerSum } from './reference.ts';
import { blocksOf, type Range, View } from './row-blocks.ts';
import type { KMeansRows, Seed } from './rows-by-loops.ts';
import { SingleRows } from './single-rows.ts';

/** Rows of one block that threads share when they assign rows to centers. */
const ASSIGN_ROWS = 512;
/** Bytes that `assign` works in. */
const WORK_BYTES = 128 + 4 * 96 + 8 * 48 + 4 * ASSIGN_ROWS;
/** Rows of one window at most, whose labels, weights and distances are copied in and out. */
const MOST_ROWS = 2 ** 18;

export function rowsByKernel(fast: object, X: Matrix): KMeansRows {
  const loops = new Loops(fast, X);
  return {
    assign: (centers, labels) => loops.assign(centers, labels),
    sum: (weights, labels, clusters) => loops.sum(weights, labels, clusters),
    bestSeed: (candidates, closest, weights) => loops.bestSeed(candidates, closest, weights),
    close: () => loops.close(),
  };
}

class Loops {
  readonly rows: ResidentRows;
  readonly singles: SingleRows;
  readonly #fast: object;
  readonly #X: Matrix;
  /** Rows of one window. */
  readonly #height: number;
  /** Written anew by every `bestSeed`, one per pair of candidates. */
  readonly #distances: Float64Array[] = [];

  constructor(fast: object, X: Matrix) {
    this.rows = new ResidentRows(X);
    this.#fast = fast;
    this.#X = X;
    this.#height = Math.min(this.rows.height, MOST_ROWS);
    this.singles = new SingleRows(fast, this.rows, X, this.#height);
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
      labels: places.take(4 * this.#height),
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
      for (const window of this.#windows()) {
        const single = yield* this.singles.at(window.pointer, window.from, window.to);
        const units = blocksOf(window, ASSIGN_ROWS, columns).map(block =>
          this.#calls(block, columns * centers.rows, (range, ops) => {
            const first = range.from - window.from;
            const rows = [single.singles + 4 * columns * first, single.norms + 4 * first, range.pointer];
            const args = [...rows, range.to - range.from, columns, ...known, pointer + at.labels + 4 * first];
            return { name: 'assign', args, ops };
          }),
        );
        yield* this.#share(units, pointer + at.work);
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
      weights: places.take(8 * this.#height),
      labels: places.take(4 * this.#height),
    };
    const loan = new View(places.bytes);
    try {
      loan.doubles(at.sums, length * Math.ceil(rows / height)).fill(0);
      for (const window of this.#windows()) {
        loan.doubles(at.weights, window.to - window.from).set(weights.subarray(window.from, window.to));
        loan.words(at.labels, window.to - window.from).set(labels.subarray(window.from, window.to));
        const units = blocksOf(window, height, columns).map(block =>
          this.#calls(block, columns, ({ pointer, from, to }, ops) => {
            const sums = loan.pointer + at.sums + 8 * length * Math.floor(from / height);
            const own = loan.pointer + at.weights + 8 * (from - window.from);
            const ownLabels = loan.pointer + at.labels + 4 * (from - window.from);
            const args = [pointer, to - from, columns, own, ownLabels, sums, sums + result.sums.byteLength];
            return { name: 'addRows', args, ops };
          }),
        );
        yield* this.#share(units);
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

  *bestSeed(candidates: readonly number[], closest: Float64Array, weights: Float64Array): Work<Seed> {
    const { rows, columns } = this.#X;
    const pairs = pairsOf(this.#X, candidates, this.#distances);
    const height = rowsPerSum(rows, 1);
    const blocks = Math.ceil(rows / height);
    const places = new Places();
    const at = {
      values: places.take(16 * columns * pairs.length),
      totals: places.take(16 * pairs.length * blocks),
      known: places.take(8 * this.#height),
      weights: places.take(8 * this.#height),
      after: places.take(16 * this.#height * pairs.length),
    };
    const loan = new View(places.bytes);
    try {
      pairs.forEach(({ values }, p) => {
        loan.doubles(at.values + 8 * values.length * p, values.length).set(values);
      });
      loan.doubles(at.totals, 2 * pairs.length * blocks).fill(0);
      for (const window of this.#windows()) {
        const count = window.to - window.from;
        loan.doubles(at.known, count).set(closest.subarray(window.from, window.to));
        loan.doubles(at.weights, count).set(weights.subarray(window.from, window.to));
        const afterOf = (p: number) => at.after + 16 * p * this.#height;
        const units = blocksOf(window, height, columns).map(block =>
          this.#calls(block, 2 * columns, ({ pointer, from, to }, ops) => {
            const place = 8 * (from - window.from);
            return pairs.map((_, p) => ({
              name: 'nearerOfTwo',
              args: [
                ...[pointer, to - from, columns, loan.pointer + at.values + 16 * columns * p],
                ...[loan.pointer + at.known + place, loan.pointer + at.weights + place],
                loan.pointer + afterOf(p) + 2 * place,
                loan.pointer + at.totals + 16 * (blocks * p + Math.floor(from / height)),
              ],
              ops,
            }));
          }),
        );
        yield* this.#share(units);
        pairs.forEach(({ after }, p) => {
          after.set(loan.doubles(afterOf(p), 2 * count), 2 * window.from);
        });
      }
      pairs.forEach(({ totals }, p) => {
        loan.doubles(at.totals + 16 * blocks * p, 2 * blocks).forEach((total, k) => {
          totals[k & 1]! += total;
        });
      });
    } finally {
      loan.close();
    }
    return choose(candidates, pairs, rows);
  }

  close(): void {
    this.singles.close();
    this.rows.close();
  }

  /** Windows over the rows, one after the other. */
  *#windows(): Generator<Range, void> {
    for (let from = 0; from < this.#X.rows; from += this.#height) {
      const to = Math.min(this.#X.rows, from + this.#height);
      yield { pointer: this.rows.pointerTo(from, to), from, to };
    }
  }

  /** The calls for a block, each for no more rows than a checkpoint allows. */
  #calls(
    { pointer, from, to }: Range,
    opsPerRow: number,
    call: (range: Range, ops: number) => KernelCall | readonly KernelCall[],
  ): Unit {
    const height = Math.max(1, Math.floor(MAX_OPS / opsPerRow));
    const calls: KernelCall[] = [];
    for (let start = from; start < to; start += height) {
      const end = Math.min(to, start + height);
      const own = { pointer: pointer + 8 * this.#X.columns * (start - from), from: start, to: end };
      calls.push(...[call(own, (end - start) * opsPerRow)].flat());
    }
    return calls;
  }

  #share(units: readonly Unit[], work = 0): Work<void> {
    return runUnits(this.#fast, instanceOf(this.#fast), units, { pointer: work, bytes: WORK_BYTES });
  }
}

/** The candidate that leaves the least total. */
function choose(candidates: readonly number[], pairs: ReturnType<typeof pairsOf>, rows: number): Seed {
  const all = candidates.map((row, at) => ({ row, at, total: pairs[at >> 1]!.totals[at & 1]! }));
  const { row, at, total } = all.reduce((best, next) => (next.total < best.total ? next : best));
  const { after } = pairs[at >> 1]!;
  const nearest = new Float64Array(rows);
  for (let i = 0, from = at & 1; i < rows; i++, from += 2) nearest[i] = after[from]!;
  return { row, total, closest: nearest };
}

/** Candidates by twos, the last one with itself where their number is odd. */
function pairsOf({ data, rows, columns }: Matrix, candidates: readonly number[], distances: Float64Array[]) {
  return Array.from({ length: Math.ceil(candidates.length / 2) }, (_, p) => {
    const first = candidates[2 * p]!;
    const second = candidates[2 * p + 1] ?? first;
    const values = new Float64Array(2 * columns);
    for (let k = 0; k < columns; k++) {
      values[2 * k] = data[first * columns + k]!;
      values[2 * k + 1] = data[second * columns + k]!;
    }
    distances[p] ??= new Float64Array(2 * rows);
    return { values, totals: new Float64Array(2), after: distances[p] };
  });
}
