import { EUCLIDEAN, type Metric } from '../metric.ts';
import type { LowerBound } from './search-tree.ts';

/** The smallest box around the samples of each node, nodes × features: the bounds of a k-d tree. */
export interface Boxes {
  readonly kind: 'boxes';
  readonly lower: Float64Array;
  readonly upper: Float64Array;
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
