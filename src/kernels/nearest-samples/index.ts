/**
 * The nearest samples of each query by Euclidean distance. Cost: 2 queries × samples × columns operations in single
 * precision. Versions: `reference.ts` (all distances, sorted) and `kernel.as.ts`, equal to the bit.
 */
import type { Matrix } from '../../array/index.ts';
import { countThreads, type KernelCall, runUnits, type Unit } from '../../parallel/index.ts';
import { MAX_OPS, type Work } from '../../work/index.ts';
import { arenaMemory, borrow, giveBack } from '../arena.ts';
import { WASM_BASE64 } from '../generated/nearest-samples.ts';
import { instanceOf, lazyKernel } from '../load.ts';
import { Places } from '../places.ts';
import { GREATEST, type Placing, placingOf, singleRows } from './single-rows.ts';

/** Queries of a tile, and samples of a panel. */
const TILE = 4;
const PANEL = 8;
/** The first samples come in small blocks, which double, because limits fall fastest at the start. */
const FIRST_SAMPLES = 16;
const MOST_SAMPLES = 512;
/** Queries of one visit, which stay in the second-level cache with a block of samples. */
const MOST_QUERIES = 256;
/** Bytes of the samples, and of the queries, that lie in the arena at a time: as many as are put there in one step. */
const WINDOW_BYTES = 12 * MAX_OPS;

const kernel = lazyKernel<object>(WASM_BASE64);

/** Whether this host can run it. */
export function canFindNearest(): boolean {
  return kernel() !== undefined;
}

/** Samples, and the position in X of each. */
export interface Positioned {
  readonly samples: Matrix;
  readonly order: Int32Array;
}

/** The nearest samples, queries × k: binary heaps whose root is the farthest, of equally distant ones the last in X. */
export interface NearestHeaps {
  /** Squared distances. */
  readonly distances: Float64Array;
  /** Positions in X. */
  readonly indices: Int32Array;
}

/**
 * The `k` nearest samples of each query, of equally distant ones the first in X; at most as many as there are.
 *
 * @param without a position per query that is left out
 */
export function* nearestSamplesWork(
  { samples, order }: Positioned,
  queries: Matrix,
  k: number,
  without: Int32Array | undefined,
): Work<NearestHeaps> {
  const result = { distances: new Float64Array(queries.rows * k), indices: new Int32Array(queries.rows * k) };
  const window = new Window(samples, queries, k, yield* placingOf(samples, queries));
  try {
    for (let from = 0; from < queries.rows; from += window.queries) {
      const to = Math.min(queries.rows, from + window.queries);
      window.putQueries(from, to, without);
      yield { ops: (to - from) * samples.columns };
      for (let start = 0; start < samples.rows; start += window.samples) {
        const end = Math.min(samples.rows, start + window.samples);
        // Samples that all have room stay from one window of queries to the next.
        if (from === 0 || window.samples < samples.rows) window.putSamples(start, end, order);
        yield { ops: (end - start) * samples.columns };
        const units = window.units(to - from, start, end);
        yield* runUnits(kernel()!, instanceOf(kernel()!), units, window.scratch);
      }
      window.takeInto(result, from, to);
    }
    return result;
  } finally {
    window.close();
  }
}

/** Where the kernel reads and writes: some queries with their lists, and some samples. */
class Window {
  readonly #samples: Matrix;
  readonly #queries: Matrix;
  readonly #k: number;
  readonly #placing: Placing;
  readonly #at;
  readonly #loan;
  readonly #scratchBytes: number;
  /** Rows at a time. */
  readonly samples: number;
  readonly queries: number;

  constructor(samples: Matrix, queries: Matrix, k: number, placing: Placing) {
    const { columns } = samples;
    this.#samples = samples;
    this.#queries = queries;
    this.#k = k;
    this.#placing = placing;
    this.samples = rowsOf(samples.rows, 12 * columns + 8, PANEL);
    this.queries = rowsOf(queries.rows, 12 * columns + 12 * k + 20, TILE);
    const [n, m] = [PANEL * Math.ceil(this.samples / PANEL), TILE * Math.ceil(this.queries / TILE)];
    this.#scratchBytes = 4 * MOST_QUERIES * MOST_SAMPLES;
    const places = new Places();
    this.#at = {
      samples: places.take(4 * n * columns),
      norms: places.take(4 * n),
      sampleRows: places.take(8 * n * columns),
      order: places.take(4 * n),
      queries: places.take(4 * m * columns),
      queryNorms: places.take(8 * m),
      limits: places.take(4 * m),
      queryRows: places.take(8 * m * columns),
      without: places.take(4 * m),
      held: places.take(4 * m),
      distances: places.take(8 * m * k),
      indices: places.take(4 * m * k),
      scratch: places.take(countThreads() * this.#scratchBytes),
    };
    this.#loan = borrow(places.bytes);
  }

  get scratch() {
    return { pointer: this.#loan.pointer + this.#at.scratch, bytes: this.#scratchBytes };
  }

  putSamples(from: number, to: number, order: Int32Array): void {
    const { columns, data } = this.#samples;
    const { values, norms } = singleRows(this.#samples, this.#placing, from, to, 1, PANEL);
    packPanels(values, columns, this.#view(Float32Array, this.#at.samples, values.length));
    norms.fill(Number.POSITIVE_INFINITY, to - from);
    this.#view(Float32Array, this.#at.norms, norms.length).set(norms);
    this.#view(Float64Array, this.#at.sampleRows, (to - from) * columns).set(
      data.subarray(from * columns, to * columns),
    );
    this.#view(Int32Array, this.#at.order, to - from).set(order.subarray(from, to));
  }

  /** Puts queries in place, with empty lists. */
  putQueries(from: number, to: number, without: Int32Array | undefined): void {
    const { columns, data } = this.#queries;
    const { values, norms } = singleRows(this.#queries, this.#placing, from, to, -2, TILE);
    this.#view(Float32Array, this.#at.queries, values.length).set(values);
    this.#view(Float64Array, this.#at.queryNorms, norms.length).set(norms);
    const limits = this.#view(Float32Array, this.#at.limits, norms.length).fill(GREATEST);
    limits.fill(Number.NEGATIVE_INFINITY, to - from);
    this.#view(Float64Array, this.#at.queryRows, (to - from) * columns).set(
      data.subarray(from * columns, to * columns),
    );
    const left = this.#view(Int32Array, this.#at.without, norms.length).fill(-1);
    if (without !== undefined) left.set(without.subarray(from, to));
    this.#view(Int32Array, this.#at.held, norms.length).fill(0);
  }

  /** One per block of queries, which takes samples `start` to `end` block by block. */
  units(count: number, start: number, end: number): Unit[] {
    const { columns } = this.#samples;
    const height = Math.max(TILE, Math.min(MOST_QUERIES, TILE * Math.floor(MAX_OPS / (TILE * PANEL * columns))));
    const most = Math.max(PANEL, Math.min(MOST_SAMPLES, PANEL * Math.floor(MAX_OPS / (height * PANEL * columns))));
    return Array.from({ length: Math.ceil(count / height) }, (_, b) => {
      const first = b * height;
      const own = Math.min(height, count - first);
      const calls: KernelCall[] = [];
      for (let from = start, to = start; from < end; from = to) {
        to = Math.min(end, from + Math.min(most, Math.max(FIRST_SAMPLES, from)));
        calls.push(this.#offering(first, own, from - start, to - start));
      }
      return calls;
    });
  }

  /** Offers samples `from` to `to` of the window to `count` queries from `first` on. */
  #offering(first: number, count: number, from: number, to: number): KernelCall {
    const { columns } = this.#samples;
    const at = (place: number, bytes: number, row: number) => this.#loan.pointer + place + bytes * row;
    const places = this.#at;
    const args = [
      ...[at(places.queries, 4 * columns, first), TILE * Math.ceil(count / TILE)],
      ...[at(places.samples, 4 * columns, from), columns, at(places.norms, 4, from), at(places.limits, 4, first)],
      ...[at(places.queryRows, 8 * columns, first), at(places.sampleRows, 8 * columns, from)],
      ...[at(places.order, 4, from), to - from, at(places.queryNorms, 8, first), this.#placing.scale],
      ...[at(places.without, 4, first), at(places.held, 4, first), this.#k],
      ...[at(places.distances, 8 * this.#k, first), at(places.indices, 4 * this.#k, first)],
    ];
    return { name: 'nearest', args, ops: count * (to - from) * columns };
  }

  takeInto({ distances, indices }: NearestHeaps, from: number, to: number): void {
    distances.set(this.#view(Float64Array, this.#at.distances, (to - from) * this.#k), from * this.#k);
    indices.set(this.#view(Int32Array, this.#at.indices, (to - from) * this.#k), from * this.#k);
  }

  #view<A>(List: new (buffer: ArrayBufferLike, at: number, length: number) => A, place: number, length: number): A {
    return new List(arenaMemory().buffer, this.#loan.pointer + place, length);
  }

  close(): void {
    giveBack(this.#loan);
  }
}

/** All rows, or as many of them, in multiples, as a window has room for. */
function rowsOf(rows: number, bytesPerRow: number, multiple: number): number {
  return Math.min(rows, multiple * Math.max(1, Math.floor(WINDOW_BYTES / bytesPerRow / multiple)));
}

/** Panel after panel of eight rows, column by column. */
function packPanels(rows: Float32Array, columns: number, packed: Float32Array): void {
  const count = rows.length / columns;
  for (let i = 0; i < count; i++) {
    const panel = (i - (i % PANEL)) * columns + (i % PANEL);
    for (let k = 0; k < columns; k++) packed[panel + k * PANEL] = rows[i * columns + k]!;
  }
}
