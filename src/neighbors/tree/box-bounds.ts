import type { Matrix } from '../../array/index.ts';
import { inBlocks, type Work } from '../../work/index.ts';
import type { Metric } from '../metric.ts';
import type { Layout } from './grow-tree.ts';
import type { LowerBound } from './search-tree.ts';

/** The smallest box around the samples of each node, nodes × features: the bounds of a k-d tree. */
export interface Boxes {
  readonly kind: 'boxes';
  readonly lower: Float64Array;
  readonly upper: Float64Array;
}

export function* boxesOf({ data, columns }: Matrix, { starts, ends }: Layout): Work<Boxes> {
  const lower = new Float64Array(starts.length * columns).fill(Number.POSITIVE_INFINITY);
  const upper = new Float64Array(starts.length * columns).fill(Number.NEGATIVE_INFINITY);
  for (let node = 0; node < starts.length; node++) {
    const [start, corner] = [starts[node]!, node * columns];
    yield* inBlocks(ends[node]! - start, columns, (from, to) => {
      for (let i = start + from, at = i * columns; i < start + to; i++) {
        for (let k = 0; k < columns; k++, at++) {
          lower[corner + k] = Math.min(lower[corner + k]!, data[at]!);
          upper[corner + k] = Math.max(upper[corner + k]!, data[at]!);
        }
      }
    });
  }
  return { kind: 'boxes', lower, upper };
}

/** The distance of a query from the nearest point of a node's box. */
export function boxBound({ lower, upper }: Boxes, { range }: Metric, columns: number): LowerBound {
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
