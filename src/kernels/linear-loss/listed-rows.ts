/**
 * Samples as lists of their values other than zero, so that the products of a loss skip the rest. Sums keep their
 * order, and zero times a finite number adds nothing to them: gradients are those of the dense samples to the bit. The
 * loss, which is added up by blocks, differs by rounding, because these blocks are higher.
 */
import type { Matrix } from '../../array/index.ts';
import { MAX_OPS } from '../../work/index.ts';
import { arenaMemory, borrow, giveBack, type Loan } from '../arena.ts';
import { Places } from '../places.ts';

/** Addresses of lists of values that belong to rows of a table: values, bytes from the table's start, ends of the lists. */
export interface Lists {
  readonly values: number;
  readonly offsets: number;
  readonly ends: number;
}

/** A block's samples by rows, whose table has a row per column; and by columns, whose table has a row per sample. */
export interface BlockLists {
  readonly ofRows: Lists;
  readonly ofColumns: Lists;
}

/** Bytes of a table with a row per sample that stay in the first-level cache. */
const TABLE_BYTES = 20_480;
/** Lanes that the kernel adds up at once. */
const LANES_AT_ONCE = 10;
/** An entry takes as long with all of these as dense values do with so many lanes; measured. */
const LANES_OF_ENTRY = 12;

/** Whether lists take less time: by the shape and the count of zeros alone. */
export function paysToList({ data }: Matrix, lanes: number): boolean {
  // They are made without a checkpoint.
  if (lanes === 1 || data.length > MAX_OPS) return false;
  return countStored(data) * LANES_OF_ENTRY * Math.ceil(lanes / LANES_AT_ONCE) <= data.length * lanes;
}

function countStored(data: Float64Array): number {
  let stored = 0;
  for (let at = 0; at < data.length; at++) if (data[at] !== 0) stored++;
  return stored;
}

/** The lists of all blocks, in the arena. Whoever makes them closes them in a `finally`. */
export class ListedRows {
  readonly #loan: Loan;
  /** Rows of a block: by the number of lanes alone. */
  readonly height: number;
  /** By their first rows. */
  readonly #blocks = new Map<number, BlockLists>();

  /**
   * @param lanes numbers in a row of a table
   * @param stretch rows whose sums are made apart: no block reaches from one stretch into the next
   * @throws UnsupportedError if the host cannot give the memory.
   */
  constructor({ data, rows, columns }: Matrix, lanes: number, stretch: number) {
    const height = Math.max(4, Math.floor(TABLE_BYTES / 8 / lanes / 4) * 4);
    const stored = countStored(data);
    const places = new Places();
    const blocks = [...blocksOf(rows, height, stretch)];
    const take = (lists: number): Lists => ({
      values: places.take(8 * stored),
      offsets: places.take(4 * stored),
      ends: places.take(4 * lists),
    });
    const [ofRows, ofColumns] = [take(blocks.length * height), take(blocks.length * columns)];
    this.height = height;
    this.#loan = borrow(places.bytes);
    const byRows = new ListWriter(ofRows, this.#loan.pointer, stored, 8 * lanes);
    const byColumns = new ListWriter(ofColumns, this.#loan.pointer, stored, 8 * lanes);
    for (const [from, to] of blocks) {
      const block = data.subarray(from * columns, to * columns);
      const count = to - from;
      byRows.start();
      byColumns.start();
      for (let i = 0; i < count; i++) byRows.add(block, i * columns, columns, 1);
      for (let i = count; i < height; i++) byRows.add(block, 0, 0, 1);
      for (let j = 0; j < columns; j++) byColumns.add(block, j, count, columns);
      this.#blocks.set(from, { ofRows: byRows.started, ofColumns: byColumns.started });
    }
  }

  /** The lists of the block that starts at a row. */
  from(row: number): BlockLists {
    return this.#blocks.get(row)!;
  }

  close(): void {
    giveBack(this.#loan);
  }
}

/** First rows of blocks, and where they end. */
function* blocksOf(rows: number, height: number, stretch: number): Generator<readonly [from: number, to: number]> {
  for (let start = 0; start < rows; start += stretch) {
    const end = Math.min(rows, start + stretch);
    for (let from = start; from < end; from += height) yield [from, Math.min(end, from + height)];
  }
}

/** Writes lists one after another; ends count from the entry at which {@link ListWriter.start} was called. */
class ListWriter {
  readonly #values: Float64Array;
  readonly #offsets: Int32Array;
  readonly #ends: Int32Array;
  readonly #tableRow: number;
  #entry = 0;
  #list = 0;
  #first = 0;
  started: Lists = { values: 0, offsets: 0, ends: 0 };

  constructor({ values, offsets, ends }: Lists, pointer: number, entries: number, tableRow: number) {
    const { buffer } = arenaMemory();
    this.#values = new Float64Array(buffer, pointer + values, entries);
    this.#offsets = new Int32Array(buffer, pointer + offsets, entries);
    this.#ends = new Int32Array(buffer, pointer + ends);
    this.#tableRow = tableRow;
  }

  start(): void {
    this.#first = this.#entry;
    this.started = {
      values: this.#values.byteOffset + 8 * this.#entry,
      offsets: this.#offsets.byteOffset + 4 * this.#entry,
      ends: this.#ends.byteOffset + 4 * this.#list,
    };
  }

  /** Adds the list of `count` values `stride` apart. */
  add(data: Float64Array, from: number, count: number, stride: number): void {
    for (let k = 0, at = from; k < count; k++, at += stride) {
      const value = data[at]!;
      if (value === 0) continue;
      this.#values[this.#entry] = value;
      this.#offsets[this.#entry++] = k * this.#tableRow;
    }
    this.#ends[this.#list++] = this.#entry - this.#first;
  }
}
