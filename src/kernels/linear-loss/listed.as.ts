/** Both products of samples whose values other than zero are listed; listed-rows.ts says where these stand. */
import { addTotals } from './add-totals.as';

const DOUBLE: usize = 8;

/** As multiplyRows, of samples whose values are listed by rows. */
export function multiplyLists(
  values: usize,
  offsets: usize,
  ends: usize,
  rows: i32,
  columns: i32,
  weights: usize,
  lanes: i32,
  scores: usize,
): void {
  addLists(values, offsets, ends, rows, weights, weights + (<usize>(columns * lanes)) * DOUBLE, 0, lanes, scores);
}

/** As addProducts, of samples whose values are listed by columns. */
export function addListProducts(
  values: usize,
  offsets: usize,
  ends: usize,
  rows: i32,
  columns: i32,
  g: usize,
  lanes: i32,
  sums: usize,
): void {
  addLists(values, offsets, ends, columns, g, sums, (<usize>lanes) * DOUBLE, lanes, sums);
  addTotals(rows, g, lanes, sums + (<usize>(((columns + 3) & ~3) * lanes)) * DOUBLE);
}

/** Each row of C becomes a row of starts, `startStep` bytes apart, plus each listed value times its row of the table. */
function addLists(
  values: usize,
  offsets: usize,
  ends: usize,
  count: i32,
  table: usize,
  starts: usize,
  startStep: usize,
  lanes: i32,
  c: usize,
): void {
  const cRow = (<usize>lanes) * DOUBLE;
  for (let left = lanes; left > 0; left -= 10) {
    if (left >= 10) addLanes(5, values, offsets, ends, count, table, starts, startStep, c, cRow);
    else if (left == 8) addLanes(4, values, offsets, ends, count, table, starts, startStep, c, cRow);
    else if (left == 6) addLanes(3, values, offsets, ends, count, table, starts, startStep, c, cRow);
    else if (left == 4) addLanes(2, values, offsets, ends, count, table, starts, startStep, c, cRow);
    else addLanes(1, values, offsets, ends, count, table, starts, startStep, c, cRow);
    table += 80;
    starts += 80;
    c += 80;
  }
}

/** The same for up to five pairs of lanes, whose sums stay in registers; the number of pairs is a constant. */
// @ts-ignore: a decorator of AssemblyScript
@inline
function addLanes(
  pairs: i32,
  values: usize,
  offsets: usize,
  ends: usize,
  count: i32,
  table: usize,
  starts: usize,
  startStep: usize,
  c: usize,
  cRow: usize,
): void {
  let first: i32 = 0;
  for (let i = 0; i < count; i++) {
    let c0 = v128.load(starts), c1 = c0, c2 = c0, c3 = c0, c4 = c0;
    if (pairs > 1) c1 = v128.load(starts, 16);
    if (pairs > 2) c2 = v128.load(starts, 32);
    if (pairs > 3) c3 = v128.load(starts, 48);
    if (pairs > 4) c4 = v128.load(starts, 64);
    const end = load<i32>(ends);
    for (; first < end; first++) {
      const value = v128.load64_splat(values);
      const row = table + <usize>load<u32>(offsets);
      c0 = f64x2.add(c0, f64x2.mul(value, v128.load(row)));
      if (pairs > 1) c1 = f64x2.add(c1, f64x2.mul(value, v128.load(row, 16)));
      if (pairs > 2) c2 = f64x2.add(c2, f64x2.mul(value, v128.load(row, 32)));
      if (pairs > 3) c3 = f64x2.add(c3, f64x2.mul(value, v128.load(row, 48)));
      if (pairs > 4) c4 = f64x2.add(c4, f64x2.mul(value, v128.load(row, 64)));
      values += 8;
      offsets += 4;
    }
    v128.store(c, c0);
    if (pairs > 1) v128.store(c, c1, 16);
    if (pairs > 2) v128.store(c, c2, 32);
    if (pairs > 3) v128.store(c, c3, 48);
    if (pairs > 4) v128.store(c, c4, 64);
    starts += startStep;
    c += cRow;
    ends += 4;
  }
}
