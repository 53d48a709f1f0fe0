import { MAX_OPS, type Work } from '../../work/index.ts';
import { columnsOf, DEPTH, type Floats, type Product, rowsOf, stepsOf } from './product.ts';

/**
 * Has `body` compute a product part by part, with a checkpoint after each. Parts are long in the direction in which
 * A's elements are neighbours.
 */
export function* inParts<T extends Floats>(product: Product<T>, body: (part: Product<T>) => void): Work<void> {
  const { m, n, k, a } = product;
  const width = Math.min(n, MAX_OPS / DEPTH);
  const least = Math.floor(MAX_OPS / DEPTH / Math.max(1, width));
  const height = Math.max(1, a.column === 1 ? Math.floor(MAX_OPS / Math.max(1, width * k)) : Math.min(m, least));
  const deep = DEPTH * Math.max(1, Math.floor(MAX_OPS / DEPTH / Math.max(1, width * height)));
  for (let i = 0; i < m; i += height) {
    const rows = rowsOf(product, i, Math.min(m, i + height));
    for (let j = 0; j < n; j += width) {
      const block = columnsOf(rows, j, Math.min(n, j + width));
      // Without steps there is still a zero to be written.
      for (let s = 0; s === 0 || s < k; s += deep) {
        const part = stepsOf(block, s, Math.min(k, s + deep));
        body(part);
        yield { ops: part.m * part.n * part.k };
      }
    }
  }
}
