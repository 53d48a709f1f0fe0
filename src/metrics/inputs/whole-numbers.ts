/** Labels that are whole numbers close to one another are encoded by a table of those that occur. */

/** Least and greatest label. */
export interface LabelRange {
  readonly least: number;
  readonly greatest: number;
}

/** The table has at most so many places beyond one per label. */
const SPARE_PLACES = 4096;

/** The range of the labels of several lists, where all are whole numbers and the range is worth a table. */
export function smallRange(lists: readonly ArrayLike<unknown>[]): LabelRange | undefined {
  let least = Number.POSITIVE_INFINITY;
  let greatest = Number.NEGATIVE_INFINITY;
  let count = 0;
  for (const list of lists) {
    const range = rangeOf(list);
    if (range === undefined) return undefined;
    least = Math.min(least, range.least);
    greatest = Math.max(greatest, range.greatest);
    count += list.length;
  }
  return greatest - least < count + SPARE_PLACES ? { least, greatest } : undefined;
}

function rangeOf(list: ArrayLike<unknown>): LabelRange | undefined {
  let least = 2 ** 31;
  let greatest = -(2 ** 31) - 1;
  for (let i = 0; i < list.length; i++) {
    const label = list[i];
    // Only whole numbers of 32 bits survive this.
    if (typeof label !== 'number' || (label | 0) !== label) return undefined;
    if (label < least) least = label;
    if (label > greatest) greatest = label;
  }
  return { least, greatest };
}

/** Positions of the labels among those that occur, which ascend. */
export function encodeWholeNumbers(
  lists: readonly ArrayLike<number>[],
  { least, greatest }: LabelRange,
): { readonly classes: readonly number[]; readonly codes: readonly Int32Array[] } {
  const places = Math.max(0, greatest - least + 1);
  const occurs = new Uint8Array(places);
  const codes = lists.map(list => offsetsFrom(least, list, occurs));
  const classes: number[] = [];
  const rank = new Int32Array(places);
  for (let place = 0; place < places; place++) {
    if (occurs[place] === 1) rank[place] = classes.push(least + place) - 1;
  }
  if (classes.length < places) for (const list of codes) replaceByRank(list, rank);
  return { classes, codes };
}

function offsetsFrom(least: number, list: ArrayLike<number>, occurs: Uint8Array): Int32Array {
  const offsets = new Int32Array(list.length);
  for (let i = 0; i < offsets.length; i++) {
    const offset = list[i]! - least;
    offsets[i] = offset;
    occurs[offset] = 1;
  }
  return offsets;
}

/** Replaces each code by its rank. */
export function replaceByRank(codes: Int32Array, rank: Int32Array): void {
  for (let i = 0; i < codes.length; i++) codes[i] = rank[codes[i]!]!;
}
