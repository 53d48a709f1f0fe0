/**
 * Walks rows down a packed tree, eight at a time, so that the loads of one row hide behind those of the others. Rows
 * that have arrived wait in their leaf for the rest.
 */

const NODE: usize = 12;
const ROWS: i32 = 8;

/**
 * One step down; a leaf leads to itself, and its feature -1 reads the four bytes before the row. Without branches: which
 * way a row goes cannot be foreseen. Where no value is missing, a comparison alone decides.
 */
// @ts-ignore: a decorator of AssemblyScript
@inline
function step(node: usize, nodes: usize, row: usize, mayMiss: bool): usize {
  const split = load<i32>(node);
  const x = load<f32>(row + ((<usize>(split >> 1)) << 2));
  const left = node + NODE;
  const right = nodes + ((<usize>load<i32>(node, 8)) << 2);
  const isBelow = x <= load<f32>(node, 4);
  const next = mayMiss
    ? select<usize>(left, right, <i32>isBelow | (<i32>(x !== x) & split & 1))
    : select<usize>(left, right, isBelow);
  return select<usize>(node, next, split < 0);
}

// @ts-ignore: a decorator of AssemblyScript
@inline
function addLeaf(node: usize, values: usize, stride: i32, sums: usize): void {
  const leaf = values + ((<usize>load<i32>(node, 8)) << 3);
  for (let at: usize = 0, end = (<usize>stride) << 3; at < end; at += 8) {
    store<f64>(sums + at, load<f64>(sums + at) + load<f64>(leaf + at));
  }
}

/**
 * Adds the values of the leaves of some trees, one after the other, to rows × stride `sums`.
 *
 * @param roots where the roots of `trees` trees begin among the nodes
 * @param rows their number, a multiple of 8
 */
export function addForestValues(nodes: usize, roots: usize, trees: i32, values: usize, stride: i32, X: usize, rows: i32, columns: i32, sums: usize): void {
  if (hasMissing(X, rows * columns)) {
    for (let t = 0; t < trees; t++) addTreeValues(nodes, load<i32>(roots + (<usize>t << 2)), values, stride, X, rows, columns, sums, true);
  } else {
    for (let t = 0; t < trees; t++) addTreeValues(nodes, load<i32>(roots + (<usize>t << 2)), values, stride, X, rows, columns, sums, false);
  }
}

/** Whether some of `size` numbers, a multiple of 4, is NaN. */
function hasMissing(X: usize, size: i32): bool {
  let missing = i32x4.splat(0);
  for (let at = X, end = X + ((<usize>size) << 2); at < end; at += 16) {
    const numbers = v128.load(at);
    missing = v128.or(missing, f32x4.ne(numbers, numbers));
  }
  return v128.any_true(missing);
}

// @ts-ignore: a decorator of AssemblyScript
@inline
function addTreeValues(nodes: usize, root: i32, values: usize, stride: i32, X: usize, rows: i32, columns: i32, sums: usize, mayMiss: bool): void {
  const rowBytes = (<usize>columns) << 2;
  const sumBytes = (<usize>stride) << 3;
  const first = nodes + ((<usize>root) << 2);
  for (let i = 0; i < rows; i += ROWS) {
    let a = first, b = first, c = first, d = first, e = first, f = first, g = first, h = first;
    const x = X + <usize>i * rowBytes;
    const x4 = x + 4 * rowBytes;
    // Signs of the splits: all are set when all rows have arrived.
    while ((load<i32>(a) & load<i32>(b) & load<i32>(c) & load<i32>(d) & load<i32>(e) & load<i32>(f) & load<i32>(g) & load<i32>(h)) >= 0) {
      a = step(a, nodes, x, mayMiss);
      b = step(b, nodes, x + rowBytes, mayMiss);
      c = step(c, nodes, x + 2 * rowBytes, mayMiss);
      d = step(d, nodes, x + 3 * rowBytes, mayMiss);
      e = step(e, nodes, x4, mayMiss);
      f = step(f, nodes, x4 + rowBytes, mayMiss);
      g = step(g, nodes, x4 + 2 * rowBytes, mayMiss);
      h = step(h, nodes, x4 + 3 * rowBytes, mayMiss);
    }
    const to = sums + <usize>i * sumBytes;
    const to4 = to + 4 * sumBytes;
    addLeaf(a, values, stride, to);
    addLeaf(b, values, stride, to + sumBytes);
    addLeaf(c, values, stride, to + 2 * sumBytes);
    addLeaf(d, values, stride, to + 3 * sumBytes);
    addLeaf(e, values, stride, to4);
    addLeaf(f, values, stride, to4 + sumBytes);
    addLeaf(g, values, stride, to4 + 2 * sumBytes);
    addLeaf(h, values, stride, to4 + 3 * sumBytes);
  }
}
