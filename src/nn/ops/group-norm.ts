import { refuse, type Tensor } from '../tensor/index.ts';
import { add, mul } from './arithmetic.ts';
import { type AffineOptions, groupLayout, momentsOf, normalise } from './normalise.ts';
import { reshape } from './reshape.ts';
import { standardised } from './standardise.ts';

/**
 * Normalises each sample over groups of neighbouring channels (Y. Wu and K. He, 2018); weight and bias have shape (C,).
 *
 * @param x shape (N, C, ...)
 * @throws InvalidInputError if the groups do not divide the channels
 */
export function groupNorm(x: Tensor, groups: number, options: AffineOptions = {}): Tensor {
  const { weight = null, bias = null, eps = 1e-5 } = options;
  if (x.ndim < 2 || !Number.isInteger(x.shape[1]! / groups)) {
    refuse('normalise groups', `the ${groups} groups must divide the channels`, x.shape);
  }
  if (x.device !== null) return groupNormOn(x, groups, options);
  const layout = groupLayout(x.shape, groups);
  return normalise('groupNorm', x, layout, momentsOf(x.data, layout), weight, bias, eps);
}

/** {@link groupNorm} on a device, of recorded operations. */
function groupNormOn(x: Tensor, groups: number, { weight, bias, eps = 1e-5 }: AffineOptions): Tensor {
  const y = reshape(standardised(reshape(x, [x.shape[0]!, groups, -1]), [2], eps).y, x.shape);
  const perChannel = (values: Tensor) => reshape(values, [values.size, ...x.shape.slice(2).map(() => 1)]);
  const scaled = weight ? mul(y, perChannel(weight)) : y;
  return bias ? add(scaled, perChannel(bias)) : scaled;
}
