/**
 * Puts a column's value in the place of every NaN. `block` holds `rows` rows of `width` doubles, an even number, and is
 * written over. Gives 1 where a value of the block is infinite, else 0.
 */
export function fillMissing(block: usize, rows: i32, width: i32, values: usize): i32 {
  const rowBytes = (<usize>width) << 3;
  let infinite = i64x2.splat(0);
  for (let i = 0; i < rows; i++) {
    for (let at: usize = 0; at < rowBytes; at += 16) {
      const x = v128.load(block + at);
      infinite = v128.or(infinite, f64x2.eq(f64x2.abs(x), f64x2.splat(Infinity)));
      v128.store(block + at, v128.bitselect(x, v128.load(values + at), f64x2.eq(x, x)));
    }
    block += rowBytes;
  }
  return v128.any_true(infinite) ? 1 : 0;
}
