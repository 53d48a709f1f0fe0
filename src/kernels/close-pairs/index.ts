/**
 * The pairs of queries and samples that may be close, all others being surely far. Cost: 2 queries × samples × columns
 * operations in single precision. Versions: `reference.ts` (exactly the close pairs, by plain loops) and `kernel.as.ts`
 * (these, and a few that rounding leaves open).
 */
import type { Matrix } from '../../array/index.ts';
import { runUnits, type Unit } from '../../parallel/index.ts';
import { MAX_OPS, type Work } from '../../work/index.ts';
import { arenaMemory, borrow, giveBack, type Loan } from '../arena.ts';
import { WASM_BASE64 } from '../generated/close-pairs.ts';
import { instanceOf, lazyKernel } from '../load.ts';
import { Places } from '../places.ts';
import { placingOf, type SingleRows, singleLimit, singleRows } from './single-rows.ts';

/** Queries of a tile, and samples of a panel. */
const TILE = 4;
const PANEL = 8;
/** The first samples come in small blocks, which double, because limits fall fastest at the start. */
const FIRST_SAMPLES = 32;
const MOST_SAMPLES = 1024;
/** Queries of one visit, which stay in the second-level cache with a block of samples. */
const MOST_QUERIES = 256;
/** Blocks of queries that threads share at a time. */
const BLOCKS = 16;

const kernel = lazyKernel<object>(WASM_BASE64);

/** Whether this host can run it. */
export function canFindClosePairs(): boolean {
  return kernel() !== undefined;
}

/**
 * Offers, sample after sample for each query, every pair whose squared distance may be no greater than `limitOf(query)`;
 * limits may fall by what is offered.
 */
export function* closePairsWork(
  samples: Matrix,
  queries: Matrix,
  limitOf: (query: number) => number,
  offer: (query: number, sample: number) => void,
): Work<void> {
  const { columns } = samples;
  const placing = yield* placingOf(samples, queries);
  const asked = singleRows(queries, placing, 0, queries.rows, -2, TILE);
  yield { ops: queries.rows * columns };
  const height = Math.max(TILE, Math.min(MOST_QUERIES, TILE * Math.floor(MAX_OPS / (TILE * FIRST_SAMPLES * columns))));
  const width = Math.max(1, Math.min(MOST_SAMPLES, Math.floor(MAX_OPS / (height * columns))));
  const blocks = blocksOf(queries.rows, height);
  const places = new Window(Math.min(BLOCKS, blocks.length), height, PANEL * Math.ceil(width / PANEL), columns);
  try {
    for (let start = 0, end = 0; start < samples.rows; start = end) {
      end = Math.min(samples.rows, start + Math.min(width, Math.max(FIRST_SAMPLES, start)));
      places.putSamples(singleRows(samples, placing, start, end, 1, PANEL), end - start);
      for (let first = 0; first < blocks.length; first += BLOCKS) {
        const some = blocks.slice(first, first + BLOCKS);
        const units = some.map(({ from, to }, b) => {
          const limits = new Float32Array(TILE * Math.ceil((to - from) / TILE)).fill(Number.NEGATIVE_INFINITY);
          for (let q = from; q < to; q++) {
            limits[q - from] = singleLimit(limitOf(q), asked.norms[q]!, columns, placing);
          }
          const rows = asked.values.subarray(from * columns, (from + limits.length) * columns);
          return places.putQueries(b, rows, limits, (to - from) * (end - start) * columns);
        });
        yield* runUnits(kernel()!, instanceOf(kernel()!), units, { pointer: 0, bytes: 0 });
        for (const [b, { from, to }] of some.entries()) {
          for (const pair of places.found(b)) {
            const query = from + (pair >>> 16);
            const sample = start + (pair & 0xffff);
            // Places without a row are found too where values are no numbers.
            if (query < to && sample < end) offer(query, sample);
          }
          yield { ops: 0 };
        }
      }
    }
  } finally {
    places.close();
  }
}

function blocksOf(rows: number, height: number): { readonly from: number; readonly to: number }[] {
  return Array.from({ length: Math.ceil(rows / height) }, (_, b) => ({
    from: b * height,
    to: Math.min(rows, (b + 1) * height),
  }));
}

/** Where the kernel reads and writes: one block of samples, and some of queries with what is found for each. */
class Window {
  readonly #columns: number;
  readonly #samples: number;
  readonly #norms: number;
  /** Places of a block of queries, from its own place on. */
  readonly #block: { readonly queries: number; readonly limits: number; readonly found: number };
  readonly #first: number;
  readonly #blockBytes: number;
  readonly #loan: Loan;
  #panels = 0;

  constructor(blocks: number, queries: number, samples: number, columns: number) {
    this.#columns = columns;
    const own = new Places();
    this.#block = {
      queries: own.take(queries * columns * 4),
      limits: own.take(queries * 4),
      found: own.take(queries * samples * 4 + 4),
    };
    this.#blockBytes = own.bytes;
    const places = new Places();
    this.#samples = places.take(samples * columns * 4);
    this.#norms = places.take(samples * 4);
    this.#first = places.take(blocks * own.bytes);
    this.#loan = borrow(places.bytes);
  }

  /** Puts a block of `count` samples in place. */
  putSamples({ values, norms }: SingleRows, count: number): void {
    packPanels(values, this.#columns, this.#single(this.#samples, values.length));
    const lengths = this.#single(this.#norms, norms.length);
    lengths.set(norms);
    lengths.fill(Number.POSITIVE_INFINITY, count);
    this.#panels = norms.length / PANEL;
  }

  /** Puts a block of queries in place, to be compared with the samples. */
  putQueries(block: number, queries: Float32Array, limits: Float32Array, ops: number): Unit {
    const at = this.#first + block * this.#blockBytes;
    const { pointer } = this.#loan;
    this.#single(at + this.#block.queries, queries.length).set(queries);
    this.#single(at + this.#block.limits, limits.length).set(limits);
    const args = [
      ...[pointer + at + this.#block.queries, limits.length],
      ...[pointer + this.#samples, this.#panels, this.#columns, pointer + this.#norms],
      ...[pointer + at + this.#block.limits, pointer + at + this.#block.found],
    ];
    return [{ name: 'closePairs', args, ops }];
  }

  /** `query * 65536 + sample` of each pair of a block's queries and the samples. */
  found(block: number): Uint32Array {
    const { buffer } = arenaMemory();
    const at = this.#loan.pointer + this.#first + block * this.#blockBytes + this.#block.found;
    const [count] = new Uint32Array(buffer, at, 1);
    return new Uint32Array(buffer, at + 4, count!).slice();
  }

  #single(place: number, length: number): Float32Array {
    return new Float32Array(arenaMemory().buffer, this.#loan.pointer + place, length);
  }

  close(): void {
    giveBack(this.#loan);
  }
}

/** Panel after panel of eight rows, column by column. */
function packPanels(rows: Float32Array, columns: number, packed: Float32Array): void {
  const count = rows.length / columns;
  for (let i = 0; i < count; i++) {
    const panel = (i - (i % PANEL)) * columns + (i % PANEL);
    for (let k = 0; k < columns; k++) packed[panel + k * PANEL] = rows[i * columns + k]!;
  }
}
