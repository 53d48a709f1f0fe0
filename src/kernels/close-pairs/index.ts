/**
 * The pairs of queries and samples that may be close, all others being surely far. Cost: 2 queries × samples × columns
 * operations in single precision. Versions: `reference.ts` (exactly the close pairs, by plain loops) and `kernel.as.ts`
 * (these, and a few that rounding leaves open).
 */
import type { Matrix } from '../../array/index.ts';
import { MAX_OPS, type Work } from '../../work/index.ts';
import { arenaMemory, borrow, giveBack } from '../arena.ts';
import { WASM_BASE64 } from '../generated/close-pairs.ts';
import { lazyKernel } from '../load.ts';
import { Places } from '../places.ts';
import { type Placing, placingOf, singleLimit, singleRows } from './single-rows.ts';

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
/** Queries that go over all samples together: they stay in the second-level cache. */
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
  const placing = yield* placingOf(samples, queries);
  const height = Math.max(TILE, Math.min(MOST_QUERIES, Math.floor(MAX_OPS / (FIRST_SAMPLES * samples.columns))));
  for (let from = 0; from < queries.rows; from += height) {
    const to = Math.min(queries.rows, from + height);
    yield* visitSamples(samples, queries, { from, to }, placing, limitOf, offer);
  }
}

interface Range {
  readonly from: number;
  readonly to: number;
}

function* visitSamples(
  samples: Matrix,
  queries: Matrix,
  { from, to }: Range,
  placing: Placing,
  limitOf: (query: number) => number,
  offer: (query: number, sample: number) => void,
): Work<void> {
  const { columns } = samples;
  const asked = singleRows(queries, placing, from, to, -2, TILE);
  const most = Math.max(1, Math.min(MOST_SAMPLES, Math.floor(MAX_OPS / ((to - from) * columns))));
  const buffers = new Buffers(asked.norms.length, PANEL * Math.ceil(most / PANEL), columns);
  try {
    for (let start = 0; start < samples.rows; ) {
      const end = Math.min(samples.rows, start + Math.min(most, Math.max(FIRST_SAMPLES, start)));
      const known = singleRows(samples, placing, start, end, 1, PANEL);
      const limits = Float32Array.from(asked.norms, (norm, q) =>
        from + q < to ? singleLimit(limitOf(from + q), norm, columns, placing) : Number.NEGATIVE_INFINITY,
      );
      const pairs = buffers.find(kernel()!, asked.values, known.values, known.norms, end - start, limits);
      for (const pair of pairs) {
        const [query, sample] = [from + (pair >>> 16), start + (pair & 0xffff)];
        // Places without a row are found too where values are no numbers.
        if (query < to && sample < end) offer(query, sample);
      }
      yield { ops: (to - from) * (end - start) * columns };
      start = end;
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
  readonly #loan: ReturnType<typeof borrow>;

  constructor(queries: number, samples: number, columns: number) {
    this.#columns = columns;
    this.#queries = this.#places.take(queries * columns * 4);
    this.#samples = this.#places.take(samples * columns * 4);
    this.#norms = this.#places.take(samples * 4);
    this.#limits = this.#places.take(queries * 4);
    this.#found = this.#places.take(queries * samples * 4);
    this.#loan = borrow(this.#places.bytes);
  }

  find(
    fast: ClosePairsExports,
    queries: Float32Array,
    samples: Float32Array,
    norms: Float64Array,
    count: number,
    limits: Float32Array,
  ): Uint32Array {
    const { buffer } = arenaMemory();
    const start = this.#loan.pointer;
    const single = (place: number, length: number) => new Float32Array(buffer, start + place, length);
    single(this.#queries, queries.length).set(queries);
    packPanels(samples, this.#columns, single(this.#samples, samples.length));
    single(this.#norms, norms.length).set(norms);
    single(this.#norms, norms.length).fill(Number.POSITIVE_INFINITY, count);
    single(this.#limits, limits.length).set(limits);
    const found = fast.closePairs(
      start + this.#queries,
      limits.length,
      start + this.#samples,
      norms.length / PANEL,
      this.#columns,
      start + this.#norms,
      start + this.#limits,
      start + this.#found,
    );
    return new Uint32Array(buffer, start + this.#found, found).slice();
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
