/**
 * Weighted sums of the columns of a block of rows, and those of the deviations from the block's own means. Two columns
 * at a time stand in the lanes of a vector and their sums in registers, in order of the rows; with an odd width the
 * last lane reads the next row's first value, and its sums go to a place that nobody reads.
 */

/**
 * `block` holds `rows` x `width` doubles and one more, `weights` one double per row; `seen`, `sum`, `residual` and
 * `squares` have one double per column and one more.
 */
export function momentSums(
  block: usize,
  rows: i32,
  width: i32,
  weights: usize,
  seen: usize,
  sum: usize,
  residual: usize,
  squares: usize,
): void {
  const rowBytes = (<usize>width) << 3;
  for (let at: usize = 0; at < rowBytes; at += 16) {
    let weight = f64x2.splat(0);
    let total = f64x2.splat(0);
    let from = block + at;
    for (let i = 0; i < rows; i++) {
      const w = v128.load64_splat(weights + ((<usize>i) << 3));
      const x = v128.load(from);
      const isNumber = f64x2.eq(x, x);
      weight = f64x2.add(weight, v128.and(w, isNumber));
      total = f64x2.add(total, v128.and(f64x2.mul(w, x), isNumber));
      from += rowBytes;
    }
    v128.store(seen + at, weight);
    v128.store(sum + at, total);
    const mean = f64x2.div(total, weight);
    let first = f64x2.splat(0);
    let second = f64x2.splat(0);
    from = block + at;
    for (let i = 0; i < rows; i++) {
      const w = v128.load64_splat(weights + ((<usize>i) << 3));
      const deviation = f64x2.sub(v128.load(from), mean);
      const isNumber = f64x2.eq(deviation, deviation);
      const weighted = f64x2.mul(w, deviation);
      first = f64x2.add(first, v128.and(weighted, isNumber));
      second = f64x2.add(second, v128.and(f64x2.mul(weighted, deviation), isNumber));
      from += rowBytes;
    }
    v128.store(residual + at, first);
    v128.store(squares + at, second);
  }
}
