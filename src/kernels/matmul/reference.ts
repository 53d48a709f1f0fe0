import { DEPTH, type Product } from './product.ts';

/**
 * The product by its definition: each element of C is a sum of block sums of {@link DEPTH} steps, within a block and
 * over blocks in order of k.
 *
 * @param round Rounds each product and each sum to the precision of the operands.
 */
export function multiplyPlainly({ m, n, k, a, b, c, isAdded }: Product, round: (value: number) => number): void {
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) {
      const to = c.start + i * c.row + j;
      let total = isAdded ? c.data[to]! : 0;
      for (let first = 0; first < k; first += DEPTH) {
        const end = Math.min(k, first + DEPTH);
        let x = a.start + i * a.row + first * a.column;
        let y = b.start + j * b.column + first * b.row;
        let sum = 0;
        for (let step = first; step < end; step++, x += a.column, y += b.row) {
          sum = round(sum + round(a.data[x]! * b.data[y]!));
        }
        total = isAdded || first > 0 ? round(total + sum) : sum;
      }
      c.data[to] = total;
    }
  }
}
