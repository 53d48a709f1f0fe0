/**
 * A tile of 4 rows x 8 points in single precision: |y|² - 2 x'y, in eight registers while the columns run. Points come in
 * panels of eight, times -2: the eight values of column 0, then those of column 1, ...
 */

/** Writes the 32 values to `tile`, eight of each row after one another; `norms` are the points' eight squared lengths. */
// @ts-ignore: a decorator of AssemblyScript
@inline
export function multiplySingles(
  x0: usize,
  x1: usize,
  x2: usize,
  x3: usize,
  columns: i32,
  points: usize,
  norms: usize,
  tile: usize,
): void {
  const norms0 = v128.load(norms), norms1 = v128.load(norms, 16);
  let a0 = norms0, a1 = norms1, b0 = norms0, b1 = norms1;
  let c0 = norms0, c1 = norms1, d0 = norms0, d1 = norms1;
  for (let end = points + (<usize>columns << 5); points < end; points += 32) {
    const y0 = v128.load(points), y1 = v128.load(points, 16);
    const p = v128.load32_splat(x0);
    a0 = f32x4.add(a0, f32x4.mul(p, y0));
    a1 = f32x4.add(a1, f32x4.mul(p, y1));
    const q = v128.load32_splat(x1);
    b0 = f32x4.add(b0, f32x4.mul(q, y0));
    b1 = f32x4.add(b1, f32x4.mul(q, y1));
    const r = v128.load32_splat(x2);
    c0 = f32x4.add(c0, f32x4.mul(r, y0));
    c1 = f32x4.add(c1, f32x4.mul(r, y1));
    const s = v128.load32_splat(x3);
    d0 = f32x4.add(d0, f32x4.mul(s, y0));
    d1 = f32x4.add(d1, f32x4.mul(s, y1));
    x0 += 4;
    x1 += 4;
    x2 += 4;
    x3 += 4;
  }
  v128.store(tile, a0);
  v128.store(tile, a1, 16);
  v128.store(tile, b0, 32);
  v128.store(tile, b1, 48);
  v128.store(tile, c0, 64);
  v128.store(tile, c1, 80);
  v128.store(tile, d0, 96);
  v128.store(tile, d1, 112);
}

/**
 * The same of 8 rows, one after another, and the first four points of a panel: four values of each row, each followed by
 * room for as many.
 */
export function multiplyFourSingles(rows: usize, columns: i32, points: usize, norms: usize, tile: usize): void {
  const rowBytes = <usize>columns << 2;
  const x4 = 4 * rowBytes;
  let a0 = v128.load(norms);
  let a1 = a0, a2 = a0, a3 = a0, b0 = a0, b1 = a0, b2 = a0, b3 = a0;
  let x = rows, y = rows + x4;
  for (let end = x + rowBytes; x < end; x += 4) {
    const point = v128.load(points);
    a0 = f32x4.add(a0, f32x4.mul(v128.load32_splat(x), point));
    a1 = f32x4.add(a1, f32x4.mul(v128.load32_splat(x + rowBytes), point));
    a2 = f32x4.add(a2, f32x4.mul(v128.load32_splat(x + 2 * rowBytes), point));
    a3 = f32x4.add(a3, f32x4.mul(v128.load32_splat(x + 3 * rowBytes), point));
    b0 = f32x4.add(b0, f32x4.mul(v128.load32_splat(y), point));
    b1 = f32x4.add(b1, f32x4.mul(v128.load32_splat(y + rowBytes), point));
    b2 = f32x4.add(b2, f32x4.mul(v128.load32_splat(y + 2 * rowBytes), point));
    b3 = f32x4.add(b3, f32x4.mul(v128.load32_splat(y + 3 * rowBytes), point));
    points += 32;
    y += 4;
  }
  v128.store(tile, a0);
  v128.store(tile, a1, 32);
  v128.store(tile, a2, 64);
  v128.store(tile, a3, 96);
  v128.store(tile, b0, 128);
  v128.store(tile, b1, 160);
  v128.store(tile, b2, 192);
  v128.store(tile, b3, 224);
}

/** Writes `n` rows times `scale` to `singles`, and their squared lengths to `norms`, in single precision. */
export function toSingle(rows: usize, n: i32, columns: i32, scale: f64, singles: usize, norms: usize): void {
  const evenBytes = <usize>(columns & ~1) << 3;
  const factor = f64x2.splat(scale);
  let x = rows, to = singles;
  for (let i = 0; i < n; i++) {
    let squares = f64x2.splat(0);
    for (let end = x + evenBytes; x < end; x += 16) {
      const values = f64x2.mul(v128.load(x), factor);
      v128.store64_lane(to, f32x4.demote_f64x2_zero(values), 0);
      squares = f64x2.add(squares, f64x2.mul(values, values));
      to += 8;
    }
    let norm = f64x2.extract_lane(squares, 0) + f64x2.extract_lane(squares, 1);
    if (columns & 1) {
      const value = load<f64>(x) * scale;
      store<f32>(to, <f32>value);
      norm += value * value;
      x += 8;
      to += 4;
    }
    store<f32>(norms + (<usize>i << 2), <f32>norm);
  }
}

/** The greatest absolute value of `count` doubles; not a number where one is none. */
export function largest(values: usize, count: i32): f64 {
  let most0 = f64x2.splat(0), most1 = most0, strange = most0;
  let at = values;
  // `max` notices what is no number, but takes many instructions.
  for (let end = values + (<usize>(count & ~3) << 3); at < end; at += 32) {
    const a = f64x2.abs(v128.load(at)), b = f64x2.abs(v128.load(at, 16));
    most0 = f64x2.pmax(a, most0);
    most1 = f64x2.pmax(b, most1);
    strange = v128.or(strange, v128.or(f64x2.ne(a, a), f64x2.ne(b, b)));
  }
  if (v128.any_true(strange)) return NaN;
  const both = f64x2.pmax(most0, most1);
  let most = max<f64>(f64x2.extract_lane(both, 0), f64x2.extract_lane(both, 1));
  for (let end = values + (<usize>count << 3); at < end; at += 8) most = max<f64>(most, abs(load<f64>(at)));
  return most;
}
