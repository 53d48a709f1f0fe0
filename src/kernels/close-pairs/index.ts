/**
 * The pairs of queries and samples that may be close, all others being surely far. Cost: 2 queries × samples × columns
 * operations in single precision. Versions: `reference.ts` (exactly the close pairs, by plain loops) and `kernel.as.ts`
 * (these, and a few that rounding leaves open).
 */
import type { Matrix } from '../../array/index.ts';
import { MAX_OPS, type Work } from '../../work/index.ts';
import { arenaMemory, borrow, giveBack, type Loan } from '../arena.ts';
import { WASM_BASE64 } from '../generated/close-pairs.ts';
import { lazyKernel } from '../load.ts';
import { Places } from '../places.ts';
import { placingOf, type SingleRows, singleLimit, singleRows } from './single-rows.ts';

interface ClosePairsExports {
  closePairs(
    queries: number,
    count: number,
    samples: number,
    panels: number,
    columns: number,
    norms: number,
    limits: number,
    found: number,
  ): number;
}

/** Queries of a tile, and samples of a panel. */
const TILE = 4;
const PANEL = 8;
/** The first samples come in small blocks, which double, because limits fall fastest at the start. */
const FIRST_SAMPLES = 32;
const MOST_SAMPLES = 1024;
/** Queries of one visit, which stay in the second-level cache with a block of samples. */
const MOST_QUERIES = 256;

const kernel = lazyKernel<ClosePairsExports>(WASM_BASE64);

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
  const buffers = new Buffers(height, PANEL * Math.ceil(width / PANEL), columns);
  try {
    for (let start = 0, end = 0; start < samples.rows; start = end) {
      end = Math.min(samples.rows, start + Math.min(width, Math.max(FIRST_SAMPLES, start)));
      const known = singleRows(samples, placing, start, end, 1, PANEL);
      buffers.placeSamples(known, end - start);
      for (let from = 0; from < queries.rows; from += height) {
        const to = Math.min(queries.rows, from + height);
        const limits = new Float32Array(TILE * Math.ceil((to - from) / TILE)).fill(Number.NEGATIVE_INFINITY);
        for (let q = from; q < to; q++) {
          limits[q - from] = singleLimit(limitOf(q), asked.norms[q]!, columns, placing);
        }
        const rows = asked.values.subarray(from * columns, (from + limits.length) * columns);
        for (const pair of buffers.find(kernel()!, rows, limits)) {
          const query = from + (pair >>> 16);
          const sample = start + (pair & 0xffff);
          // Places without a row are found too where values are no numbers.
          if (query < to && sample < end) offer(query, sample);
        }
        yield { ops: (to - from) * (end - start) * columns };
      }
    }
  } finally {
    buffers.close();
  }
}

/** Where the kernel reads and writes. */
class Buffers {
  readonly #columns: number;
  readonly #places = new Places();
  readonly #queries: number;
  readonly #samples: number;
  readonly #norms: number;
  readonly #limits: number;
  readonly #found: number;
  readonly #loan: Loan;
  #panels = 0;

  constructor(queries: number, samples: number, columns: number) {
    this.#columns = columns;
    this.#queries = this.#places.take(queries * columns * 4);
    this.#samples = this.#places.take(samples * columns * 4);
    this.#norms = this.#places.take(samples * 4);
    this.#limits = this.#places.take(queries * 4);
    this.#found = this.#places.take(queries * samples * 4);
    this.#loan = borrow(this.#places.bytes);
  }

  /** Puts a block of `count` samples in place. */
  placeSamples({ values, norms }: SingleRows, count: number): void {
    packPanels(values, this.#columns, this.#single(this.#samples, values.length));
    const lengths = this.#single(this.#norms, norms.length);
    lengths.set(norms);
    lengths.fill(Number.POSITIVE_INFINITY, count);
    this.#panels = norms.length / PANEL;
  }

  /** `query * 65536 + sample` of each pair of these queries and the samples in place. */
  find(fast: ClosePairsExports, queries: Float32Array, limits: Float32Array): Uint32Array {
    this.#single(this.#queries, queries.length).set(queries);
    this.#single(this.#limits, limits.length).set(limits);
    const { pointer } = this.#loan;
    const count = fast.closePairs(
      pointer + this.#queries,
      limits.length,
      pointer + this.#samples,
      this.#panels,
      this.#columns,
      pointer + this.#norms,
      pointer + this.#limits,
      pointer + this.#found,
    );
    return new Uint32Array(arenaMemory().buffer, pointer + this.#found, count).slice();
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
