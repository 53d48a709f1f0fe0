import type { Matrix } from '../../array/index.ts';
import { countThreads, runUnits, type Unit } from '../../parallel/index.ts';
import { MAX_OPS, type Work } from '../../work/index.ts';
import { arenaMemory, borrow, giveBack } from '../arena.ts';
import { instanceOf } from '../load.ts';
import { Places } from '../places.ts';
import { type BoxTree, isSmall, kernel } from './kernel.ts';

/** Queries of one call, and of one window, whose lists are copied out. */
const CALL_QUERIES = 64;
const WINDOW_QUERIES = 2 ** 14;
/** Bytes of the nodes that wait and their bounds: each level leaves at most one sibling waiting. */
const WORK_BYTES = 64 * 12;
/** Leaves that a query visits, as far as one can tell beforehand. */
const VISITS = 8;

/** Lists of the nearest samples, queries × k, nearest first. */
export interface NearestSamples {
  /** Squared distances. */
  readonly distances: Float64Array;
  /** Positions in X. */
  readonly indices: Int32Array;
}

/** More neighbors than this had better be held in a heap. */
const MOST_NEIGHBORS = 64;

/** Whether {@link searchBoxTree} can search these samples on this host. */
export function canSearchBoxTree(samples: Matrix, k: number): boolean {
  return k <= MOST_NEIGHBORS && isSmall(samples) && kernel() !== undefined;
}

/**
 * The `k` nearest samples of each query by squared Euclidean distance; of equally distant ones the first.
 *
 * @param without Where given, a position per query that is left out.
 */
export function* searchBoxTree(tree: BoxTree, queries: Matrix, k: number, without?: Int32Array): Work<NearestSamples> {
  const fast = kernel()!;
  const { samples, layout, order } = tree;
  const { columns } = samples;
  const window = Math.min(queries.rows, WINDOW_QUERIES);
  const stride = 8 * (samples.rows + 2);
  const inner = layout.starts.length >> 1;
  const places = new Places();
  const at = {
    samples: places.take(stride * columns),
    order: places.take(4 * samples.rows + 8),
    starts: places.take(4 * layout.starts.length),
    ends: places.take(4 * layout.ends.length),
    boxes: places.take(32 * inner * columns),
    queries: places.take(8 * window * columns),
    without: places.take(4 * window),
    distances: places.take(8 * window * k),
    indices: places.take(4 * window * k),
    work: places.take(countThreads() * WORK_BYTES),
  };
  const result = { distances: new Float64Array(queries.rows * k), indices: new Int32Array(queries.rows * k) };
  const loan = borrow(places.bytes);
  try {
    const doubles = (place: number, length: number) =>
      new Float64Array(arenaMemory().buffer, loan.pointer + place, length);
    const words = (place: number, length: number) => new Int32Array(arenaMemory().buffer, loan.pointer + place, length);
    putColumns(samples, doubles(at.samples, (stride / 8) * columns), stride / 8);
    putBoxes(tree, inner, doubles(at.boxes, 4 * inner * columns));
    words(at.order, order.length).set(order);
    words(at.starts, layout.starts.length).set(layout.starts);
    words(at.ends, layout.ends.length).set(layout.ends);
    yield { ops: 2 * samples.data.length };
    const { pointer } = loan;
    const known = [pointer + at.samples, stride, pointer + at.order, pointer + at.starts, pointer + at.ends];
    for (let from = 0; from < queries.rows; from += window) {
      const to = Math.min(queries.rows, from + window);
      doubles(at.queries, (to - from) * columns).set(queries.data.subarray(from * columns, to * columns));
      if (without !== undefined) words(at.without, to - from).set(without.subarray(from, to));
      const units = unitsFor(tree, to - from, (first, count) => [
        ...[pointer + at.queries + 8 * first * columns, count, columns, ...known, inner, pointer + at.boxes, k],
        without === undefined ? 0 : pointer + at.without + 4 * first,
        ...[pointer + at.distances + 8 * first * k, pointer + at.indices + 4 * first * k],
      ]);
      yield* runUnits(fast, instanceOf(fast), units, { pointer: pointer + at.work, bytes: WORK_BYTES });
      result.distances.set(doubles(at.distances, (to - from) * k), from * k);
      result.indices.set(words(at.indices, (to - from) * k), from * k);
    }
    return result;
  } finally {
    giveBack(loan);
  }
}

function unitsFor(
  { samples, layout }: BoxTree,
  count: number,
  argsOf: (first: number, count: number) => number[],
): Unit[] {
  const height = Math.max(1, Math.min(CALL_QUERIES, Math.floor(MAX_OPS / samples.data.length)));
  const leaf = Math.ceil(samples.rows / (1 + (layout.starts.length >> 1)));
  const opsPerQuery = samples.columns * Math.min(samples.rows, VISITS * leaf);
  return Array.from({ length: Math.ceil(count / height) }, (_, u) => {
    const own = Math.min(height, count - u * height);
    return [{ name: 'search', args: argsOf(u * height, own), ops: Math.min(MAX_OPS, own * opsPerQuery) }];
  });
}

function putColumns({ data, rows, columns }: Matrix, out: Float64Array, stride: number): void {
  for (let i = 0, at = 0; i < rows; i++) for (let k = 0; k < columns; k++, at++) out[k * stride + i] = data[at]!;
}

/** For each inner node and column the least values of its children, then the greatest. */
function putBoxes({ lower, upper, samples: { columns } }: BoxTree, inner: number, out: Float64Array): void {
  for (let node = 0, to = 0; node < inner; node++) {
    const first = (2 * node + 1) * columns;
    for (let k = 0; k < columns; k++) {
      out[to++] = lower[first + k]!;
      out[to++] = lower[first + columns + k]!;
      out[to++] = upper[first + k]!;
      out[to++] = upper[first + columns + k]!;
    }
  }
}
