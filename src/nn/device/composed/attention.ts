import type { Columns } from '../../ops/attention-heads.ts';
import { matmul, mul, narrow, permute, reshape, transpose } from '../../ops/index.ts';
import type { Tensor } from '../../tensor/index.ts';

export function headScores(query: Columns, key: Columns, heads: number): Tensor {
  const scaled = mul(headsOf(query, heads), 1 / Math.sqrt(query.width / heads));
  return matmul(scaled, transpose(headsOf(key, heads)));
}

export function headMixture(weights: Tensor, value: Columns): Tensor {
  const [batch, heads, length] = weights.shape as [number, number, number];
  const mixed = matmul(weights, headsOf(value, heads));
  return reshape(permute(mixed, [0, 2, 1, 3]), [batch, length, value.width]);
}

/** Columns by head, shape (B, heads, L, D): moved, which is cheap there beside a call for each head. */
function headsOf({ of, at, width }: Columns, heads: number): Tensor {
  const [batch, length, whole] = of.shape as [number, number, number];
  const columns = width === whole ? of : narrow(of, 2, at, width);
  return permute(reshape(columns, [batch, length, heads, width / heads]), [0, 2, 1, 3]);
}
