import type { Matrix } from '../../array/index.ts';
import { MAX_OPS, type Work } from '../../work/index.ts';
import { arenaMemory, borrow, giveBack, withScratch } from '../arena.ts';
import { ResidentRows } from '../resident-rows.ts';
import { type Centers, type ClusterSums, withNorms } from './reference.ts';
import { emptySums, type KMeansRows, type Seed } from './rows-by-loops.ts';

/** What kernel.as.ts exports. */
export interface KMeansExports {
  assign(
    rows: number,
    n: number,
    columns: number,
    centers: number,
    norms: number,
    panels: number,
    labels: number,
    work: number,
  ): void;
  addRows(
    rows: number,
    n: number,
    columns: number,
    weights: number,
    labels: number,
    sums: number,
    totals: number,
  ): void;
  nearerOfTwo(
    rows: number,
    n: number,
    columns: number,
    candidates: number,
    closest: number,
    weights: number,
    after: number,
    totals: number,
  ): void;
}

/** Centers of one panel. */
const PANEL = 4;
/** Doubles that `assign` works in. */
const WORK = 48;
/** Rows of one call at most, whose labels and weights are copied in and out. */
const MOST_ROWS = 8192;

export function rowsByKernel(fast: KMeansExports, X: Matrix): KMeansRows {
  const rows = new ResidentRows(X);
  const distances: Float64Array[] = [];
  return {
    assign: (centers, labels) => assign(fast, X, rows, centers, labels),
    sum: (weights, labels, clusters) => sum(fast, X, rows, weights, labels, clusters),
    bestSeed: (candidates, closest, weights) => bestSeed(fast, X, rows, distances, candidates, closest, weights),
    close: () => rows.close(),
  };
}

/** Visits ranges of rows with a pointer to them, and a checkpoint after each. */
function* visit(
  rows: ResidentRows,
  count: number,
  opsPerRow: number,
  body: (pointer: number, from: number, to: number) => void,
): Work<void> {
  const height = Math.max(1, Math.min(rows.height, MOST_ROWS, Math.floor(MAX_OPS / opsPerRow)));
  for (let from = 0; from < count; from += height) {
    const to = Math.min(count, from + height);
    body(rows.pointerTo(from, to), from, to);
    yield { ops: (to - from) * opsPerRow };
  }
}

function* assign(fast: KMeansExports, X: Matrix, rows: ResidentRows, centers: Matrix, labels: Int32Array): Work<void> {
  const { columns } = X;
  const packed = packPanels(withNorms(centers.data, columns));
  yield* visit(rows, X.rows, columns * centers.rows, (pointer, from, to) => {
    withScratch([packed.values.byteLength, packed.norms.byteLength, (to - from) * 4, WORK * 8], scratch => {
      const values = scratch.float64(packed.values.length);
      const norms = scratch.float64(packed.norms.length);
      const own = scratch.int32(to - from);
      values.set(packed.values);
      norms.set(packed.norms);
      const panels = packed.norms.length / PANEL;
      const work = scratch.float64(WORK);
      const rest = [values.byteOffset, norms.byteOffset, panels, own.byteOffset, work.byteOffset] as Five;
      fast.assign(pointer, to - from, columns, ...rest);
      labels.set(own, from);
    });
  });
}

function* sum(
  fast: KMeansExports,
  X: Matrix,
  rows: ResidentRows,
  weights: Float64Array,
  labels: Int32Array,
  clusters: number,
): Work<ClusterSums> {
  const result = emptySums(clusters, X.columns);
  const length = result.sums.length + clusters;
  const loan = borrow(length * 8);
  const view = () => new Float64Array(arenaMemory().buffer, loan.pointer, length);
  try {
    view().fill(0);
    const totals = loan.pointer + result.sums.byteLength;
    yield* visit(rows, X.rows, X.columns, (pointer, from, to) => {
      withScratch([(to - from) * 8, (to - from) * 4], scratch => {
        const factors = scratch.float64(to - from);
        const own = scratch.int32(to - from);
        factors.set(weights.subarray(from, to));
        own.set(labels.subarray(from, to));
        fast.addRows(pointer, to - from, X.columns, factors.byteOffset, own.byteOffset, loan.pointer, totals);
      });
    });
    result.sums.set(view().subarray(0, result.sums.length));
    result.totals.set(view().subarray(result.sums.length));
  } finally {
    giveBack(loan);
  }
  return result;
}

/** `distances` are lists that every call writes anew, one per pair of candidates. */
function* bestSeed(
  fast: KMeansExports,
  X: Matrix,
  rows: ResidentRows,
  distances: Float64Array[],
  candidates: readonly number[],
  closest: Float64Array,
  weights: Float64Array,
): Work<Seed> {
  const pairs = pairsOf(X, candidates, distances);
  yield* visit(rows, X.rows, X.columns * 2 * pairs.length, (pointer, from, to) => {
    const n = to - from;
    withScratch([X.columns * 16, n * 8, n * 8, n * 16, 16], scratch => {
      const values = scratch.float64(2 * X.columns);
      const known = scratch.float64(n);
      const factors = scratch.float64(n);
      const after = scratch.float64(2 * n);
      const totals = scratch.float64(2);
      known.set(closest.subarray(from, to));
      factors.set(weights.subarray(from, to));
      const rest = [values, known, factors, after, totals].map(view => view.byteOffset) as Five;
      for (const pair of pairs) {
        values.set(pair.values);
        totals.set(pair.totals);
        fast.nearerOfTwo(pointer, n, X.columns, ...rest);
        pair.totals.set(totals);
        pair.after.set(after, 2 * from);
      }
    });
  });
  const all = candidates.map((row, at) => ({ row, at, total: pairs[at >> 1]!.totals[at & 1]! }));
  const { row, at, total } = all.reduce((best, next) => (next.total < best.total ? next : best));
  const { after } = pairs[at >> 1]!;
  const nearest = new Float64Array(X.rows);
  for (let i = 0, from = at & 1; i < X.rows; i++, from += 2) nearest[i] = after[from]!;
  return { row, total, closest: nearest };
}

type Five = [number, number, number, number, number];

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

function packPanels({ data, columns, norms }: Centers): {
  readonly values: Float64Array;
  readonly norms: Float64Array;
} {
  const places = PANEL * Math.ceil(norms.length / PANEL);
  const values = new Float64Array(places * columns);
  for (let j = 0; j < norms.length; j++) {
    const panel = (j - (j % PANEL)) * columns + (j % PANEL);
    for (let k = 0; k < columns; k++) values[panel + k * PANEL] = data[j * columns + k]!;
  }
  const padded = new Float64Array(places).fill(Number.POSITIVE_INFINITY);
  padded.set(norms);
  return { values, norms: padded };
}
