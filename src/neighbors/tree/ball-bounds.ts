import type { Matrix } from '../../array/index.ts';
import { inBlocks, type Work } from '../../work/index.ts';
import type { Metric } from '../metric.ts';
import type { Layout } from './grow-tree.ts';
import { type LowerBound, ROUNDING } from './search-tree.ts';

/** A ball around the samples of each node: the bounds of a ball tree. */
export interface Balls {
  readonly kind: 'balls';
  /** Means of the samples, nodes × features. */
  readonly centers: Float64Array;
  readonly radii: Float64Array;
}

/** Source: S. M. Omohundro, "Five balltree construction algorithms", 1989; top-down, by medians. */
export function* ballsOf({ data, columns }: Matrix, { starts, ends }: Layout, metric: Metric): Work<Balls> {
  const centers = new Float64Array(starts.length * columns);
  const radii = new Float64Array(starts.length);
  const out = new Float64Array(1);
  for (let node = 0; node < starts.length; node++) {
    const [start, count] = [starts[node]!, ends[node]! - starts[node]!];
    yield* inBlocks(count, columns, (from, to) => {
      for (let i = start + from, at = i * columns; i < start + to; i++) {
        for (let k = 0; k < columns; k++, at++) centers[node * columns + k]! += data[at]! / count;
      }
    });
    yield* inBlocks(count, columns, (from, to) => {
      for (let row = start + from; row < start + to; row++) {
        metric.range({ data, row }, centers, columns, node, node + 1, out);
        radii[node] = Math.max(radii[node]!, metric.fromReduced(out[0]!));
      }
    });
  }
  return { kind: 'balls', centers, radii };
}

/** By the triangle inequality no sample is nearer than the center less the radius. */
export function ballBound({ centers, radii }: Balls, metric: Metric, columns: number): LowerBound {
  const out = new Float64Array(1);
  return (query, node) => {
    metric.range(query, centers, columns, node, node + 1, out);
    const distance = metric.fromReduced(out[0]!);
    const radius = radii[node]!;
    const slack = ROUNDING * (distance + radius) + metric.rounding;
    return metric.toReduced(Math.max(0, distance - radius - slack));
  };
}
