/**
 * Householder reflections that clear a block of rows below an upper triangular matrix. The block is held by columns, so
 * that a reflector and what it is applied to are contiguous. Four reflectors at a time are applied to the columns after
 * them as I - V T' V': a tile of four dot products by two columns lives in registers. The plain version computes the
 * same sums in the same order.
 */

/** Reflectors of a panel. */
const PANEL: i32 = 4;

/**
 * Writes the columns of `rows` x `columns` doubles at `x`, less their `shift`, to rows of `bytes` bytes at `block`.
 * `rows` is even; an odd last column is followed by one that nobody reads.
 */
export function turnOver(x: usize, rows: i32, columns: i32, shift: usize, block: usize, bytes: usize): void {
  const step = (<usize>columns) << 3;
  for (let j = 0; j < columns; j += 2) {
    const less = v128.load(shift + ((<usize>j) << 3));
    let from = x + ((<usize>j) << 3);
    let to = block + (<usize>j) * bytes;
    for (let i = 0; i < rows; i += 2) {
      const upper = f64x2.sub(v128.load(from), less);
      const lower = f64x2.sub(v128.load(from + step), less);
      v128.store(to, v128.shuffle<f64>(upper, lower, 0, 2));
      v128.store(to + bytes, v128.shuffle<f64>(upper, lower, 1, 3));
      from += 2 * step;
      to += 16;
    }
  }
}

/**
 * Makes reflectors of the columns k to k + count - 1, at most a panel, and applies them to those and all later ones.
 * `upper` has rows of `upperBytes` bytes, `block` one row of `bytes` bytes per column; both have an even number of
 * columns from `k` on. `factor` has room for a panel squared.
 */
export function reflectPanel(
  upper: usize,
  upperBytes: usize,
  block: usize,
  bytes: usize,
  columns: i32,
  k: i32,
  count: i32,
  factor: usize,
): void {
  const v = block + (<usize>k) * bytes;
  const corner = upper + (<usize>k) * upperBytes + ((<usize>k) << 3);
  for (let r = 0; r < count; r++) reflectOne(corner, upperBytes, v, bytes, r, count, factor);
  if (k + count >= columns) return;
  fillFactor(v, bytes, count, factor);
  let x = v + (<usize>count) * bytes;
  let above = corner + ((<usize>count) << 3);
  for (let j = k + count; j < columns; j += 2) {
    reflectTwo(v, x, bytes, above, upperBytes, factor);
    x += 2 * bytes;
    above += 16;
  }
}

/** Makes reflector r of a panel and applies it to the columns after it within the panel. */
function reflectOne(corner: usize, upperBytes: usize, v: usize, bytes: usize, r: i32, count: i32, factor: usize): void {
  const x = v + (<usize>r) * bytes;
  const row = corner + (<usize>r) * upperBytes;
  const diagonal = row + ((<usize>r) << 3);
  const place = factor + ((<usize>(PANEL * r + r)) << 3);
  const alpha = load<f64>(diagonal);
  const tail = dot(x, x, bytes);
  store<f64>(place, 0);
  if (tail === 0) return;
  const norm = sqrt(alpha * alpha + tail);
  const beta = alpha > 0 ? -norm : norm;
  const tau = (beta - alpha) / beta;
  scaleBy(x, bytes, 1 / (alpha - beta));
  store<f64>(place, tau);
  store<f64>(diagonal, beta);
  for (let s = r + 1; s < count; s++) {
    const above = row + ((<usize>s) << 3);
    const y = v + (<usize>s) * bytes;
    const change = tau * (load<f64>(above) + dot(x, y, bytes));
    store<f64>(above, load<f64>(above) - change);
    subtractScaled(y, x, bytes, change);
  }
}

/** T of H_1 H_2 H_3 H_4 = I - V T V', upper triangular; its diagonal, the taus, is there already. */
function fillFactor(v: usize, bytes: usize, count: i32, factor: usize): void {
  for (let r = 1; r < count; r++) {
    const tau = load<f64>(factor + ((<usize>(PANEL * r + r)) << 3));
    for (let i = 0; i < r; i++) {
      let sum: f64 = 0;
      for (let q = i; q < r; q++) {
        const product = dot(v + (<usize>q) * bytes, v + (<usize>r) * bytes, bytes);
        sum += load<f64>(factor + ((<usize>(PANEL * i + q)) << 3)) * product;
      }
      store<f64>(factor + ((<usize>(PANEL * i + r)) << 3), -tau * sum);
    }
  }
}

/** Applies the four reflectors at `v` to the two columns at `x`, whose upper parts stand in four rows at `above`. */
function reflectTwo(v: usize, x: usize, bytes: usize, above: usize, upperBytes: usize, factor: usize): void {
  let s0 = f64x2.splat(0), t0 = f64x2.splat(0);
  let s1 = f64x2.splat(0), t1 = f64x2.splat(0);
  let s2 = f64x2.splat(0), t2 = f64x2.splat(0);
  let s3 = f64x2.splat(0), t3 = f64x2.splat(0);
  for (let at: usize = 0; at < bytes; at += 16) {
    const a = v128.load(x + at);
    const b = v128.load(x + bytes + at);
    const v0 = v128.load(v + at);
    s0 = f64x2.add(s0, f64x2.mul(v0, a));
    t0 = f64x2.add(t0, f64x2.mul(v0, b));
    const v1 = v128.load(v + bytes + at);
    s1 = f64x2.add(s1, f64x2.mul(v1, a));
    t1 = f64x2.add(t1, f64x2.mul(v1, b));
    const v2 = v128.load(v + 2 * bytes + at);
    s2 = f64x2.add(s2, f64x2.mul(v2, a));
    t2 = f64x2.add(t2, f64x2.mul(v2, b));
    const v3 = v128.load(v + 3 * bytes + at);
    s3 = f64x2.add(s3, f64x2.mul(v3, a));
    t3 = f64x2.add(t3, f64x2.mul(v3, b));
  }
  // From here on the lanes are the two columns.
  const d0 = f64x2.add(v128.load(above), sumLanes(s0, t0));
  const d1 = f64x2.add(v128.load(above + upperBytes), sumLanes(s1, t1));
  const d2 = f64x2.add(v128.load(above + 2 * upperBytes), sumLanes(s2, t2));
  const d3 = f64x2.add(v128.load(above + 3 * upperBytes), sumLanes(s3, t3));
  const y0 = times(factor, 0, d0);
  const y1 = f64x2.add(times(factor, 1, d0), times(factor, 5, d1));
  const y2 = f64x2.add(f64x2.add(times(factor, 2, d0), times(factor, 6, d1)), times(factor, 10, d2));
  const y3 = f64x2.add(
    f64x2.add(f64x2.add(times(factor, 3, d0), times(factor, 7, d1)), times(factor, 11, d2)),
    times(factor, 15, d3),
  );
  subtractAt(above, y0);
  subtractAt(above + upperBytes, y1);
  subtractAt(above + 2 * upperBytes, y2);
  subtractAt(above + 3 * upperBytes, y3);
  const a0 = first(y0), a1 = first(y1), a2 = first(y2), a3 = first(y3);
  const b0 = second(y0), b1 = second(y1), b2 = second(y2), b3 = second(y3);
  for (let at: usize = 0; at < bytes; at += 16) {
    const v0 = v128.load(v + at);
    let a = f64x2.sub(v128.load(x + at), f64x2.mul(a0, v0));
    let b = f64x2.sub(v128.load(x + bytes + at), f64x2.mul(b0, v0));
    const v1 = v128.load(v + bytes + at);
    a = f64x2.sub(a, f64x2.mul(a1, v1));
    b = f64x2.sub(b, f64x2.mul(b1, v1));
    const v2 = v128.load(v + 2 * bytes + at);
    a = f64x2.sub(a, f64x2.mul(a2, v2));
    b = f64x2.sub(b, f64x2.mul(b2, v2));
    const v3 = v128.load(v + 3 * bytes + at);
    v128.store(x + at, f64x2.sub(a, f64x2.mul(a3, v3)));
    v128.store(x + bytes + at, f64x2.sub(b, f64x2.mul(b3, v3)));
  }
}

/** The sum of each register's lanes. */
// @ts-ignore: a decorator of AssemblyScript
@inline
function sumLanes(s: v128, t: v128): v128 {
  return f64x2.add(v128.shuffle<f64>(s, t, 0, 2), v128.shuffle<f64>(s, t, 1, 3));
}

// @ts-ignore: a decorator of AssemblyScript
@inline
function times(factor: usize, at: usize, d: v128): v128 {
  return f64x2.mul(v128.load64_splat(factor + (at << 3)), d);
}

// @ts-ignore: a decorator of AssemblyScript
@inline
function subtractAt(at: usize, y: v128): void {
  v128.store(at, f64x2.sub(v128.load(at), y));
}

// @ts-ignore: a decorator of AssemblyScript
@inline
function first(y: v128): v128 {
  return v128.shuffle<f64>(y, y, 0, 0);
}

// @ts-ignore: a decorator of AssemblyScript
@inline
function second(y: v128): v128 {
  return v128.shuffle<f64>(y, y, 1, 1);
}

function dot(x: usize, y: usize, bytes: usize): f64 {
  let sum = f64x2.splat(0);
  for (let at: usize = 0; at < bytes; at += 16) {
    sum = f64x2.add(sum, f64x2.mul(v128.load(x + at), v128.load(y + at)));
  }
  return f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1);
}

function scaleBy(x: usize, bytes: usize, scale: f64): void {
  const factor = f64x2.splat(scale);
  for (let at: usize = 0; at < bytes; at += 16) v128.store(x + at, f64x2.mul(v128.load(x + at), factor));
}

/** y <- y - scale x. */
function subtractScaled(y: usize, x: usize, bytes: usize, scale: f64): void {
  const factor = f64x2.splat(scale);
  for (let at: usize = 0; at < bytes; at += 16) {
    v128.store(y + at, f64x2.sub(v128.load(y + at), f64x2.mul(v128.load(x + at), factor)));
  }
}
