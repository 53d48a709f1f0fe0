import { CsrMatrix } from '../array/index.ts';
import { InvalidParamError, show } from '../errors/index.ts';
import type { KNeighborsOptions, Neighbors } from './neighbor-index.ts';

export interface KNeighborsGraphOptions extends KNeighborsOptions {
  /** Stored values: 1 for each neighbor, or its distance. @default 'connectivity' */
  readonly mode?: 'connectivity' | 'distance' | undefined;
}

/** The neighbors as a sparse matrix, queries × samples of `fit`; a neighbor at distance 0 is stored too. */
export function graphOf(
  { indices, distances }: Neighbors,
  columns: number,
  mode: KNeighborsGraphOptions['mode'] = 'connectivity',
): CsrMatrix {
  if (mode !== 'connectivity' && mode !== 'distance') {
    throw new InvalidParamError({
      action: 'make a graph of neighbors',
      rule: "mode must be 'connectivity' or 'distance'",
      received: show(mode),
    });
  }
  const { rows, columns: k } = distances;
  const data = new Float64Array(rows * k).fill(1);
  const positions = new Int32Array(rows * k);
  indices.forEach((list, row) => {
    const ascending = Int32Array.from(list.keys()).sort((a, b) => list[a]! - list[b]!);
    ascending.forEach((rank, at) => {
      positions[row * k + at] = list[rank]!;
      if (mode === 'distance') data[row * k + at] = distances.get(row, rank);
    });
  });
  const indptr = Int32Array.from({ length: rows + 1 }, (_, row) => row * k);
  return new CsrMatrix(data, positions, indptr, rows, columns);
}
