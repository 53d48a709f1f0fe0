/**
 * Scores, losses and gradients of linear models over a block of rows, in double precision with SIMD. Every sum is made
 * in the order of reference.ts, so that the results are the same to the bit; block.ts says where things stand.
 */
import { addTotals } from './add-totals.as';
import { exponentiateTwo, logFromOne, logOnePlus } from './elementary.as';

export { addListProducts, multiplyLists } from './listed.as';

const DOUBLE: usize = 8;
const SIDE: i32 = 4;

/** Scores of several outputs: each a sum over the columns, in their order, that starts from the intercept. */
export function multiplyRows(x: usize, rows: i32, columns: i32, weights: usize, lanes: i32, scores: usize): void {
  const rowBytes = (<usize>columns) * DOUBLE;
  const laneBytes = (<usize>lanes) * DOUBLE;
  const intercepts = weights + rowBytes * <usize>lanes;
  for (let o = 0; o < lanes; o += SIDE) {
    const at = (<usize>o) * DOUBLE;
    for (let r = 0; r < rows; r += SIDE) {
      const a = x + (<usize>r) * rowBytes;
      const c = scores + (<usize>r) * laneBytes + at;
      if (o + SIDE <= lanes) {
        const start0 = v128.load(intercepts + at), start1 = v128.load(intercepts + at, 16);
        v128.store(c, start0);
        v128.store(c, start1, 16);
        v128.store(c + laneBytes, start0);
        v128.store(c + laneBytes, start1, 16);
        v128.store(c + 2 * laneBytes, start0);
        v128.store(c + 2 * laneBytes, start1, 16);
        v128.store(c + 3 * laneBytes, start0);
        v128.store(c + 3 * laneBytes, start1, 16);
        addTile(a, rowBytes, DOUBLE, weights + at, laneBytes, columns, c, laneBytes);
      } else {
        const start = v128.load(intercepts + at);
        v128.store(c, start);
        v128.store(c + laneBytes, start);
        v128.store(c + 2 * laneBytes, start);
        v128.store(c + 3 * laneBytes, start);
        addNarrowTile(a, rowBytes, DOUBLE, weights + at, laneBytes, columns, c, laneBytes);
      }
    }
  }
}

/** Adds X' G to the sums, and the columns of G to those of the intercepts; row after row. */
export function addProducts(x: usize, rows: i32, columns: i32, g: usize, lanes: i32, sums: usize): void {
  const rowBytes = (<usize>columns) * DOUBLE;
  const laneBytes = (<usize>lanes) * DOUBLE;
  for (let j = 0; j < columns; j += SIDE) {
    const a = x + (<usize>j) * DOUBLE;
    const c = sums + (<usize>j) * laneBytes;
    let o = 0;
    for (; o + SIDE <= lanes; o += SIDE) {
      const at = (<usize>o) * DOUBLE;
      addTile(a, DOUBLE, rowBytes, g + at, laneBytes, rows, c + at, laneBytes);
    }
    if (o < lanes) {
      const at = (<usize>o) * DOUBLE;
      addNarrowTile(a, DOUBLE, rowBytes, g + at, laneBytes, rows, c + at, laneBytes);
    }
  }
  addTotals(rows, g, lanes, sums + (<usize>((columns + 3) & ~3)) * laneBytes);
}

/** Adds to a 4 x 4 tile of C the products of 4 rows of A with 4 columns of B, `depth` steps deep. */
// @ts-ignore: a decorator of AssemblyScript
@inline
function addTile(
  a: usize,
  aRow: usize,
  aStep: usize,
  b: usize,
  bStep: usize,
  depth: i32,
  c: usize,
  cRow: usize,
): void {
  let c00 = v128.load(c), c01 = v128.load(c, 16);
  let c10 = v128.load(c + cRow), c11 = v128.load(c + cRow, 16);
  let c20 = v128.load(c + 2 * cRow), c21 = v128.load(c + 2 * cRow, 16);
  let c30 = v128.load(c + 3 * cRow), c31 = v128.load(c + 3 * cRow, 16);
  let a1 = a + aRow, a2 = a + 2 * aRow, a3 = a + 3 * aRow;
  for (let k = 0; k < depth; k++) {
    const b0 = v128.load(b), b1 = v128.load(b, 16);
    const x0 = v128.load64_splat(a);
    c00 = f64x2.add(c00, f64x2.mul(x0, b0));
    c01 = f64x2.add(c01, f64x2.mul(x0, b1));
    const x1 = v128.load64_splat(a1);
    c10 = f64x2.add(c10, f64x2.mul(x1, b0));
    c11 = f64x2.add(c11, f64x2.mul(x1, b1));
    const x2 = v128.load64_splat(a2);
    c20 = f64x2.add(c20, f64x2.mul(x2, b0));
    c21 = f64x2.add(c21, f64x2.mul(x2, b1));
    const x3 = v128.load64_splat(a3);
    c30 = f64x2.add(c30, f64x2.mul(x3, b0));
    c31 = f64x2.add(c31, f64x2.mul(x3, b1));
    a += aStep;
    a1 += aStep;
    a2 += aStep;
    a3 += aStep;
    b += bStep;
  }
  v128.store(c, c00);
  v128.store(c, c01, 16);
  v128.store(c + cRow, c10);
  v128.store(c + cRow, c11, 16);
  v128.store(c + 2 * cRow, c20);
  v128.store(c + 2 * cRow, c21, 16);
  v128.store(c + 3 * cRow, c30);
  v128.store(c + 3 * cRow, c31, 16);
}

/** The same for 2 columns of B. */
// @ts-ignore: a decorator of AssemblyScript
@inline
function addNarrowTile(
  a: usize,
  aRow: usize,
  aStep: usize,
  b: usize,
  bStep: usize,
  depth: i32,
  c: usize,
  cRow: usize,
): void {
  let c0 = v128.load(c), c1 = v128.load(c + cRow), c2 = v128.load(c + 2 * cRow), c3 = v128.load(c + 3 * cRow);
  let a1 = a + aRow, a2 = a + 2 * aRow, a3 = a + 3 * aRow;
  for (let k = 0; k < depth; k++) {
    const step = v128.load(b);
    c0 = f64x2.add(c0, f64x2.mul(v128.load64_splat(a), step));
    c1 = f64x2.add(c1, f64x2.mul(v128.load64_splat(a1), step));
    c2 = f64x2.add(c2, f64x2.mul(v128.load64_splat(a2), step));
    c3 = f64x2.add(c3, f64x2.mul(v128.load64_splat(a3), step));
    a += aStep;
    a1 += aStep;
    a2 += aStep;
    a3 += aStep;
    b += bStep;
  }
  v128.store(c, c0);
  v128.store(c + cRow, c1);
  v128.store(c + 2 * cRow, c2);
  v128.store(c + 3 * cRow, c3);
}

/** Scores of one output: the sum over the even columns, plus that over the odd ones, plus the intercept. */
export function multiplyRowsByOne(x: usize, rows: i32, columns: i32, weights: usize, scores: usize): void {
  const rowBytes = (<usize>columns) * DOUBLE;
  const pairBytes = (<usize>(columns & ~1)) * DOUBLE;
  const intercept = f64.load(weights + rowBytes);
  for (let r = 0; r < rows; r += SIDE) {
    let a = f64x2.splat(0), b = f64x2.splat(0), c = f64x2.splat(0), d = f64x2.splat(0);
    let w = weights, x0 = x + (<usize>r) * rowBytes;
    let x1 = x0 + rowBytes, x2 = x1 + rowBytes, x3 = x2 + rowBytes;
    const end = w + pairBytes;
    while (w < end) {
      const pair = v128.load(w);
      a = f64x2.add(a, f64x2.mul(v128.load(x0), pair));
      b = f64x2.add(b, f64x2.mul(v128.load(x1), pair));
      c = f64x2.add(c, f64x2.mul(v128.load(x2), pair));
      d = f64x2.add(d, f64x2.mul(v128.load(x3), pair));
      w += 16;
      x0 += 16;
      x1 += 16;
      x2 += 16;
      x3 += 16;
    }
    if (columns & 1) {
      const single = v128.load64_zero(w);
      a = f64x2.add(a, f64x2.mul(v128.load64_zero(x0), single));
      b = f64x2.add(b, f64x2.mul(v128.load64_zero(x1), single));
      c = f64x2.add(c, f64x2.mul(v128.load64_zero(x2), single));
      d = f64x2.add(d, f64x2.mul(v128.load64_zero(x3), single));
    }
    const to = scores + (<usize>r) * DOUBLE;
    f64.store(to, sumOfLanes(a) + intercept);
    f64.store(to, sumOfLanes(b) + intercept, 8);
    f64.store(to, sumOfLanes(c) + intercept, 16);
    f64.store(to, sumOfLanes(d) + intercept, 24);
  }
}

/** Adds X' g to the sums, and the sum of g to that of the intercept; row after row, with the sums in registers. */
export function addProductsByOne(x: usize, rows: i32, columns: i32, g: usize, sums: usize): void {
  const rowBytes = (<usize>columns) * DOUBLE;
  let j = 0;
  for (; j + 8 <= columns; j += 8) addFourPairs(x + (<usize>j) * DOUBLE, rowBytes, rows, g, sums + (<usize>j) * DOUBLE);
  for (; j + 4 <= columns; j += 4) addTwoPairs(x + (<usize>j) * DOUBLE, rowBytes, rows, g, sums + (<usize>j) * DOUBLE);
  for (; j < columns; j += 2) addPair(x + (<usize>j) * DOUBLE, rowBytes, rows, g, sums + (<usize>j) * DOUBLE);
  const at = sums + (<usize>((columns + 3) & ~3)) * DOUBLE;
  let total = f64.load(at);
  for (let r = 0; r < rows; r++) total += f64.load(g + (<usize>r) * DOUBLE);
  f64.store(at, total);
}

function addFourPairs(x: usize, rowBytes: usize, rows: i32, g: usize, sums: usize): void {
  let a = v128.load(sums), b = v128.load(sums, 16), c = v128.load(sums, 32), d = v128.load(sums, 48);
  for (const end = g + (<usize>rows) * DOUBLE; g < end; g += DOUBLE) {
    const factor = v128.load64_splat(g);
    a = f64x2.add(a, f64x2.mul(factor, v128.load(x)));
    b = f64x2.add(b, f64x2.mul(factor, v128.load(x, 16)));
    c = f64x2.add(c, f64x2.mul(factor, v128.load(x, 32)));
    d = f64x2.add(d, f64x2.mul(factor, v128.load(x, 48)));
    x += rowBytes;
  }
  v128.store(sums, a);
  v128.store(sums, b, 16);
  v128.store(sums, c, 32);
  v128.store(sums, d, 48);
}

function addTwoPairs(x: usize, rowBytes: usize, rows: i32, g: usize, sums: usize): void {
  let a = v128.load(sums), b = v128.load(sums, 16);
  for (const end = g + (<usize>rows) * DOUBLE; g < end; g += DOUBLE) {
    const factor = v128.load64_splat(g);
    a = f64x2.add(a, f64x2.mul(factor, v128.load(x)));
    b = f64x2.add(b, f64x2.mul(factor, v128.load(x, 16)));
    x += rowBytes;
  }
  v128.store(sums, a);
  v128.store(sums, b, 16);
}

function addPair(x: usize, rowBytes: usize, rows: i32, g: usize, sums: usize): void {
  let a = v128.load(sums);
  for (const end = g + (<usize>rows) * DOUBLE; g < end; g += DOUBLE) {
    a = f64x2.add(a, f64x2.mul(v128.load64_splat(g), v128.load(x)));
    x += rowBytes;
  }
  v128.store(sums, a);
}

/**
 * Scores of the second class become derivatives of the losses by them; gives the weighted sum of the losses. Powers
 * and the rest are made in loops apart, whose short chains overlap.
 */
export function sigmoidLoss(
  scores: usize,
  rows: i32,
  codes: usize,
  weights: usize,
  probabilities: usize,
  constants: usize,
): f64 {
  const one = f64x2.splat(1), zero = f64x2.splat(0);
  for (let r = 0; r < rows; r += 2) {
    const at = (<usize>r) * DOUBLE;
    v128.store(probabilities + at, f64x2.neg(f64x2.abs(v128.load(scores + at))));
  }
  const end = probabilities + (<usize>rows) * DOUBLE;
  for (let at = probabilities; at < end; at += 32) exponentiateTwo(at, constants);
  let loss = zero;
  for (let r = 0; r < rows; r += 2) {
    const at = (<usize>r) * DOUBLE;
    const score = v128.load(scores + at), small = v128.load(probabilities + at);
    const code = f64x2.convert_low_i32x4_s(v128.load64_zero(codes + (<usize>r) * 4));
    const ramp = f64x2.sub(f64x2.pmax(score, zero), f64x2.mul(code, score));
    loss = f64x2.add(loss, f64x2.mul(v128.load(weights + at), f64x2.add(logOnePlus(small, constants), ramp)));
  }
  for (let r = 0; r < rows; r += 2) {
    const at = (<usize>r) * DOUBLE;
    const small = v128.load(probabilities + at);
    const code = f64x2.convert_low_i32x4_s(v128.load64_zero(codes + (<usize>r) * 4));
    const isPositive = f64x2.ge(v128.load(scores + at), zero);
    const p = f64x2.div(v128.bitselect(one, small, isPositive), f64x2.add(one, small));
    v128.store(probabilities + at, p);
    v128.store(scores + at, f64x2.mul(v128.load(weights + at), f64x2.sub(p, code)));
  }
  return sumOfLanes(loss);
}

/** The same for one score per class. Lanes beyond the last class get probability 0. */
export function softmaxLoss(
  scores: usize,
  rows: i32,
  outputs: i32,
  lanes: i32,
  codes: usize,
  weights: usize,
  probabilities: usize,
  totals: usize,
  constants: usize,
): f64 {
  const laneBytes = (<usize>lanes) * DOUBLE;
  let loss: f64 = 0;
  for (let r = 0; r < rows; r++) {
    const row = scores + (<usize>r) * laneBytes;
    if (outputs < lanes) f64.store(row + (<usize>outputs) * DOUBLE, -Infinity);
    let most = v128.load(row);
    for (let o: usize = 16; o < laneBytes; o += 16) most = f64x2.pmax(most, v128.load(row + o));
    const max = f64x2.pmax(most, i64x2.shuffle(most, most, 1, 0));
    for (let o: usize = 0; o < laneBytes; o += 16) v128.store(row + o, f64x2.sub(v128.load(row + o), max));
    const own = (<usize>load<i32>(codes + (<usize>r) * 4)) * DOUBLE;
    loss -= f64.load(weights + (<usize>r) * DOUBLE) * f64.load(row + own);
  }
  const end = scores + (<usize>rows) * laneBytes;
  for (let at = scores; at < end; at += 32) exponentiateTwo(at, constants);
  for (let r = 0; r < rows; r++) {
    const row = scores + (<usize>r) * laneBytes, target = probabilities + (<usize>r) * laneBytes;
    let sums = v128.load(row);
    for (let o: usize = 16; o < laneBytes; o += 16) sums = f64x2.add(sums, v128.load(row + o));
    const total = f64x2.add(sums, i64x2.shuffle(sums, sums, 1, 0));
    f64.store(totals + (<usize>r) * DOUBLE, f64x2.extract_lane(total, 0));
    const inverse = f64x2.div(f64x2.splat(1), total);
    const weight = v128.load64_splat(weights + (<usize>r) * DOUBLE);
    for (let o: usize = 0; o < laneBytes; o += 16) {
      const p = f64x2.mul(v128.load(row + o), inverse);
      v128.store(target + o, p);
      v128.store(row + o, f64x2.mul(weight, p));
    }
    const own = (<usize>load<i32>(codes + (<usize>r) * 4)) * DOUBLE;
    f64.store(row + own, f64x2.extract_lane(weight, 0) * (f64.load(target + own) - 1));
  }
  let logs = f64x2.splat(0);
  for (let r = 0; r < rows; r += 2) {
    const at = (<usize>r) * DOUBLE;
    logs = f64x2.add(logs, f64x2.mul(v128.load(weights + at), logFromOne(v128.load(totals + at), constants)));
  }
  return loss + sumOfLanes(logs);
}

// @ts-ignore: a decorator of AssemblyScript
@inline
function sumOfLanes(pair: v128): f64 {
  return f64x2.extract_lane(pair, 0) + f64x2.extract_lane(pair, 1);
}
