/**
 * Weighted sums of the columns of a block of rows, and those of the deviations from the block's own means. Two columns
 * at a time stand in the lanes of a vector and their sums in registers, in order of the rows; with an odd width the
 * last lane reads the next row's first value, and its sums go to a place that nobody reads.
 */

/** Bytes of two columns. */
const PAIR: usize = 16;

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
  let at: usize = 0;
  for (; at + 2 * PAIR <= rowBytes; at += 2 * PAIR) {
    sumTwoPairs(block + at, rows, rowBytes, weights, seen + at, sum + at);
    deviateTwoPairs(block + at, rows, rowBytes, weights, seen + at, sum + at, residual + at, squares + at);
  }
  for (; at < rowBytes; at += PAIR) {
    sumPair(block + at, rows, rowBytes, weights, seen + at, sum + at);
    deviatePair(block + at, rows, rowBytes, weights, seen + at, sum + at, residual + at, squares + at);
  }
}

/** Two pairs at a time, so that each addition has another one to wait beside. */
function sumTwoPairs(from: usize, rows: i32, rowBytes: usize, weights: usize, seen: usize, sum: usize): void {
  let weight0 = f64x2.splat(0), weight1 = f64x2.splat(0);
  let total0 = f64x2.splat(0), total1 = f64x2.splat(0);
  const end = weights + ((<usize>rows) << 3);
  for (; weights < end; weights += 8) {
    const w = v128.load64_splat(weights);
    const x0 = v128.load(from);
    const isNumber0 = f64x2.eq(x0, x0);
    weight0 = f64x2.add(weight0, v128.and(w, isNumber0));
    total0 = f64x2.add(total0, f64x2.mul(w, v128.and(x0, isNumber0)));
    const x1 = v128.load(from, PAIR);
    const isNumber1 = f64x2.eq(x1, x1);
    weight1 = f64x2.add(weight1, v128.and(w, isNumber1));
    total1 = f64x2.add(total1, f64x2.mul(w, v128.and(x1, isNumber1)));
    from += rowBytes;
  }
  v128.store(seen, weight0);
  v128.store(seen, weight1, PAIR);
  v128.store(sum, total0);
  v128.store(sum, total1, PAIR);
}

function sumPair(from: usize, rows: i32, rowBytes: usize, weights: usize, seen: usize, sum: usize): void {
  let weight = f64x2.splat(0);
  let total = f64x2.splat(0);
  const end = weights + ((<usize>rows) << 3);
  for (; weights < end; weights += 8) {
    const w = v128.load64_splat(weights);
    const x = v128.load(from);
    const isNumber = f64x2.eq(x, x);
    weight = f64x2.add(weight, v128.and(w, isNumber));
    total = f64x2.add(total, f64x2.mul(w, v128.and(x, isNumber)));
    from += rowBytes;
  }
  v128.store(seen, weight);
  v128.store(sum, total);
}

function deviateTwoPairs(
  from: usize,
  rows: i32,
  rowBytes: usize,
  weights: usize,
  seen: usize,
  sum: usize,
  residual: usize,
  squares: usize,
): void {
  const mean0 = f64x2.div(v128.load(sum), v128.load(seen));
  const mean1 = f64x2.div(v128.load(sum, PAIR), v128.load(seen, PAIR));
  let first0 = f64x2.splat(0), first1 = f64x2.splat(0);
  let second0 = f64x2.splat(0), second1 = f64x2.splat(0);
  const end = weights + ((<usize>rows) << 3);
  for (; weights < end; weights += 8) {
    const w = v128.load64_splat(weights);
    const deviation0 = orZero(f64x2.sub(v128.load(from), mean0));
    const weighted0 = f64x2.mul(w, deviation0);
    first0 = f64x2.add(first0, weighted0);
    second0 = f64x2.add(second0, f64x2.mul(weighted0, deviation0));
    const deviation1 = orZero(f64x2.sub(v128.load(from, PAIR), mean1));
    const weighted1 = f64x2.mul(w, deviation1);
    first1 = f64x2.add(first1, weighted1);
    second1 = f64x2.add(second1, f64x2.mul(weighted1, deviation1));
    from += rowBytes;
  }
  v128.store(residual, first0);
  v128.store(residual, first1, PAIR);
  v128.store(squares, second0);
  v128.store(squares, second1, PAIR);
}

function deviatePair(
  from: usize,
  rows: i32,
  rowBytes: usize,
  weights: usize,
  seen: usize,
  sum: usize,
  residual: usize,
  squares: usize,
): void {
  const mean = f64x2.div(v128.load(sum), v128.load(seen));
  let first = f64x2.splat(0);
  let second = f64x2.splat(0);
  const end = weights + ((<usize>rows) << 3);
  for (; weights < end; weights += 8) {
    const deviation = orZero(f64x2.sub(v128.load(from), mean));
    const weighted = f64x2.mul(v128.load64_splat(weights), deviation);
    first = f64x2.add(first, weighted);
    second = f64x2.add(second, f64x2.mul(weighted, deviation));
    from += rowBytes;
  }
  v128.store(residual, first);
  v128.store(squares, second);
}

/** 0 where a lane is `NaN`. */
// @ts-ignore: a decorator of AssemblyScript
@inline
function orZero(x: v128): v128 {
  return v128.and(x, f64x2.eq(x, x));
}
