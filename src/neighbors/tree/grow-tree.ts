import type { Matrix } from '../../array/index.ts';
import { inBlocks, type Work } from '../../work/index.ts';
import { quickSelect } from './quick-select.ts';

/**
 * A complete binary tree: the children of node i are 2i + 1 and 2i + 2, and node i holds the rows `starts[i]` to
 * `ends[i]` of the samples in the tree's order.
 */
export interface Layout {
  readonly starts: Int32Array;
  readonly ends: Int32Array;
}

/** A layout, the samples in its order, and where each row was in X. */
export interface Grown {
  readonly layout: Layout;
  readonly samples: Matrix;
  readonly order: Int32Array;
}

/**
 * Halves the samples at the median of the column of widest spread, again and again, until leaves hold between
 * `leafSize` and twice as many. Cost: O(samples × features × log samples).
 *
 * Source: J. L. Bentley, "Multidimensional binary search trees used for associative searching", 1975.
 */
export function* growTree(X: Matrix, leafSize: number): Work<Grown> {
  const nodes = 2 ** countLevels(X.rows, leafSize) - 1;
  const layout = { starts: new Int32Array(nodes), ends: new Int32Array(nodes) };
  const order = Int32Array.from({ length: X.rows }, (_, i) => i);
  layout.ends[0] = X.rows;
  for (let node = 0; 2 * node + 2 < nodes; node++) {
    const [start, end] = [layout.starts[node]!, layout.ends[node]!];
    const middle = start + ((end - start) >> 1);
    const column = yield* widestColumn(X, order, start, end);
    quickSelect(order, start, end, middle, X.data, X.columns, column);
    layout.starts[2 * node + 1] = start;
    layout.ends[2 * node + 1] = middle;
    layout.starts[2 * node + 2] = middle;
    layout.ends[2 * node + 2] = end;
  }
  return { layout, samples: X.takeRows(order), order };
}

function countLevels(rows: number, leafSize: number): number {
  let levels = 1;
  while ((rows - 1) / leafSize >= 2 ** levels) levels++;
  return levels;
}

function* widestColumn({ data, columns }: Matrix, order: Int32Array, start: number, end: number): Work<number> {
  const lower = new Float64Array(columns).fill(Number.POSITIVE_INFINITY);
  const upper = new Float64Array(columns).fill(Number.NEGATIVE_INFINITY);
  yield* inBlocks(end - start, columns, (from, to) => {
    for (let i = start + from; i < start + to; i++) {
      const at = order[i]! * columns;
      for (let k = 0; k < columns; k++) {
        const value = data[at + k]!;
        if (value < lower[k]!) lower[k] = value;
        if (value > upper[k]!) upper[k] = value;
      }
    }
  });
  let widest = 0;
  for (let k = 1; k < columns; k++) if (upper[k]! - lower[k]! > upper[widest]! - lower[widest]!) widest = k;
  return widest;
}
