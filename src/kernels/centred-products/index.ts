/**
 * Products of the columns of chunks of rows, less the chunks' means. Cost: rows columns² operations. Versions: `reference.ts` with `gram`,
 * and `kernel.as.ts`, whose chunks threads share; they agree to the bit.
 */
import { Matrix } from '../../array/index.ts';
import { countThreads, type KernelCall, runUnits, type Unit } from '../../parallel/index.ts';
import type { Work } from '../../work/index.ts';
import { arenaMemory, borrow, giveBack } from '../arena.ts';
import { WASM_BASE64 } from '../generated/centred-products.ts';
import { instanceOf, lazyKernel } from '../load.ts';
import { gramWork } from '../matmul/gram.ts';
import { DEPTH } from '../matmul/product.ts';
import { Places } from '../places.ts';
import { centreInto, meansInto, type RowRange } from './reference.ts';

export type { RowRange } from './reference.ts';

/** Takes what a chunk gives, which is overwritten afterwards: the means, and products right of and on the diagonal. */
export type TakeChunk = (chunk: RowRange, mean: Float64Array, products: Float64Array) => Work<void>;

/** Products of more columns are so large that threads share each chunk's, not the chunks. */
const MOST_COLUMNS = 1024;
/** Bytes of the chunks that lie in the arena at a time, unless one is larger; and how many at most. */
const MOST_BYTES = 2 ** 25;
const MOST_CHUNKS = 16;
/** Columns and rows of one block of products. */
const SIDE = 128;

const kernel = lazyKernel<object>(WASM_BASE64);

/**
 * Hands over the means and centred products of chunk after chunk of the rows of [parts ...], side by side.
 *
 * @param center otherwise means are zero
 */
export function* centredProductsWork(
  parts: readonly Matrix[],
  chunks: readonly RowRange[],
  center: boolean,
  take: TakeChunk,
): Work<void> {
  const columns = parts.reduce((sum, part) => sum + part.columns, 0);
  const fast = columns > 0 && columns <= MOST_COLUMNS ? kernel() : undefined;
  if (fast === undefined) yield* chunkByChunk(parts, columns, chunks, center, take);
  else yield* windowByWindow(fast, parts, columns, chunks, center, take);
}

function* chunkByChunk(
  parts: readonly Matrix[],
  columns: number,
  chunks: readonly RowRange[],
  center: boolean,
  take: TakeChunk,
): Work<void> {
  const rows = new Float64Array(heightOf(chunks) * columns);
  for (const chunk of chunks) {
    const mean = new Float64Array(columns);
    if (center && chunk.weight > 0) meansInto(parts, chunk, mean);
    centreInto(parts, chunk, mean, rows);
    const count = chunk.to - chunk.from;
    yield { ops: 2 * count * columns };
    const { data } = yield* gramWork(new Matrix(rows.subarray(0, count * columns), count, columns));
    yield* take(chunk, mean, data);
  }
}

function heightOf(chunks: readonly RowRange[]): number {
  return chunks.reduce((most, { from, to }) => Math.max(most, to - from), 0);
}

/** Where the parts of one chunk lie, from the chunk's place on. */
type ChunkPlaces = ReturnType<typeof placesFor>;

function placesFor(height: number, columns: number) {
  const places = new Places();
  const at = {
    rows: places.take(8 * height * columns),
    weights: places.take(8 * height),
    mean: places.take(8 * columns),
    products: places.take(8 * columns * columns),
  };
  return { ...at, bytes: places.bytes };
}

function* windowByWindow(
  fast: object,
  parts: readonly Matrix[],
  columns: number,
  chunks: readonly RowRange[],
  center: boolean,
  take: TakeChunk,
): Work<void> {
  const at = placesFor(heightOf(chunks), columns);
  const width = Math.min(chunks.length, MOST_CHUNKS, Math.max(1, Math.floor(MOST_BYTES / at.bytes)));
  const places = new Places(width * at.bytes);
  const scratchBytes = 128 + 8 * DEPTH * 4 * Math.ceil(columns / 4);
  const scratchAt = places.take(countThreads() * scratchBytes);
  const loan = borrow(places.bytes);
  const { pointer } = loan;
  const view = (place: number, length: number) => new Float64Array(arenaMemory().buffer, place, length);
  try {
    for (let first = 0; first < chunks.length; first += width) {
      const some = chunks.slice(first, first + width);
      for (const [c, chunk] of some.entries()) {
        const own = pointer + c * at.bytes;
        copyRows(parts, chunk, columns, view(own + at.rows, (chunk.to - chunk.from) * columns));
        if (chunk.weights !== undefined) view(own + at.weights, chunk.weights.length).set(chunk.weights);
        view(own + at.mean, columns).fill(0);
        yield { ops: (chunk.to - chunk.from) * columns };
      }
      const units = some.map((chunk, c) => chunkUnit(chunk, pointer + c * at.bytes, at, columns, center));
      yield* runUnits(fast, instanceOf(fast), units, { pointer: pointer + scratchAt, bytes: scratchBytes });
      for (const [c, chunk] of some.entries()) {
        const own = pointer + c * at.bytes;
        yield* take(chunk, view(own + at.mean, columns).slice(), view(own + at.products, columns * columns));
      }
    }
  } finally {
    giveBack(loan);
  }
}

/** Copies the rows of all parts, side by side. */
function copyRows(parts: readonly Matrix[], { from, to }: RowRange, width: number, rows: Float64Array): void {
  let at = 0;
  for (const { data, columns } of parts) {
    if (columns === width) rows.set(data.subarray(from * width, to * width));
    else if (columns === 1) for (let i = from, k = at; i < to; i++, k += width) rows[k] = data[i]!;
    else for (let i = from, k = at; i < to; i++, k += width) rows.set(data.subarray(i * columns, (i + 1) * columns), k);
    at += columns;
  }
}

function chunkUnit(
  { from, to, weights, weight }: RowRange,
  place: number,
  at: ChunkPlaces,
  columns: number,
  center: boolean,
): Unit {
  const count = to - from;
  const rows = place + at.rows;
  const mean = place + at.mean;
  const weightsAt = weights === undefined ? 0 : place + at.weights;
  const calls: KernelCall[] = [];
  if (center && weight > 0) {
    calls.push({ name: 'meansOfRows', args: [rows, count, columns, weightsAt, weight, mean], ops: count * columns });
  }
  if (weights !== undefined) calls.push({ name: 'takeRoots', args: [weightsAt, count], ops: count });
  for (let s = 0; s < count; s += DEPTH) {
    const deep = Math.min(DEPTH, count - s);
    const roots = weights === undefined ? 0 : weightsAt + 8 * s;
    const args = [rows + 8 * s * columns, deep, columns, roots, mean];
    calls.push({ name: 'packCentred', args, ops: deep * columns });
    calls.push(...blockCalls(deep, columns, place + at.products, s > 0));
  }
  return calls;
}

/** The blocks on and right of the diagonal. */
function blockCalls(deep: number, columns: number, products: number, isAdded: boolean): KernelCall[] {
  const calls: KernelCall[] = [];
  for (let j = 0; j < columns; j += SIDE) {
    for (let i = 0; i <= j; i += SIDE) {
      const [height, width] = [Math.min(SIDE, columns - i), Math.min(SIDE, columns - j)];
      const args = [deep, columns, i, height, j, width, products, Number(isAdded)];
      calls.push({ name: 'addProducts', args, ops: height * width * deep });
    }
  }
  return calls;
}
