/**
 * Widens the ranges of columns by a block of rows. Two columns at a time stand in the lanes of a vector; with an odd
 * width the last lane reads the next row's first value, and its range goes to a place that nobody reads.
 *
 * `block` holds `rows` x `width` doubles and one more; `least` and `greatest` one double per column and one more.
 */
export function widenRanges(block: usize, rows: i32, width: i32, least: usize, greatest: usize): void {
  const rowBytes = (<usize>width) << 3;
  for (let at: usize = 0; at < rowBytes; at += 16) {
    let low = v128.load(least + at);
    let high = v128.load(greatest + at);
    let from = block + at;
    for (let i = 0; i < rows; i++) {
      const x = v128.load(from);
      // The first argument stays where the second is NaN.
      low = f64x2.pmin(low, x);
      high = f64x2.pmax(high, x);
      from += rowBytes;
    }
    v128.store(least + at, low);
    v128.store(greatest + at, high);
  }
}
