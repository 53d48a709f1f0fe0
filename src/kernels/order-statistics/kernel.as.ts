/**
 * Sorts the values of some columns by a bracket per column: how many lie below, on and within it, and which lie
 * strictly between its ends. Two columns at a time stand in the lanes of a vector; with an odd width the last lane
 * reads the next row's first value, and its results go to a place that nobody reads.
 */

const TALLIES: usize = 5;

/**
 * `block` holds `rows` x `width` doubles and one more; `lower` and `upper` one double per column and one more. Writes
 * five doubles per column to `tallies` (values that are numbers, < lower, <= lower, <= upper, and between), and the
 * values between to `found`, `rows` places per column.
 */
export function sift(
  block: usize,
  rows: i32,
  width: i32,
  lower: usize,
  upper: usize,
  tallies: usize,
  found: usize,
): void {
  const rowBytes = (<usize>width) << 3;
  const placeBytes = (<usize>rows) << 3;
  for (let j: usize = 0; j < <usize>width; j += 2) {
    const low = v128.load(lower + (j << 3));
    const high = v128.load(upper + (j << 3));
    const start = found + j * placeBytes;
    let first = start;
    let second = start + placeBytes;
    let numbers = i64x2.splat(0), below = i64x2.splat(0), toLow = i64x2.splat(0), toHigh = i64x2.splat(0);
    let at = block + (j << 3);
    for (let i = 0; i < rows; i++) {
      const x = v128.load(at);
      const isToLow = f64x2.le(x, low);
      const isBetween = v128.andnot(f64x2.lt(x, high), isToLow);
      numbers = i64x2.sub(numbers, f64x2.eq(x, x));
      below = i64x2.sub(below, f64x2.lt(x, low));
      toLow = i64x2.sub(toLow, isToLow);
      toHigh = i64x2.sub(toHigh, f64x2.le(x, high));
      // Few values lie between, so that this is seldom entered.
      if (v128.any_true(isBetween)) {
        f64.store(first, f64x2.extract_lane(x, 0));
        first += (<usize>i64x2.extract_lane(isBetween, 0)) & 8;
        f64.store(second, f64x2.extract_lane(x, 1));
        second += (<usize>i64x2.extract_lane(isBetween, 1)) & 8;
      }
      at += rowBytes;
    }
    const to = tallies + j * (TALLIES << 3);
    storeTallies(to, numbers, below, toLow, toHigh, 0, (first - start) >> 3);
    storeTallies(to + (TALLIES << 3), numbers, below, toLow, toHigh, 1, (second - start - placeBytes) >> 3);
  }
}

// @ts-ignore: a decorator of AssemblyScript
@inline
function storeTallies(to: usize, numbers: v128, below: v128, toLow: v128, toHigh: v128, lane: u8, between: usize): void {
  f64.store(to, <f64>(lane ? i64x2.extract_lane(numbers, 1) : i64x2.extract_lane(numbers, 0)));
  f64.store(to, <f64>(lane ? i64x2.extract_lane(below, 1) : i64x2.extract_lane(below, 0)), 8);
  f64.store(to, <f64>(lane ? i64x2.extract_lane(toLow, 1) : i64x2.extract_lane(toLow, 0)), 16);
  f64.store(to, <f64>(lane ? i64x2.extract_lane(toHigh, 1) : i64x2.extract_lane(toHigh, 0)), 24);
  f64.store(to, <f64>between, 32);
}
