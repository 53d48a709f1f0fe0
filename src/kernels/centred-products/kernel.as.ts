/**
 * Products of the columns of a chunk of rows less their means: the rows are centred on their way into the panels, which
 * are multiplied as in ../matmul. reference.ts is the definition of the means and the centred rows.
 */
import { multiplyPanels } from '../matmul/panels.as';

/** Bytes of a tile of `multiplyPanels`, which lies before the packed columns. */
const TILE: usize = 128;
/** Columns of a panel. */
const PANEL: i32 = 4;

/** The weighted means of `n` rows, as differences from the first; `weights` is 0 where all are 1. */
export function meansOfRows(rows: usize, n: i32, columns: i32, weights: usize, weight: f64, mean: usize): void {
  const bytes = <usize>columns << 3;
  const last = n - 1;
  memory.fill(mean, 0, bytes);
  for (let i = 0; i < n; i += 4) {
    const row0 = rows + <usize>i * bytes;
    // Past the end the last row stands in, with weight 0.
    const row1 = rows + <usize>min(i + 1, last) * bytes;
    const row2 = rows + <usize>min(i + 2, last) * bytes;
    const row3 = rows + <usize>min(i + 3, last) * bytes;
    const a = f64x2.splat(weightAt(weights, i, n));
    const b = f64x2.splat(weightAt(weights, i + 1, n));
    const c = f64x2.splat(weightAt(weights, i + 2, n));
    const d = f64x2.splat(weightAt(weights, i + 3, n));
    let j: usize = 0;
    for (; j + 16 <= bytes; j += 16) {
      const base = v128.load(rows + j);
      const left = f64x2.add(difference(row0 + j, base, a), difference(row1 + j, base, b));
      const right = f64x2.add(difference(row2 + j, base, c), difference(row3 + j, base, d));
      v128.store(mean + j, f64x2.add(v128.load(mean + j), f64x2.add(left, right)));
    }
    if (j < bytes) {
      const base = v128.load64_splat(rows + j);
      const left = f64x2.add(lastDifference(row0 + j, base, a), lastDifference(row1 + j, base, b));
      const right = f64x2.add(lastDifference(row2 + j, base, c), lastDifference(row3 + j, base, d));
      store<f64>(mean + j, load<f64>(mean + j) + f64x2.extract_lane(f64x2.add(left, right), 0));
    }
  }
  for (let j: usize = 0; j < bytes; j += 8) store<f64>(mean + j, load<f64>(rows + j) + load<f64>(mean + j) / weight);
}

// @ts-ignore: a decorator of AssemblyScript
@inline
function weightAt(weights: usize, i: i32, n: i32): f64 {
  if (i >= n) return 0;
  return weights === 0 ? 1 : load<f64>(weights + (<usize>i << 3));
}

// @ts-ignore: a decorator of AssemblyScript
@inline
function difference(at: usize, base: v128, weight: v128): v128 {
  return f64x2.mul(weight, f64x2.sub(v128.load(at), base));
}

// @ts-ignore: a decorator of AssemblyScript
@inline
function lastDifference(at: usize, base: v128, weight: v128): v128 {
  return f64x2.mul(weight, f64x2.sub(v128.load64_splat(at), base));
}

/** Writes the roots of `n` weights over them. */
export function takeRoots(weights: usize, n: i32): void {
  const end = weights + (<usize>n << 3);
  for (; weights < end; weights += 8) store<f64>(weights, sqrt(load<f64>(weights)));
}

/**
 * Packs `n` rows, steps of the products, less the means and times the roots of their weights (0 where all are 1), for
 * {@link addProducts} by the same thread.
 */
export function packCentred(rows: usize, n: i32, columns: i32, roots: usize, mean: usize, scratch: usize): void {
  const bytes = <usize>columns << 3;
  let to = scratch + TILE;
  for (let j = 0; j < columns; j += PANEL) {
    if (columns - j < PANEL) packEdge(rows, n, bytes, columns - j, roots, mean, to);
    else if (roots === 0) packPlain(rows, n, bytes, mean, to);
    else packWeighted(rows, n, bytes, roots, mean, to);
    rows += PANEL << 3;
    mean += PANEL << 3;
    to += <usize>n * (PANEL << 3);
  }
}

function packPlain(from: usize, n: i32, bytes: usize, mean: usize, to: usize): void {
  const left = v128.load(mean), right = v128.load(mean, 16);
  for (let i = 0; i < n; i++) {
    v128.store(to, f64x2.sub(v128.load(from), left));
    v128.store(to, f64x2.sub(v128.load(from, 16), right), 16);
    from += bytes;
    to += PANEL << 3;
  }
}

function packWeighted(from: usize, n: i32, bytes: usize, roots: usize, mean: usize, to: usize): void {
  const left = v128.load(mean), right = v128.load(mean, 16);
  for (let i = 0; i < n; i++) {
    const root = v128.load64_splat(roots + (<usize>i << 3));
    v128.store(to, f64x2.mul(f64x2.sub(v128.load(from), left), root));
    v128.store(to, f64x2.mul(f64x2.sub(v128.load(from, 16), right), root), 16);
    from += bytes;
    to += PANEL << 3;
  }
}

/** The last panel, of fewer columns: what is missing is zero. */
function packEdge(from: usize, n: i32, bytes: usize, width: i32, roots: usize, mean: usize, to: usize): void {
  for (let i = 0; i < n; i++) {
    const root = roots === 0 ? 1 : load<f64>(roots + (<usize>i << 3));
    v128.store(to, f64x2.splat(0));
    v128.store(to, f64x2.splat(0), 16);
    for (let j: usize = 0; j < <usize>width << 3; j += 8) {
      store<f64>(to + j, (load<f64>(from + j) - load<f64>(mean + j)) * root);
    }
    from += bytes;
    to += PANEL << 3;
  }
}

/**
 * Adds the products of the packed columns from i on, `height` of them, and from j on, `width` of them, to row-major
 * `products`, or writes them unless `isAdded`. What lies left of the diagonal may be left as it is.
 */
export function addProducts(
  n: i32,
  columns: i32,
  i: i32,
  height: i32,
  j: i32,
  width: i32,
  products: usize,
  isAdded: bool,
  scratch: usize,
): void {
  const packed = scratch + TILE;
  const step = <usize>n << 3;
  const bytes = <usize>columns << 3;
  const to = products + <usize>i * bytes + (<usize>j << 3);
  multiplyPanels<f64>(height, width, n, packed + <usize>i * step, packed + <usize>j * step, to, bytes, isAdded, i - j, scratch);
}
