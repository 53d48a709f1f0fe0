import type { Matrix } from '../../array/index.ts';
import { inBlocks } from '../../work/index.ts';
import { nearerOf, rowsPerSum } from './reference.ts';
import type { Seed, Seeds } from './seeds.ts';

export function seedsByLoops(X: Matrix, weights: Float64Array): Seeds {
  const { data, rows, columns } = X;
  const closest = new Float64Array(rows).fill(Number.POSITIVE_INFINITY);
  return {
    closest,
    *take(candidates) {
      let best: (Seed & { readonly after: Float64Array }) | undefined;
      for (const row of candidates) {
        const after = new Float64Array(rows);
        let total = 0;
        const height = rowsPerSum(rows, 1);
        for (let first = 0; first < rows; first += height) {
          let ofBlock = 0;
          yield* inBlocks(Math.min(height, rows - first), columns, (from, to) => {
            const end = first + to;
            ofBlock = nearerOf(data, columns, X.row(row), closest, weights, after, first + from, end, ofBlock);
          });
          total += ofBlock;
        }
        if (best === undefined || total < best.total) best = { row, after, total };
      }
      closest.set(best!.after);
      return { row: best!.row, total: best!.total };
    },
    close: () => {},
  };
}
