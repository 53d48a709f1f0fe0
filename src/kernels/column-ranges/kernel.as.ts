/**
 * Widens the ranges of columns by a block of rows. Two columns at a time stand in the lanes of a vector; with an odd
 * width the last lane reads the next row's first value, and its range goes to a place that nobody reads.
 *
 * `block` holds `rows` x `width` doubles and one more; `least` and `greatest` one double per column and one more.
 */
export function widenRanges(block: usize, rows: i32, width: i32, least: usize, greatest: usize): void {
  const rowBytes = (<usize>width) << 3;
  let at: usize = 0;
  for (; at + 2 * PAIR <= rowBytes; at += 2 * PAIR) widenTwoPairs(block + at, rows, rowBytes, least + at, greatest + at);
  for (; at < rowBytes; at += PAIR) widenPair(block + at, rows, rowBytes, least + at, greatest + at);
}

/** Bytes of two columns. */
const PAIR: usize = 16;

/** Two pairs at a time, so that each comparison has another one to wait beside. */
function widenTwoPairs(from: usize, rows: i32, rowBytes: usize, least: usize, greatest: usize): void {
  let low0 = v128.load(least), low1 = v128.load(least, PAIR);
  let high0 = v128.load(greatest), high1 = v128.load(greatest, PAIR);
  const end = from + (<usize>rows) * rowBytes;
  for (; from < end; from += rowBytes) {
    // The first argument stays where the second is NaN.
    const x0 = v128.load(from);
    low0 = f64x2.pmin(low0, x0);
    high0 = f64x2.pmax(high0, x0);
    const x1 = v128.load(from, PAIR);
    low1 = f64x2.pmin(low1, x1);
    high1 = f64x2.pmax(high1, x1);
  }
  v128.store(least, low0);
  v128.store(least, low1, PAIR);
  v128.store(greatest, high0);
  v128.store(greatest, high1, PAIR);
}

function widenPair(from: usize, rows: i32, rowBytes: usize, least: usize, greatest: usize): void {
  let low = v128.load(least);
  let high = v128.load(greatest);
  const end = from + (<usize>rows) * rowBytes;
  for (; from < end; from += rowBytes) {
    const x = v128.load(from);
    low = f64x2.pmin(low, x);
    high = f64x2.pmax(high, x);
  }
  v128.store(least, low);
  v128.store(greatest, high);
}
