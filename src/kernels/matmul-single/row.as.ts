/**
 * Products of single rows in single precision: eight columns of B at a time as they lie, which is cheaper than to pack
 * what is used once. The sums are those of the panels.
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
    for (; j + 8 <= n; j += 8, from += 8 * bColumn, to += 2 * REGISTER) {
      multiplyEight(a, aStep, from, bColumn, deep, to, isMore);
    }
    for (; j < n; j++, from += bColumn, to += 4) {
      const sum = sumOne(a, aStep, from, deep);
      store<f32>(to, isMore ? load<f32>(to) + sum : sum);
    }
  }
}

/** A row by eight columns. */
function multiplyEight(a: usize, aStep: usize, b: usize, column: usize, depth: i32, c: usize, isAdded: bool): void {
  let left = f32x4.splat(0), right = f32x4.splat(0);
  const half = 4 * column;
  let k = 0;
  for (; k + 4 <= depth; k += 4, b += REGISTER, a += 4 * aStep) {
    const a0 = v128.load32_splat(a), a1 = v128.load32_splat(a + aStep);
    const a2 = v128.load32_splat(a + 2 * aStep), a3 = v128.load32_splat(a + 3 * aStep);
    left = addFour(left, a0, a1, a2, a3, b, column);
    right = addFour(right, a0, a1, a2, a3, b + half, column);
  }
  for (; k < depth; k++, b += 4, a += aStep) {
    const factor = v128.load32_splat(a);
    left = f32x4.add(left, f32x4.mul(factor, acrossFour(b, column)));
    right = f32x4.add(right, f32x4.mul(factor, acrossFour(b + half, column)));
  }
  v128.store(c, isAdded ? f32x4.add(v128.load(c), left) : left);
  v128.store(c, isAdded ? f32x4.add(v128.load(c, REGISTER), right) : right, REGISTER);
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
