import type { Matrix } from '../../array/index.ts';
import { inBlocks, type Work } from '../../work/index.ts';
import { EUCLIDEAN, type Metric } from '../metric.ts';
import type { Layout } from './grow-tree.ts';
import type { LowerBound } from './search-tree.ts';

/** The smallest box around the samples of each node, nodes × features: the bounds of a k-d tree. */
export interface Boxes {
  readonly kind: 'boxes';
  readonly lower: Float64Array;
  readonly upper: Float64Array;
}

/** Boxes of the leaves from their samples, of all other nodes from those of their children. */
export function* boxesOf({ data, columns }: Matrix, { starts, ends }: Layout): Work<Boxes> {
  const lower = new Float64Array(starts.length * columns).fill(Number.POSITIVE_INFINITY);
  const upper = new Float64Array(starts.length * columns).fill(Number.NEGATIVE_INFINITY);
  const inner = starts.length >> 1;
  for (let node = starts.length - 1; node >= inner; node--) {
    const start = starts[node]!;
    yield* inBlocks(ends[node]! - start, columns, (from, to) => {
      widen(lower, upper, node * columns, data, data, (start + from) * columns, (start + to) * columns, columns);
    });
  }
  for (let node = inner - 1; node >= 0; node--) {
    const children = (2 * node + 1) * columns;
    widen(lower, upper, node * columns, lower, upper, children, children + 2 * columns, columns);
  }
  yield { ops: 2 * lower.length };
  return { kind: 'boxes', lower, upper };
}

/** Widens the box whose corner is at `corner` by rows of least and greatest values, from `from` to `to`. */
function widen(
  lower: Float64Array,
  upper: Float64Array,
  corner: number,
  least: Float64Array,
  greatest: Float64Array,
  from: number,
  to: number,
  columns: number,
): void {
  for (let at = from; at < to; ) {
    for (let k = 0; k < columns; k++, at++) {
      if (least[at]! < lower[corner + k]!) lower[corner + k] = least[at]!;
      if (greatest[at]! > upper[corner + k]!) upper[corner + k] = greatest[at]!;
    }
  }
}

/** The distance of a query from the nearest point of a node's box. */
export function boxBound(boxes: Boxes, metric: Metric, columns: number): LowerBound {
  if (metric === EUCLIDEAN) return squaredBoxBound(boxes, columns);
  const { lower, upper } = boxes;
  const { range } = metric;
  const nearest = new Float64Array(columns);
  const out = new Float64Array(1);
  return (query, node) => {
    const start = query.row * columns;
    const corner = node * columns;
    for (let k = 0; k < columns; k++) {
      nearest[k] = Math.min(Math.max(query.data[start + k]!, lower[corner + k]!), upper[corner + k]!);
    }
    range(query, nearest, columns, 0, 1, out);
    return out[0]!;
  };
}

/** The same for squared Euclidean distances, to the bit: columns in which the query lies inside the box add nothing. */
function squaredBoxBound({ lower, upper }: Boxes, columns: number): LowerBound {
  return ({ data, row }, node) => {
    let total = 0;
    for (let k = 0, at = row * columns, corner = node * columns; k < columns; k++, at++, corner++) {
      const value = data[at]!;
      const low = lower[corner]!;
      const high = upper[corner]!;
      const difference = value < low ? value - low : value > high ? value - high : 0;
      total += difference * difference;
    }
    return total;
  };
}
