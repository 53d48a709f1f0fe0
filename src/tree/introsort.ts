import { insertionSort } from './radix-sort.ts';

const INSERTION_MAX = 15;

/**
 * Sorts `keys[start .. end)` and moves `items` along, exchange for exchange as scikit-learn does: introsort (D. R.
 * Musser, Software: Practice and Experience 27, 1997) with a three-way partition and a median of three. It is used
 * where sums round, because then the order that it gives to ties decides their last digits.
 */
export function introsort(keys: Uint32Array, items: Int32Array, start: number, end: number): void {
  if (end > start) sortRange(keys, items, start, end, 2 * Math.floor(Math.log2(end - start)));
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
