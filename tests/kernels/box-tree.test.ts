import { expect, test } from 'vitest';
import { Matrix } from '../../src/array/index.ts';
import { grow } from '../../src/kernels/box-tree/grow.ts';
import { nearest } from '../../src/kernels/box-tree/reference.ts';
import { type BoxTree, canSearchBoxTree, growBoxTree, searchBoxTree } from '../../src/kernels/index.ts';
import { RandomState } from '../../src/random/index.ts';
import { runSync } from '../../src/work/index.ts';

/** Rows, columns and levels. */
const SHAPES = [
  ...[1, 2, 3, 4, 5, 9, 64].flatMap(rows => [1, 2, 3, 4, 7].map(columns => [rows, columns, 1])),
  ...[[2, 1, 2], [5, 3, 2], [40, 3, 4], [257, 1, 5], [500, 2, 6], [1000, 5, 7], [300, 15, 4]], // biome-ignore format: a list
] as [number, number, number][];

const noise = (rows: number, columns: number, seed: number) =>
  new Matrix(new RandomState(seed).standardNormal(rows * columns), rows, columns);

/** Values that repeat, so that keys and distances tie. */
const grid = (rows: number, columns: number, seed: number) =>
  new Matrix(Float64Array.from(new RandomState(seed).randint(-2, 3, rows * columns)), rows, columns);

/** The positions in X that each node holds, which the order inside of leaves does not change. */
function nodesOf({ layout, order }: BoxTree): number[][] {
  return Array.from(layout.starts, (start, node) =>
    Array.from(order.subarray(start, layout.ends[node])).sort((a, b) => a - b),
  );
}

test.each(SHAPES)('growBoxTree, %i x %i, %i levels: the kernel halves like its reference', (rows, columns, levels) => {
  for (const X of [noise(rows, columns, 1), grid(rows, columns, 2)]) {
    const [fast, plain] = [runSync(growBoxTree(X, levels)), runSync(grow(X, levels, undefined))];
    expect(nodesOf(fast)).toEqual(nodesOf(plain));
    expect({ layout: fast.layout, lower: fast.lower, upper: fast.upper }).toEqual({
      layout: plain.layout,
      lower: plain.lower,
      upper: plain.upper,
    });
    expect(fast.samples).toEqual(X.takeRows(fast.order));
  }
});

test('growBoxTree: boxes are as small as their samples allow', () => {
  const { layout, lower, upper } = runSync(growBoxTree(Matrix.fromRows([[4], [1], [3], [2]]), 2));
  expect(Array.from(layout.ends)).toEqual([4, 2, 4]);
  expect(Array.from(lower)).toEqual([1, 1, 3]);
  expect(Array.from(upper)).toEqual([4, 2, 4]);
});

test.each(SHAPES)(
  'searchBoxTree, %i x %i, %i levels: it finds what comparing all pairs finds',
  (rows, columns, levels) => {
    expect(canSearchBoxTree(noise(rows, columns, 1), 3)).toBe(true);
    for (const [X, queries] of [
      [noise(rows, columns, 3), noise(70, columns, 4)],
      [grid(rows, columns, 5), grid(70, columns, 6)],
    ] as const) {
      const tree = runSync(growBoxTree(X, levels));
      for (const k of [1, 2, 5, 64].filter(k => k < rows)) {
        const without = Int32Array.from({ length: queries.rows }, (_, q) => (q % 3 === 0 ? q % rows : -1));
        for (const left of [undefined, without]) {
          const { distances, indices } = runSync(searchBoxTree(tree, queries, k, left));
          const expected = Array.from({ length: queries.rows }, (_, q) =>
            nearest(X, queries.row(q), k, left?.[q] ?? -1),
          );
          expect(Array.from(indices)).toEqual(expected.flat().map(({ index }) => index));
          expect(Array.from(distances)).toEqual(expected.flat().map(({ distance }) => distance));
        }
      }
    }
  },
);
