import { Matrix } from '../../array/index.ts';
import { inBlocks, type Work } from '../../work/index.ts';
import { arenaMemory, borrow, giveBack } from '../arena.ts';
import { Places } from '../places.ts';
import { type BoxTree, type GrowExports, isSmall, kernel } from './kernel.ts';
import { quickSelect, widen } from './reference.ts';

/** Rows that can be put in another order. */
interface Rows {
  widen(node: number, from: number, to: number): void;
  select(from: number, to: number, middle: number, column: number): void;
  /** The greatest and least values of a node, as they are so far. */
  box(node: number): { readonly lower: Float64Array; readonly upper: Float64Array };
  finish(): Omit<BoxTree, 'layout'>;
  close(): void;
}

/** @param levels Levels of nodes, of which the last are the leaves; a leaf has one row at least. */
export function growBoxTree(X: Matrix, levels: number): Work<BoxTree> {
  return grow(X, levels, isSmall(X) ? kernel() : undefined);
}

export function* grow(X: Matrix, levels: number, fast: GrowExports | undefined): Work<BoxTree> {
  const nodes = 2 ** levels - 1;
  const layout = { starts: new Int32Array(nodes), ends: new Int32Array(nodes) };
  const rows = fast === undefined ? plainRows(X, nodes) : kernelRows(fast, X, nodes);
  layout.ends[0] = X.rows;
  try {
    for (let node = 0; node < nodes; node++) {
      const [start, end] = [layout.starts[node]!, layout.ends[node]!];
      yield* inBlocks(end - start, X.columns, (from, to) => rows.widen(node, start + from, start + to));
      if (2 * node + 2 >= nodes) continue;
      const middle = start + ((end - start) >> 1);
      rows.select(start, end, middle, widest(rows.box(node)));
      layout.starts[2 * node + 1] = start;
      layout.ends[2 * node + 1] = middle;
      layout.starts[2 * node + 2] = middle;
      layout.ends[2 * node + 2] = end;
    }
    return { layout, ...rows.finish() };
  } finally {
    rows.close();
  }
}

function widest({ lower, upper }: ReturnType<Rows['box']>): number {
  let best = 0;
  for (let k = 1; k < lower.length; k++) if (upper[k]! - lower[k]! > upper[best]! - lower[best]!) best = k;
  return best;
}

function plainRows(X: Matrix, nodes: number): Rows {
  const { columns } = X;
  const order = Int32Array.from({ length: X.rows }, (_, i) => i);
  const lower = new Float64Array(nodes * columns).fill(Number.POSITIVE_INFINITY);
  const upper = new Float64Array(nodes * columns).fill(Number.NEGATIVE_INFINITY);
  const box = (node: number) => {
    const [from, to] = [node * columns, (node + 1) * columns];
    return { lower: lower.subarray(from, to), upper: upper.subarray(from, to) };
  };
  return {
    box,
    widen(node, from, to) {
      const own = box(node);
      widen(X, order, from, to, own.lower, own.upper);
    },
    select: (from, to, middle, column) => quickSelect(order, from, to, middle, X.data, columns, column),
    finish: () => ({ samples: X.takeRows(order), order, lower, upper }),
    close: () => {},
  };
}

function kernelRows(fast: GrowExports, { data, rows, columns }: Matrix, nodes: number): Rows {
  const places = new Places();
  const at = {
    rows: places.take(8 * rows * columns),
    order: places.take(4 * rows),
    lower: places.take(8 * nodes * columns),
    upper: places.take(8 * nodes * columns),
  };
  const loan = borrow(places.bytes);
  const { pointer } = loan;
  const doubles = (place: number, length: number) => new Float64Array(arenaMemory().buffer, pointer + place, length);
  const order = () => new Int32Array(arenaMemory().buffer, pointer + at.order, rows);
  doubles(at.rows, data.length).set(data);
  const positions = order();
  for (let i = 0; i < rows; i++) positions[i] = i;
  doubles(at.lower, nodes * columns).fill(Number.POSITIVE_INFINITY);
  doubles(at.upper, nodes * columns).fill(Number.NEGATIVE_INFINITY);
  return {
    widen(node, from, to) {
      const corner = pointer + 8 * node * columns;
      fast.widen(pointer + at.rows, columns, from, to, corner + at.lower, corner + at.upper);
    },
    select: (...range) => fast.select(pointer + at.rows, pointer + at.order, columns, ...range),
    box: node => ({
      lower: doubles(at.lower + 8 * node * columns, columns),
      upper: doubles(at.upper + 8 * node * columns, columns),
    }),
    finish: () => ({
      samples: new Matrix(doubles(at.rows, data.length).slice(), rows, columns),
      order: order().slice(),
      lower: doubles(at.lower, nodes * columns).slice(),
      upper: doubles(at.upper, nodes * columns).slice(),
    }),
    close: () => giveBack(loan),
  };
}
