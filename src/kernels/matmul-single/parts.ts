import { DEPTH, type SingleOperand, type SingleProduct } from './reference.ts';

/**
 * The product as two, cut through its longest side and done one after the other. Steps are cut between their blocks,
 * so that no sum changes.
 */
export function halves(product: SingleProduct): [SingleProduct, SingleProduct] {
  const { m, n, k } = product;
  if (m >= n && m >= k) return [rowsOf(product, 0, m >> 1), rowsOf(product, m >> 1, m)];
  if (n >= k) return [columnsOf(product, 0, n >> 1), columnsOf(product, n >> 1, n)];
  const middle = DEPTH * Math.ceil(k / (2 * DEPTH));
  return [stepsOf(product, 0, middle), { ...stepsOf(product, middle, k), isAdded: true }];
}

/** Rows `from .. to - 1` of C. */
export function rowsOf(product: SingleProduct, from: number, to: number): SingleProduct {
  return { ...product, m: to - from, a: shifted(product.a, from, 0), c: shifted(product.c, from, 0) };
}

function columnsOf(product: SingleProduct, from: number, to: number): SingleProduct {
  return { ...product, n: to - from, b: shifted(product.b, 0, from), c: shifted(product.c, 0, from) };
}

function stepsOf(product: SingleProduct, from: number, to: number): SingleProduct {
  return { ...product, k: to - from, a: shifted(product.a, 0, from), b: shifted(product.b, from, 0) };
}

function shifted(operand: SingleOperand, rows: number, columns: number): SingleOperand {
  return { ...operand, start: operand.start + rows * operand.row + columns * operand.column };
}
