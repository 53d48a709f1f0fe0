import { insertionSort } from './radix-sort.ts';

/**
 * Introsort (D. R. Musser, Software: Practice and Experience 27, 1997) with a three-way partition and a median of
 * three, exchange for exchange as in scikit-learn. It is used where sums round, because then the order that it gives
 * to ties decides their last digits.
 */

const INSERTION_MAX = 15;

/** Sorts `keys[start .. end)` and moves `items` along. */
export function introsort(keys: Uint32Array, items: Int32Array, start: number, end: number): void {
  if (end > start) sortRange(keys, items, start, end, depthFor(end - start));
}

/**
 * The same for words that hold a key above `low` bits of payload: the payload moves along and is never compared, which
 * makes one exchange out of two.
 */
export function introsortWords(words: Uint32Array, n: number, low: number): void {
  if (n > 0) sortWords(words, 0, n, low, depthFor(n));
}

function depthFor(n: number): number {
  return 2 * Math.floor(Math.log2(n));
}

function sortRange(keys: Uint32Array, items: Int32Array, start: number, end: number, depth: number): void {
  let low = start;
  let left = depth;
  while (end - low > INSERTION_MAX) {
    if (left <= 0) {
      heapSort(keys, items, low, end);
      return;
    }
    left--;
    const pivot = medianOfThree(keys[low]!, keys[low + ((end - low) >> 1)]!, keys[end - 1]!);
    let less = low;
    let more = end;
    for (let i = low; i < more; ) {
      const key = keys[i]!;
      if (key < pivot) swap(keys, items, i++, less++);
      else if (key > pivot) swap(keys, items, i, --more);
      else i++;
    }
    sortRange(keys, items, low, less, left);
    low = more;
  }
  insertionSort(keys, items, low, end);
}

function sortWords(words: Uint32Array, start: number, end: number, low: number, depth: number): void {
  const payload = (1 << low) - 1;
  let from = start;
  let left = depth;
  while (end - from > INSERTION_MAX) {
    if (left <= 0) {
      heapSortWords(words, from, end, low);
      return;
    }
    left--;
    const first = words[from]! >>> low;
    const pivot = medianOfThree(first, words[from + ((end - from) >> 1)]! >>> low, words[end - 1]! >>> low);
    const least = (pivot << low) >>> 0;
    const greatest = (least | payload) >>> 0;
    let less = from;
    let more = end;
    for (let i = from; i < more; ) {
      const word = words[i]!;
      if (word < least) {
        words[i++] = words[less]!;
        words[less++] = word;
      } else if (word > greatest) {
        words[i] = words[--more]!;
        words[more] = word;
      } else {
        i++;
      }
    }
    sortWords(words, from, less, low, left);
    from = more;
  }
  for (let i = from + 1; i < end; i++) {
    const word = words[i]!;
    const greatest = (word | payload) >>> 0;
    let j = i;
    while (j > from && words[j - 1]! > greatest) {
      words[j] = words[j - 1]!;
      j--;
    }
    words[j] = word;
  }
}

function medianOfThree(a: number, b: number, c: number): number {
  if (a < b) return b < c ? b : a < c ? c : a;
  if (b < c) return a < c ? a : c;
  return b;
}

function swap(keys: Uint32Array, items: Int32Array, i: number, j: number): void {
  const key = keys[i]!;
  keys[i] = keys[j]!;
  keys[j] = key;
  const item = items[i]!;
  items[i] = items[j]!;
  items[j] = item;
}

function heapSort(keys: Uint32Array, items: Int32Array, start: number, end: number): void {
  const n = end - start;
  for (let root = (n - 2) >> 1; root >= 0; root--) siftDown(keys, items, start, root, n);
  for (let last = n - 1; last > 0; last--) {
    swap(keys, items, start, start + last);
    siftDown(keys, items, start, 0, last);
  }
}

function siftDown(keys: Uint32Array, items: Int32Array, start: number, from: number, size: number): void {
  for (let root = from; ; ) {
    const child = 2 * root + 1;
    let top = root;
    if (child < size && keys[start + top]! < keys[start + child]!) top = child;
    if (child + 1 < size && keys[start + top]! < keys[start + child + 1]!) top = child + 1;
    if (top === root) return;
    swap(keys, items, start + root, start + top);
    root = top;
  }
}

/** By way of two arrays: it is rare. */
function heapSortWords(words: Uint32Array, start: number, end: number, low: number): void {
  const keys = words.slice(start, end).map(word => word >>> low);
  const items = Int32Array.from(words.subarray(start, end));
  heapSort(keys, items, 0, keys.length);
  for (let q = 0; q < items.length; q++) words[start + q] = items[q]!;
}
