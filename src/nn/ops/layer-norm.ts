import { isSameShape, refuse, type Shape, sizeOf, type Tensor } from '../tensor/index.ts';
import { groupLayout, momentsOf, normalise } from './normalise.ts';
import { reshape } from './reshape.ts';

export interface AffineOptions {
  /** Default: ones. */
  readonly weight?: Tensor | null;
  /** Default: zeros. */
  readonly bias?: Tensor | null;
  /** Added to the variance. Default 1e-5. */
  readonly eps?: number;
}

/**
 * Normalises each sample over its last axes (J. L. Ba, J. R. Kiros and G. E. Hinton, 2016); weight and bias have the
 * shape of those axes.
 *
 * @param x shape (..., *normalizedShape)
 * @throws InvalidInputError if x does not end with those axes
 *
 * @example
 * import { layerNorm, tensor } from 'fitwise/nn';
 * layerNorm(tensor([[0, 2]]), [2], { eps: 0 }).toArray(); // [[-1, 1]]
 */
export function layerNorm(x: Tensor, normalizedShape: Shape, options: AffineOptions = {}): Tensor {
  const { weight = null, bias = null, eps = 1e-5 } = options;
  if (!isSameShape(x.shape.slice(x.ndim - normalizedShape.length), normalizedShape)) {
    refuse('normalise layers', `x must end with the axes [${normalizedShape.join(', ')}]`, x.shape);
  }
  const width = sizeOf(normalizedShape);
  const flat = reshape(x, [width === 0 ? 0 : x.size / width, width]);
  const layout = groupLayout(flat.shape, 1);
  const line = (t: Tensor | null) => (t === null ? null : reshape(t, [width]));
  return reshape(
    normalise('layerNorm', flat, layout, momentsOf(flat.data, layout), line(weight), line(bias), eps),
    x.shape,
  );
}

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
  const layout = groupLayout(x.shape, groups);
  return normalise('groupNorm', x, layout, momentsOf(x.data, layout), weight, bias, eps);
}
