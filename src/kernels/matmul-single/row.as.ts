/**
 * Products of single rows in single precision: sixteen columns of B at a time as they lie, which is cheaper than to pack
 * what is used once; their four registers of sums hide the latency of an addition. The sums are those of the panels.
 */

const REGISTER: usize = 16;
/** Steps that are summed before the sum goes to C, as product.ts says. */
const DEPTH: i32 = 256;

/**
 * A row of C = A B, or C += A B, where the columns of B run along memory, `bColumn` bytes apart; `aStep` bytes lie from
 * one value of the row of A to the next.
 */
export function multiplyRow(
  n: i32, k: i32, a: usize, aStep: usize, b: usize, bColumn: usize, c: usize, isAdded: bool,
): void {
  for (let s = 0; s < k; s += DEPTH, a += (<usize>DEPTH) * aStep, b += (<usize>DEPTH) * 4) {
    const deep = min(DEPTH, k - s);
    const isMore = isAdded || s > 0;
    let from = b, to = c, j = 0;
    for (; j + 16 <= n; j += 16, from += 16 * bColumn, to += 4 * REGISTER) {
      multiplySixteen(a, aStep, from, bColumn, deep, to, isMore);
    }
    for (; j + 4 <= n; j += 4, from += 4 * bColumn, to += REGISTER) {
      multiplyFour(a, aStep, from, bColumn, deep, to, isMore);
    }
    for (; j < n; j++, from += bColumn, to += 4) {
      const sum = sumOne(a, aStep, from, deep);
      store<f32>(to, isMore ? load<f32>(to) + sum : sum);
    }
  }
}

/** A row by sixteen columns. */
function multiplySixteen(a: usize, aStep: usize, b: usize, column: usize, depth: i32, c: usize, isAdded: bool): void {
  let s0 = f32x4.splat(0), s1 = s0, s2 = s0, s3 = s0;
  const four = 4 * column;
  let k = 0;
  for (; k + 4 <= depth; k += 4, b += REGISTER, a += 4 * aStep) {
    const a0 = v128.load32_splat(a), a1 = v128.load32_splat(a + aStep);
    const a2 = v128.load32_splat(a + 2 * aStep), a3 = v128.load32_splat(a + 3 * aStep);
    s0 = addFour(s0, a0, a1, a2, a3, b, column);
    s1 = addFour(s1, a0, a1, a2, a3, b + four, column);
    s2 = addFour(s2, a0, a1, a2, a3, b + 2 * four, column);
    s3 = addFour(s3, a0, a1, a2, a3, b + 3 * four, column);
  }
  for (; k < depth; k++, b += 4, a += aStep) {
    const factor = v128.load32_splat(a);
    s0 = f32x4.add(s0, f32x4.mul(factor, acrossFour(b, column)));
    s1 = f32x4.add(s1, f32x4.mul(factor, acrossFour(b + four, column)));
    s2 = f32x4.add(s2, f32x4.mul(factor, acrossFour(b + 2 * four, column)));
    s3 = f32x4.add(s3, f32x4.mul(factor, acrossFour(b + 3 * four, column)));
  }
  leave(c, s0, isAdded);
  leave(c + REGISTER, s1, isAdded);
  leave(c + 2 * REGISTER, s2, isAdded);
  leave(c + 3 * REGISTER, s3, isAdded);
}

/** A row by four columns. */
function multiplyFour(a: usize, aStep: usize, b: usize, column: usize, depth: i32, c: usize, isAdded: bool): void {
  let sums = f32x4.splat(0);
  let k = 0;
  for (; k + 4 <= depth; k += 4, b += REGISTER, a += 4 * aStep) {
    const a0 = v128.load32_splat(a), a1 = v128.load32_splat(a + aStep);
    sums = addFour(
      sums, a0, a1, v128.load32_splat(a + 2 * aStep), v128.load32_splat(a + 3 * aStep), b, column,
    );
  }
  for (; k < depth; k++, b += 4, a += aStep) {
    sums = f32x4.add(sums, f32x4.mul(v128.load32_splat(a), acrossFour(b, column)));
  }
  leave(c, sums, isAdded);
}

// @ts-ignore: a decorator of AssemblyScript
@inline
function leave(c: usize, sums: v128, isAdded: bool): void {
  v128.store(c, isAdded ? f32x4.add(v128.load(c), sums) : sums);
}

/** Adds four steps of four columns: squares of 4 x 4 floats are turned over in registers. */
// @ts-ignore: a decorator of AssemblyScript
@inline
function addFour(sums: v128, a0: v128, a1: v128, a2: v128, a3: v128, b: usize, column: usize): v128 {
  const r0 = v128.load(b), r1 = v128.load(b + column);
  const r2 = v128.load(b + 2 * column), r3 = v128.load(b + 3 * column);
  const low01 = v128.shuffle<f32>(r0, r1, 0, 4, 1, 5), low23 = v128.shuffle<f32>(r2, r3, 0, 4, 1, 5);
  const high01 = v128.shuffle<f32>(r0, r1, 2, 6, 3, 7), high23 = v128.shuffle<f32>(r2, r3, 2, 6, 3, 7);
  const first = f32x4.add(sums, f32x4.mul(a0, v128.shuffle<f64>(low01, low23, 0, 2)));
  const second = f32x4.add(first, f32x4.mul(a1, v128.shuffle<f64>(low01, low23, 1, 3)));
  const third = f32x4.add(second, f32x4.mul(a2, v128.shuffle<f64>(high01, high23, 0, 2)));
  return f32x4.add(third, f32x4.mul(a3, v128.shuffle<f64>(high01, high23, 1, 3)));
}

/** A step of four columns. */
function acrossFour(b: usize, column: usize): v128 {
  const pair = v128.load32_lane(b + column, v128.load32_zero(b), 1);
  return v128.load32_lane(b + 3 * column, v128.load32_lane(b + 2 * column, pair, 2), 3);
}

function sumOne(a: usize, aStep: usize, b: usize, depth: i32): f32 {
  let sum: f32 = 0;
  for (let k = 0; k < depth; k++, a += aStep, b += 4) sum += load<f32>(a) * load<f32>(b);
  return sum;
}
