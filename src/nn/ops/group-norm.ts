import { refuse, type Tensor } from '../tensor/index.ts';
import { type AffineOptions, checkPerChannel, groupLayout, momentsOf, normalise } from './normalise.ts';

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
  checkPerChannel('normalise groups', x, weight, bias);
  if (x.device !== null) return x.device.composed.groupNorm(x, groups, options);
  const layout = groupLayout(x.shape, groups);
  return normalise('groupNorm', x, layout, momentsOf(x.data, layout), weight, bias, eps);
}
