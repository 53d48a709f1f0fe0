import { exp, mul, sub, sum } from '../ops/index.ts';
import { pointwise } from '../ops/pointwise.ts';
import type { Tensor } from '../tensor/index.ts';
import { type Reduction, reduce } from './reduction.ts';
import { checkTarget } from './target-shape.ts';

export interface KlDivOptions {
  /** Default `'mean'`, over all values; `'batchmean'` divides the sum by the first axis, as the definition does. */
  readonly reduction?: Reduction | 'batchmean';
  /** Whether the target holds logarithms too. Default false. */
  readonly logTarget?: boolean;
}

/**
 * The Kullback-Leibler divergence of the target: y (log y - x) (S. Kullback and R. A. Leibler, 1951).
 *
 * @param input logarithms of probabilities, any shape
 * @param target probabilities, or their logarithms; the same shape
 */
export function klDiv(
  input: Tensor,
  target: Tensor,
  { reduction = 'mean', logTarget = false }: KlDivOptions = {},
): Tensor {
  checkTarget('compute the Kullback-Leibler divergence', input, target);
  const losses = logTarget ? mul(exp(target), sub(target, input)) : sub(timesLog(target), mul(target, input));
  return reduction === 'batchmean' ? mul(sum(losses), 1 / (input.shape[0] ?? 1)) : reduce(losses, { reduction });
}

/** y log y, which is 0 at 0. */
function timesLog(y: Tensor): Tensor {
  return pointwise(
    'timesLog',
    y,
    y => (y === 0 ? 0 : y * Math.log(y)),
    y => Math.log(y) + 1,
  );
}
