import { PresortedColumns } from './presorted-columns.ts';
import type { RankCodes } from './rank-codes.ts';
import { loadKeys, type RankColumn, RankSorter } from './rank-sort.ts';

/**
 * The samples of a growing tree, arranged so that every node owns a range of `samples`, and the ways to arrange a
 * node: sorted by a feature, or parted by a split.
 *
 * Where sums are exact, the order of ties is free and the fastest sort is taken. Elsewhere the order is, exchange for
 * exchange, the one that scikit-learn arrives at, since it decides how sums round.
 */
export class NodeSamples {
  readonly ranks: RankCodes;
  /** Rows with positive weight, in tree order. */
  readonly samples: Int32Array;
  /** Ranks of the feature last sorted or read, in tree order. */
  readonly keys: Uint32Array;
  /** Missing values of that feature in that node. */
  nMissing = 0;
  /** Written by `readRange`. */
  least = 0;
  greatest = 0;
  readonly #isExact: boolean;
  readonly #sorter: RankSorter;
  readonly #rankColumns: readonly RankColumn[];
  /** The order before a sort that may have to be undone. */
  readonly #before: Int32Array;
  readonly #presorted: PresortedColumns | undefined;

  constructor(ranks: RankCodes, weights: Float64Array, options: { isExact: boolean; presort: boolean }) {
    this.ranks = ranks;
    this.samples = positiveRows(weights);
    this.keys = new Uint32Array(this.samples.length);
    this.#isExact = options.isExact;
    this.#sorter = new RankSorter(this.samples.length);
    this.#rankColumns = Array.from({ length: ranks.columns }, (_, feature) => {
      // The rank of missing values is the number of distinct values.
      return { codes: ranks.codes, base: feature * ranks.rows, bits: 32 - Math.clz32(this.#missingCode(feature)) };
    });
    this.#before = new Int32Array(options.isExact ? 0 : this.samples.length);
    if (options.presort) this.#presorted = new PresortedColumns(ranks, weights, this.samples.length, options.isExact);
  }

  /** Sorts a node by a feature; missing values come last. */
  sort(feature: number, start: number, end: number): void {
    const isSorted = (this.#isExact || this.ranks.tied[feature] === 0) && this.#sortFast(feature, start, end);
    if (!isSorted) this.#sortLikeReference(feature, start, end);
    else this.nMissing = this.ranks.missing[feature] === 1 ? this.#countLast(feature, start, end) : 0;
  }

  /** Changes nothing, and returns false, where there are ties whose order matters. */
  #sortFast(feature: number, start: number, end: number): boolean {
    const { samples, keys } = this;
    if (!this.#isExact) copyRange(samples, this.#before, start, end);
    if (this.#presorted?.covers(start, end)) {
      const hasTies = this.#presorted.load(feature, keys, samples, start, end);
      if (this.#isExact || !hasTies) return true;
      copyRange(this.#before, samples, start, end);
      return false;
    }
    this.#sorter.sort(this.#rankColumns[feature]!, keys, samples, start, end);
    if (this.#isExact || !hasEqualNeighbours(keys, start, end)) return true;
    copyRange(this.#before, samples, start, end);
    return false;
  }

  #countLast(feature: number, start: number, end: number): number {
    const code = this.#missingCode(feature);
    let p = end;
    while (p > start && this.keys[p - 1] === code) p--;
    return end - p;
  }

  #missingCode(feature: number): number {
    return this.ranks.offsets[feature + 1]! - this.ranks.offsets[feature]!;
  }

  #sortLikeReference(feature: number, start: number, end: number): void {
    const { ranks, samples, keys } = this;
    const last = ranks.missing[feature] === 1 ? this.#moveMissingLast(feature, start, end) : end - 1;
    this.nMissing = end - 1 - last;
    this.#sorter.sortLikeReference(this.#rankColumns[feature]!, keys, samples, start, last + 1);
    if (this.nMissing > 0) keys.fill(this.#missingCode(feature), last + 1, end);
  }

  /** Exchanges missing values with the last ones that are not; returns the last position that is not missing. */
  #moveMissingLast(feature: number, start: number, end: number): number {
    const { ranks, samples } = this;
    const base = feature * ranks.rows;
    const code = 2 * this.#missingCode(feature);
    let last = end - 1;
    for (let p = start; p <= last; ) {
      if (ranks.codes[base + samples[last]!] === code) {
        last--;
        continue;
      }
      if (ranks.codes[base + samples[p]!] === code) {
        const other = samples[p]!;
        samples[p] = samples[last]!;
        samples[last] = other;
        last--;
      }
      p++;
    }
    return last;
  }

  /** After `sort`: moves the missing values from the end to the start of the node, keeping both orders. */
  moveMissingFirst(start: number, end: number): void {
    const from = end - this.nMissing;
    const keys = this.keys.slice(from, end);
    const samples = this.samples.slice(from, end);
    this.keys.copyWithin(start + this.nMissing, start, from);
    this.samples.copyWithin(start + this.nMissing, start, from);
    this.keys.set(keys, start);
    this.samples.set(samples, start);
  }

  /** Reads the ranks of a feature without sorting; `least` and `greatest` are those that are not missing. */
  readRange(feature: number, start: number, end: number): void {
    const { ranks, samples, keys } = this;
    loadKeys(ranks.codes, feature * ranks.rows, samples, keys, start, end);
    const missing = this.#missingCode(feature);
    this.nMissing = ranks.missing[feature] === 1 ? countEqual(keys, missing, start, end) : 0;
    this.least = leastOf(keys, start, end);
    this.greatest = greatestOf(keys, start, end, this.nMissing > 0 ? missing : Infinity);
  }

  /** After `readRange`: parts the node by rank as `part` does, with the ranks at hand. */
  partRead(feature: number, cutRank: number, missingLeft: boolean, start: number, end: number): number {
    return partByKeys(this.keys, this.samples, cutRank, this.#missingCode(feature), missingLeft, start, end);
  }

  /** Parts the node by rank: those up to `cutRank` to the left. Returns where the right side begins. */
  part(feature: number, cutRank: number, missingLeft: boolean, start: number, end: number): number {
    const { ranks, samples } = this;
    const { codes } = ranks;
    const base = feature * ranks.rows;
    const missing = this.#missingCode(feature);
    let left = start;
    let right = end;
    while (left < right) {
      const i = samples[left]!;
      const code = codes[base + i]! >>> 1;
      if (code === missing ? missingLeft : code <= cutRank) left++;
      else {
        right--;
        samples[left] = samples[right]!;
        samples[right] = i;
      }
    }
    return right;
  }

  /** Keeps the presorted columns, if any, in step with a node that was parted at `pos`. */
  partPresorted(start: number, pos: number, end: number): void {
    if (this.#presorted?.covers(start, end)) this.#presorted.part(this.samples, start, pos, end);
  }
}

function countEqual(keys: Uint32Array, key: number, start: number, end: number): number {
  let count = 0;
  for (let p = start; p < end; p++) if (keys[p] === key) count++;
  return count;
}

function leastOf(keys: Uint32Array, start: number, end: number): number {
  let least = keys[start]!;
  for (let p = start + 1; p < end; p++) if (keys[p]! < least) least = keys[p]!;
  return least;
}

/** The greatest key below `bound`. */
function greatestOf(keys: Uint32Array, start: number, end: number, bound: number): number {
  let greatest = 0;
  for (let p = start; p < end; p++) if (keys[p]! > greatest && keys[p]! < bound) greatest = keys[p]!;
  return greatest;
}

function partByKeys(
  keys: Uint32Array,
  samples: Int32Array,
  cutRank: number,
  missing: number,
  missingLeft: boolean,
  start: number,
  end: number,
): number {
  let left = start;
  let right = end;
  while (left < right) {
    const key = keys[left]!;
    if (key === missing ? missingLeft : key <= cutRank) left++;
    else {
      right--;
      const i = samples[left]!;
      keys[left] = keys[right]!;
      samples[left] = samples[right]!;
      keys[right] = key;
      samples[right] = i;
    }
  }
  return right;
}

function copyRange(from: Int32Array, to: Int32Array, start: number, end: number): void {
  for (let p = start; p < end; p++) to[p] = from[p]!;
}

function hasEqualNeighbours(keys: Uint32Array, start: number, end: number): boolean {
  for (let p = start + 1; p < end; p++) if (keys[p] === keys[p - 1]) return true;
  return false;
}

function positiveRows(weights: Float64Array): Int32Array {
  const rows = new Int32Array(weights.length);
  let count = 0;
  for (let i = 0; i < weights.length; i++) if (weights[i] !== 0) rows[count++] = i;
  return rows.slice(0, count);
}
