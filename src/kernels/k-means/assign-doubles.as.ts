/**
 * The nearest center of each row in double precision; reference.ts is the definition. Centers come packed in panels of four: the
 * four values of column 0, then those of column 1, ...; places beyond the last center have an infinite squared length.
 * A tile of 4 rows x 4 centers lives in eight registers of two lanes while the columns run, so that each loaded value
 * is used four times; each sum is in order of the columns, and no multiplication is fused with an addition.
 */

const STEP: usize = 32; // bytes of one column in a panel

/**
 * Writes the nearest center of each of the `count` rows whose positions are at `open` to `labels`. `norms` has four
 * doubles a panel; `work` is room for 48 doubles: the products of a tile, and for each row four least values and their
 * labels.
 */
export function assignDoubles(
  rows: usize,
  open: usize,
  count: i32,
  columns: i32,
  centers: usize,
  norms: usize,
  panels: i32,
  labels: usize,
  work: usize,
): void {
  const rowBytes = <usize>columns << 3;
  const last = count - 1;
  for (let i = 0; i < count; i += 4) {
    // Missing rows are the last one once more, and not written.
    const x0 = rows + positionAt(open, i) * rowBytes;
    const x1 = rows + positionAt(open, min(i + 1, last)) * rowBytes;
    const x2 = rows + positionAt(open, min(i + 2, last)) * rowBytes;
    const x3 = rows + positionAt(open, min(i + 3, last)) * rowBytes;
    for (let at: usize = 0; at < 128; at += 16) v128.store(work + at, f64x2.splat(Infinity), 128);
    memory.fill(work + 256, 0, 128);
    let c = centers;
    for (let p = 0; p < panels; p++) {
      multiplyTile(x0, x1, x2, x3, columns, c, work);
      keepLeast(work, norms + <usize>p * STEP, 4 * p);
      c += <usize>columns * STEP;
    }
    for (let r = 0; r < min(4, count - i); r++) {
      const own = work + (<usize>r << 5);
      store<i32>(labels + (positionAt(open, i + r) << 2), firstLeast(own + 128, own + 256));
    }
  }
}

// @ts-ignore: a decorator of AssemblyScript
@inline
function positionAt(open: usize, i: i32): usize {
  return <usize>load<u32>(open + (<usize>i << 2));
}

function multiplyTile(x0: usize, x1: usize, x2: usize, x3: usize, columns: i32, c: usize, tile: usize): void {
  let a00 = f64x2.splat(0), a01 = f64x2.splat(0), a10 = f64x2.splat(0), a11 = f64x2.splat(0);
  let a20 = f64x2.splat(0), a21 = f64x2.splat(0), a30 = f64x2.splat(0), a31 = f64x2.splat(0);
  const end = x0 + (<usize>columns << 3);
  while (x0 < end) {
    const c0 = v128.load(c);
    const c1 = v128.load(c, 16);
    const v0 = v128.load64_splat(x0);
    a00 = f64x2.add(a00, f64x2.mul(v0, c0));
    a01 = f64x2.add(a01, f64x2.mul(v0, c1));
    const v1 = v128.load64_splat(x1);
    a10 = f64x2.add(a10, f64x2.mul(v1, c0));
    a11 = f64x2.add(a11, f64x2.mul(v1, c1));
    const v2 = v128.load64_splat(x2);
    a20 = f64x2.add(a20, f64x2.mul(v2, c0));
    a21 = f64x2.add(a21, f64x2.mul(v2, c1));
    const v3 = v128.load64_splat(x3);
    a30 = f64x2.add(a30, f64x2.mul(v3, c0));
    a31 = f64x2.add(a31, f64x2.mul(v3, c1));
    c += STEP;
    x0 += 8;
    x1 += 8;
    x2 += 8;
    x3 += 8;
  }
  v128.store(tile, a00);
  v128.store(tile, a01, 16);
  v128.store(tile, a10, 32);
  v128.store(tile, a11, 48);
  v128.store(tile, a20, 64);
  v128.store(tile, a21, 80);
  v128.store(tile, a30, 96);
  v128.store(tile, a31, 112);
}

/** Keeps, lane by lane, the least |c|² - 2 x'c of each row, and of equal ones the first, with its label. */
function keepLeast(work: usize, norms: usize, label: i32): void {
  const labels0 = i64x2.add(i64x2.splat(label), i64x2(0, 1));
  const labels1 = i64x2.add(labels0, i64x2.splat(2));
  const norms0 = v128.load(norms);
  const norms1 = v128.load(norms, 16);
  for (let row = work, end = work + 128; row < end; row += 32) {
    const value0 = f64x2.sub(norms0, f64x2.mul(f64x2.splat(2), v128.load(row)));
    const least0 = v128.load(row, 128);
    const isLess0 = f64x2.lt(value0, least0);
    v128.store(row, v128.bitselect(value0, least0, isLess0), 128);
    v128.store(row, v128.bitselect(labels0, v128.load(row, 256), isLess0), 256);
    const value1 = f64x2.sub(norms1, f64x2.mul(f64x2.splat(2), v128.load(row, 16)));
    const least1 = v128.load(row, 144);
    const isLess1 = f64x2.lt(value1, least1);
    v128.store(row, v128.bitselect(value1, least1, isLess1), 144);
    v128.store(row, v128.bitselect(labels1, v128.load(row, 272), isLess1), 272);
  }
}

/** The label of the least of four values, the least label of equal ones. */
function firstLeast(values: usize, labels: usize): i32 {
  let value = load<f64>(values);
  let label = <i32>load<i64>(labels);
  for (let at: usize = 8; at < 32; at += 8) {
    const other = load<f64>(values + at);
    const own = <i32>load<i64>(labels + at);
    if (other < value || (other === value && own < label)) {
      value = other;
      label = own;
    }
  }
  return label;
}
