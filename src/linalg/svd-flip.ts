import type { Matrix } from '../array/index.ts';
import type { Svd } from './svd.ts';

/**
 * Gives singular vectors the sign that makes the entry of largest size (the first of them) positive: in each column of
 * U (`basis: 'u'`), or in each row of V' (`basis: 'v'`). Changes both in place and returns them.
 */
export function svdFlip(svd: Svd, { basis }: { readonly basis: 'u' | 'v' }): Svd {
  const { U, Vt } = svd;
  for (let k = 0; k < Vt.rows; k++) {
    const sign = Math.sign(
      basis === 'u' ? largest(U, k, U.columns, U.rows) : largest(Vt, k * Vt.columns, 1, Vt.columns),
    );
    for (let i = 0; i < U.rows; i++) U.data[i * U.columns + k]! *= sign;
    for (let j = 0; j < Vt.columns; j++) Vt.data[k * Vt.columns + j]! *= sign;
  }
  return svd;
}

/** The entry of largest size among `count` entries, `stride` apart; the first of equals. */
function largest({ data }: Matrix, start: number, stride: number, count: number): number {
  let best = data[start]!;
  for (let i = 1, at = start + stride; i < count; i++, at += stride) {
    if (Math.abs(data[at]!) > Math.abs(best)) best = data[at]!;
  }
  return best;
}
