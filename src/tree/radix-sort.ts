/** Least-significant-digit radix sorts: stable, linear, without comparisons. */

/** Writes to `order` the positions of `values` in ascending order, ties by position, `NaN` last. */
export function argsortFloat32(values: Float32Array, order: Int32Array): void {
  const n = values.length;
  const keys = new Uint32Array(n);
  const bits = new Int32Array(values.buffer, values.byteOffset, n);
  for (let i = 0; i < n; i++) {
    const b = values[i] === 0 ? 0 : bits[i]!;
    // Negative floats descend with their bits, so all bits flip; positive ones only need to come after them.
    keys[i] = Number.isNaN(values[i]!) ? 0xffffffff : b < 0 ? ~b : b | 0x80000000;
    order[i] = i;
  }
  const scratch = new RadixScratch(n);
  sortPass(keys, order, scratch.keys, scratch.items, 0, n, 0, 11, scratch.counts);
  sortPass(scratch.keys, scratch.items, keys, order, 0, n, 11, 11, scratch.counts);
  sortPass(keys, order, scratch.keys, scratch.items, 0, n, 22, 10, scratch.counts);
  order.set(scratch.items);
}

/** Room for sorting up to `size` keys with their items. */
export class RadixScratch {
  readonly keys: Uint32Array;
  readonly items: Int32Array;
  readonly counts = new Int32Array(2048);

  constructor(size: number) {
    this.keys = new Uint32Array(size);
    this.items = new Int32Array(size);
  }
}

/** Longest range that insertion sorts faster than radix. */
const INSERTION_MAX = 40;

/**
 * Sorts `keys[start .. end)`, all below 2^`bits`, and moves `items` along. Stable.
 */
export function sortByKey(
  keys: Uint32Array,
  items: Int32Array,
  start: number,
  end: number,
  bits: number,
  scratch: RadixScratch,
): void {
  const size = end - start;
  if (size <= INSERTION_MAX) {
    insertionSort(keys, items, start, end);
    return;
  }
  // Clearing and summing the counts should not cost more than moving the keys.
  const widest = Math.min(11, Math.max(5, 32 - Math.clz32(size >> 1)));
  const passes = Math.ceil(bits / widest);
  const digit = Math.ceil(bits / passes);
  for (let pass = 0; pass < passes; pass++) {
    const shift = pass * digit;
    if (pass % 2 === 0) sortPass(keys, items, scratch.keys, scratch.items, start, end, shift, digit, scratch.counts);
    else sortPass(scratch.keys, scratch.items, keys, items, start, end, shift, digit, scratch.counts);
  }
  if (passes % 2 === 1) copyRange(scratch.keys, scratch.items, keys, items, start, end);
}

function sortPass(
  keys: Uint32Array,
  items: Int32Array,
  toKeys: Uint32Array,
  toItems: Int32Array,
  start: number,
  end: number,
  shift: number,
  bits: number,
  counts: Int32Array,
): void {
  const size = 1 << bits;
  const mask = size - 1;
  for (let b = 0; b < size; b++) counts[b] = 0;
  for (let p = start; p < end; p++) counts[(keys[p]! >>> shift) & mask]!++;
  for (let b = 0, at = start; b < size; b++) {
    const count = counts[b]!;
    counts[b] = at;
    at += count;
  }
  for (let p = start; p < end; p++) {
    const key = keys[p]!;
    const at = counts[(key >>> shift) & mask]!++;
    toKeys[at] = key;
    toItems[at] = items[p]!;
  }
}

function copyRange(
  keys: Uint32Array,
  items: Int32Array,
  toKeys: Uint32Array,
  toItems: Int32Array,
  start: number,
  end: number,
): void {
  for (let p = start; p < end; p++) {
    toKeys[p] = keys[p]!;
    toItems[p] = items[p]!;
  }
}

/** Sorts `keys[start .. end)` and moves `items` along; quadratic, for short ranges. Stable. */
export function insertionSort(keys: Uint32Array, items: Int32Array, start: number, end: number): void {
  for (let i = start + 1; i < end; i++) {
    const key = keys[i]!;
    const item = items[i]!;
    let j = i;
    while (j > start && keys[j - 1]! > key) {
      keys[j] = keys[j - 1]!;
      items[j] = items[j - 1]!;
      j--;
    }
    keys[j] = key;
    items[j] = item;
  }
}
