/**
 * The sort of scikit-learn's trees, exchange for exchange: src/tree/introsort.ts on words that hold a code above a row.
 * Rows move along and are never compared.
 */

/** Longest range that is sorted by insertion, and so stably. */
export const STABLE_MAX: i32 = 15;

// @ts-ignore: a decorator of AssemblyScript
@inline
function wordAt(words: usize, i: i32): u64 {
  return load<u64>(words + ((<usize>i) << 3));
}

// @ts-ignore: a decorator of AssemblyScript
@inline
function put(words: usize, i: i32, word: u64): void {
  store<u64>(words + ((<usize>i) << 3), word);
}

// @ts-ignore: a decorator of AssemblyScript
@inline
function codeAt(words: usize, i: i32): u32 {
  return load<u32>(words + ((<usize>i) << 3), 4);
}

export function introsort(words: usize, n: i32): void {
  if (n > 0) sortRange(words, 0, n, 2 * (31 - <i32>clz(n)));
}

function sortRange(words: usize, start: i32, end: i32, depth: i32): void {
  let low = start;
  let left = depth;
  while (end - low > STABLE_MAX) {
    if (left <= 0) {
      heapSort(words + ((<usize>low) << 3), end - low);
      return;
    }
    left--;
    const pivot = medianOfThree(codeAt(words, low), codeAt(words, low + ((end - low) >> 1)), codeAt(words, end - 1));
    let less = low;
    let more = end;
    for (let i = low; i < more; ) {
      const word = wordAt(words, i);
      const code = <u32>(word >> 32);
      if (code < pivot) {
        put(words, i++, wordAt(words, less));
        put(words, less++, word);
      } else if (code > pivot) {
        put(words, i, wordAt(words, --more));
        put(words, more, word);
      } else {
        i++;
      }
    }
    sortRange(words, low, less, left);
    low = more;
  }
  sortStably(words, low, end);
}

/** Insertion by code alone. */
export function sortStably(words: usize, start: i32, end: i32): void {
  const first = words + ((<usize>start) << 3);
  const last = words + ((<usize>end) << 3);
  for (let i = first + 8; i < last; i += 8) {
    const word = load<u64>(i);
    const greatest = word | 0xffffffff;
    let j = i;
    while (j > first && load<u64>(j - 8) > greatest) {
      store<u64>(j, load<u64>(j - 8));
      j -= 8;
    }
    store<u64>(j, word);
  }
}

function medianOfThree(a: u32, b: u32, c: u32): u32 {
  if (a < b) return b < c ? b : a < c ? c : a;
  if (b < c) return a < c ? a : c;
  return b;
}

function heapSort(words: usize, n: i32): void {
  for (let root = (n - 2) >> 1; root >= 0; root--) siftDown(words, root, n);
  for (let last = n - 1; last > 0; last--) {
    swap(words, 0, last);
    siftDown(words, 0, last);
  }
}

function siftDown(words: usize, from: i32, size: i32): void {
  for (let root = from; ; ) {
    const child = 2 * root + 1;
    let top = root;
    if (child < size && codeAt(words, top) < codeAt(words, child)) top = child;
    if (child + 1 < size && codeAt(words, top) < codeAt(words, child + 1)) top = child + 1;
    if (top === root) return;
    swap(words, root, top);
    root = top;
  }
}

function swap(words: usize, i: i32, j: i32): void {
  const word = wordAt(words, i);
  put(words, i, wordAt(words, j));
  put(words, j, word);
}
