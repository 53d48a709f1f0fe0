import { normaliseRowsBackInto, normaliseRowsInto } from '../../kernels/index.ts';
import { isSameShape, record, refuse, type Shape, sizeOf, Tensor } from '../tensor/index.ts';
import type { AffineOptions } from './normalise.ts';

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
  if (x.device !== null) return x.device.composed.layerNorm(x, normalizedShape.length, options);
  const width = sizeOf(normalizedShape);
  const rows = width === 0 ? 0 : x.size / width;
  const moments = { means: new Float64Array(rows), scales: new Float64Array(rows) };
  const out = new Float32Array(x.size);
  const factors = { weight: doubles(weight, width, 1), bias: doubles(bias, width, 0) };
  normaliseRowsInto(x.data, factors, eps, moments, out);
  const inputs = [x, ...(weight === null ? [] : [weight]), ...(bias === null ? [] : [bias])];
  const [hasWeight, hasBias] = [weight !== null, bias !== null];
  return record('layerNorm', x.like(out), inputs, weight === null ? [x] : [x, weight], (grad, [x, weight]) => {
    const sums = { weight: new Float64Array(width), bias: new Float64Array(width) };
    const back = new Float32Array(grad.size);
    normaliseRowsBackInto(grad.data, x!.data, doubles(weight ?? null, width, 1), moments, back, sums);
    const perValue = (values: Float64Array) => new Tensor(new Float32Array(values), normalizedShape);
    return [grad.like(back), ...(hasWeight ? [perValue(sums.weight)] : []), ...(hasBias ? [perValue(sums.bias)] : [])];
  });
}

function doubles(values: Tensor | null, length: number, otherwise: number): Float64Array {
  return values === null ? new Float64Array(length).fill(otherwise) : new Float64Array(values.data);
}
