import { expect, test } from 'vitest';
import { Matrix } from '../../src/array/index.ts';
import { centreInto, meansInto } from '../../src/kernels/centred-products/reference.ts';
import { centredProductsWork, gram, mirrorUpper, type RowRange } from '../../src/kernels/index.ts';
import { RandomState } from '../../src/random/index.ts';
import { runSync } from '../../src/work/index.ts';

const noise = (rows: number, columns: number, seed: number) =>
  new Matrix(new RandomState(seed).standardNormal(rows * columns), rows, columns);

/** Chunks of 300 rows, whose last is shorter. */
function chunksOf(rows: number, weights: Float64Array | undefined): RowRange[] {
  return Array.from({ length: Math.ceil(rows / 300) }, (_, c) => {
    const [from, to] = [300 * c, Math.min(rows, 300 * c + 300)];
    const own = weights?.subarray(from, to);
    return { from, to, weights: own, weight: own?.reduce((sum, weight) => sum + weight, 0) ?? to - from };
  });
}

/** Widths on and beside the edges of panels (4) and blocks (128), and rows of odd numbers. */
test.each([
  [1, 1, 0],
  [601, 3, 1],
  [602, 127, 1],
  [1203, 128, 0],
  [900, 129, 2],
  [5, 300, 1],
] as const)('centredProducts of %i rows x (%i + %i) columns is its reference to the bit', (rows, columns, targets) => {
  const parts = [noise(rows, columns, 1), noise(rows, targets, 2)].map(part => part.map(value => 1e3 + value));
  parts[0]!.data[0] = -0;
  if (rows === 900) parts[0]!.data[7] = Number.NaN;
  for (const weights of [undefined, new RandomState(3).randomSample(rows).map((w, i) => (i < 300 ? 0 : w))]) {
    for (const center of [true, false]) {
      const chunks = chunksOf(rows, weights);
      let seen = 0;
      const work = centredProductsWork(parts, chunks, center, function* check(chunk, mean, products) {
        const own = byReference(parts, chunk, center);
        const found = new Matrix(products.slice(), mean.length, mean.length);
        mirrorUpper(found);
        expect(mean).toEqual(own.mean);
        expect(found.data).toEqual(own.products.data);
        seen++;
        yield { ops: 0 };
      });
      runSync(work);
      expect(seen).toBe(chunks.length);
    }
  }
});

function byReference(parts: readonly Matrix[], chunk: RowRange, center: boolean) {
  const columns = parts.reduce((sum, part) => sum + part.columns, 0);
  const mean = new Float64Array(columns);
  const rows = Matrix.zeros(chunk.to - chunk.from, columns);
  if (center && chunk.weight > 0) meansInto(parts, chunk, mean);
  centreInto(parts, chunk, mean, rows.data);
  return { mean, products: gram(rows) };
}
