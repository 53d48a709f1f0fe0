/**
 * A <- H A H for a reflector and a symmetric matrix, of which the upper triangle is read and written. Two columns stand in
 * the lanes of a vector; reference.ts is the definition.
 */

/** `a` holds the `n` x `n` doubles, `v` and `w` one per column; `w` is written over. */
export function reflectBothSides(a: usize, n: i32, v: usize, w: usize, tau: f64, from: i32): void {
  const rowBytes = <usize>n << 3;
  const first = <usize>from << 3;
  memory.fill(w + first, 0, rowBytes - first);
  for (let i = first, row = a + <usize>from * rowBytes; i < rowBytes; i += 8, row += rowBytes) {
    multiplyRow(row, rowBytes, v, i, w);
  }
  let product: f64 = 0;
  for (let i = first; i < rowBytes; i += 8) product += load<f64>(w + i) * load<f64>(v + i);
  const share = (tau / 2) * product;
  for (let i = first; i < rowBytes; i += 8) {
    store<f64>(w + i, tau * (load<f64>(w + i) - share * load<f64>(v + i)));
  }
  for (let i = first, row = a + <usize>from * rowBytes; i < rowBytes; i += 8, row += rowBytes) {
    updateRow(row, rowBytes, v, i, w);
  }
}

/** What the row at place `i` of its bytes, and the column below the diagonal, add to A v. */
function multiplyRow(row: usize, rowBytes: usize, v: usize, i: usize, w: usize): void {
  const vi = v128.load64_splat(v + i);
  let sums = f64x2.splat(0);
  // The first pair begins on the diagonal, which adds nothing to w.
  const diagonal = load<f64>(w + i);
  let j = i;
  for (; j + 16 <= rowBytes; j += 16) {
    const pair = v128.load(row + j);
    sums = f64x2.add(sums, f64x2.mul(pair, v128.load(v + j)));
    v128.store(w + j, f64x2.add(v128.load(w + j), f64x2.mul(pair, vi)));
  }
  let left = f64x2.extract_lane(sums, 0);
  if (j < rowBytes) {
    const last = load<f64>(row + j);
    left += last * load<f64>(v + j);
    store<f64>(w + j, load<f64>(w + j) + last * load<f64>(v + i));
  }
  store<f64>(w + i, diagonal + (left + f64x2.extract_lane(sums, 1)));
}

/** row -= vi w' + wi v', from place `i` of its bytes on. */
function updateRow(row: usize, rowBytes: usize, v: usize, i: usize, w: usize): void {
  const vi = v128.load64_splat(v + i);
  const wi = v128.load64_splat(w + i);
  let j = i;
  for (; j + 16 <= rowBytes; j += 16) {
    const change = f64x2.add(f64x2.mul(vi, v128.load(w + j)), f64x2.mul(wi, v128.load(v + j)));
    v128.store(row + j, f64x2.sub(v128.load(row + j), change));
  }
  if (j < rowBytes) {
    const change = load<f64>(v + i) * load<f64>(w + j) + load<f64>(w + i) * load<f64>(v + j);
    store<f64>(row + j, load<f64>(row + j) - change);
  }
}
