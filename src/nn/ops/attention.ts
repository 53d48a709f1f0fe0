import type { RandomState } from '../../random/index.ts';
import type { Tensor } from '../tensor/index.ts';
import { add, mul } from './arithmetic.ts';
import { dropout } from './dropout.ts';
import { matmul } from './matmul.ts';
import { transpose } from './reshape.ts';
import { softmax } from './softmax.ts';

export interface AttentionOptions {
  /** Added to the scores before softmax; -Infinity hides a key. Broadcasts to (..., L, S). Default: none. */
  readonly mask?: Tensor | null;
  /** Probability with which a weight is dropped. Default 0. */
  readonly dropout?: { readonly p: number; readonly random: RandomState } | null;
}

/** Values mixed by how much queries agree with keys, and the weights of the mixture. */
export interface Attention {
  /** Shape (..., L, E'). */
  readonly output: Tensor;
  /** Shape (..., L, S), summing to 1 over S. */
  readonly weights: Tensor;
}

/**
 * softmax(Q K' / sqrt(E) + mask) V (A. Vaswani et al., 2017, section 3.2.1).
 *
 * @param query shape (..., L, E)
 * @param key shape (..., S, E)
 * @param value shape (..., S, E')
 */
export function attend(query: Tensor, key: Tensor, value: Tensor, options: AttentionOptions = {}): Attention {
  const { mask = null, dropout: drop = null } = options;
  const scaled = mul(query, 1 / Math.sqrt(query.shape.at(-1)!));
  const scores = matmul(scaled, transpose(key));
  const weights = softmax(mask === null ? scores : add(scores, mask), -1);
  const kept = drop === null ? weights : dropout(weights, drop.p, drop.random);
  return { output: matmul(kept, value), weights: kept };
}
