import type { Tensor } from '../tensor/index.ts';
import { add, div, sub } from './arithmetic.ts';
import { sqrt, square } from './pointwise.ts';
import { mean } from './reduce.ts';

/** (x - mean) / sqrt(variance + eps) along axes, of recorded operations: how devices normalise. */
export function standardised(x: Tensor, axes: readonly number[], eps: number) {
  const centre = mean(x, axes, { keepdim: true });
  const deviations = sub(x, centre);
  const variance = mean(square(deviations), axes, { keepdim: true });
  return { y: div(deviations, sqrt(add(variance, eps))), mean: centre, variance };
}
