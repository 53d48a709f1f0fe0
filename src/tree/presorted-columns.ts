import type { RankCodes } from './rank-codes.ts';

/** Nodes below this size sort for themselves: that is cheaper than keeping every column in order. */
const MIN_NODE = 16;

/**
 * Every column's rows in ascending order, parted stably at each split, so that no node has to sort: pays where most
 * features are looked at in every node. Needs 4 bytes per value.
 */
export class PresortedColumns {
  /** columns × samples. */
  readonly #order: Int32Array;
  readonly #size: number;
  readonly #ranks: RankCodes;
  /** Columns in order here; where sums round, those with ties are left to the reference sort. */
  readonly #columns: readonly number[];
  readonly #side: Uint8Array;
  readonly #scratch: Int32Array;

  constructor(ranks: RankCodes, weights: Float64Array, size: number, isExact: boolean) {
    this.#size = size;
    this.#ranks = ranks;
    this.#order = new Int32Array(ranks.columns * size);
    this.#columns = Array.from(ranks.tied.keys()).filter(j => isExact || ranks.tied[j] === 0);
    this.#side = new Uint8Array(ranks.rows);
    this.#scratch = new Int32Array(size);
    for (const j of this.#columns)
      pickPositive(ranks.order!, j * ranks.rows, ranks.rows, weights, this.#order, j * size);
  }

  /** Whether the columns are kept in order within a node. */
  covers(start: number, end: number): boolean {
    return end - start >= MIN_NODE;
  }

  /** Writes the rows and ranks of a node in order; returns whether some ranks are equal. */
  load(feature: number, keys: Uint32Array, samples: Int32Array, start: number, end: number): boolean {
    const { codes, rows } = this.#ranks;
    return loadInOrder(codes, feature * rows, this.#order, feature * this.#size, keys, samples, start, end);
  }

  /** `samples[start .. pos)` went left, `samples[pos .. end)` right. */
  part(samples: Int32Array, start: number, pos: number, end: number): void {
    if (!this.covers(start, pos) && !this.covers(pos, end)) return;
    for (let p = start; p < pos; p++) this.#side[samples[p]!] = 1;
    for (let p = pos; p < end; p++) this.#side[samples[p]!] = 0;
    for (const j of this.#columns) {
      partStably(this.#order, j * this.#size + start, j * this.#size + end, this.#side, this.#scratch);
    }
  }
}

function loadInOrder(
  codes: Uint32Array,
  codesBase: number,
  order: Int32Array,
  orderBase: number,
  keys: Uint32Array,
  samples: Int32Array,
  start: number,
  end: number,
): boolean {
  let before = -1;
  let ties = 0;
  for (let p = start; p < end; p++) {
    const i = order[orderBase + p]!;
    const key = codes[codesBase + i]! >>> 1;
    samples[p] = i;
    keys[p] = key;
    ties += Number(key === before);
    before = key;
  }
  return ties > 0;
}

function pickPositive(
  order: Int32Array,
  base: number,
  rows: number,
  weights: Float64Array,
  to: Int32Array,
  toBase: number,
): void {
  let at = toBase;
  for (let p = base; p < base + rows; p++) {
    const i = order[p]!;
    if (weights[i] !== 0) to[at++] = i;
  }
}

/** Rows with side 1 first, both in their order. Both targets are written each time: a branch would be mispredicted. */
function partStably(order: Int32Array, start: number, end: number, side: Uint8Array, scratch: Int32Array): void {
  let left = start;
  let right = 0;
  for (let p = start; p < end; p++) {
    const i = order[p]!;
    const toLeft = side[i]!;
    order[left] = i;
    scratch[right] = i;
    left += toLeft;
    right += 1 - toLeft;
  }
  for (let q = 0; q < right; q++) order[left + q] = scratch[q]!;
}
