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
  const width = sizeOf(normalizedShape);
  const rows = width === 0 ? 0 : x.size / width;
  const [means, scales] = [new Float64Array(rows), new Float64Array(rows)];
  const out = new Float32Array(x.size);
  for (let row = 0, at = 0; row < rows; row++, at += width) {
    means[row] = meanOf(x.data, at, width);
    scales[row] = 1 / Math.sqrt(varianceOf(x.data, at, width, means[row]!) + eps);
    writeRow(x.data, at, width, means[row]!, scales[row]!, weight?.data, bias?.data, out);
  }
  const inputs = [x, ...(weight === null ? [] : [weight]), ...(bias === null ? [] : [bias])];
  const [hasWeight, hasBias] = [weight !== null, bias !== null];
  return record('layerNorm', x.like(out), inputs, weight === null ? [x] : [x, weight], (grad, [x, weight]) => {
    const [ofWeight, ofBias] = [new Float64Array(width), new Float64Array(width)];
    const back = new Float32Array(grad.size);
    for (let row = 0, at = 0; row < rows; row++, at += width) {
      backRow(grad.data, x!.data, at, width, means[row]!, scales[row]!, weight?.data, back, ofWeight, ofBias);
    }
    const perValue = (values: Float64Array) => new Tensor(Float32Array.from(values), normalizedShape);
    return [grad.like(back), ...(hasWeight ? [perValue(ofWeight)] : []), ...(hasBias ? [perValue(ofBias)] : [])];
  });
}

function meanOf(data: Float32Array, at: number, width: number): number {
  let total = 0;
  for (let i = at; i < at + width; i++) total += data[i]!;
  return total / width;
}

function varianceOf(data: Float32Array, at: number, width: number, mean: number): number {
  let total = 0;
  for (let i = at; i < at + width; i++) {
    const deviation = data[i]! - mean;
    total += deviation * deviation;
  }
  return total / width;
}

function writeRow(
  data: Float32Array,
  at: number,
  width: number,
  mean: number,
  scale: number,
  weight: Float32Array | undefined,
  bias: Float32Array | undefined,
  out: Float32Array,
): void {
  for (let i = 0; i < width; i++) out[at + i] = (data[at + i]! - mean) * scale;
  if (weight !== undefined) for (let i = 0; i < width; i++) out[at + i]! *= weight[i]!;
  if (bias !== undefined) for (let i = 0; i < width; i++) out[at + i]! += bias[i]!;
}

/** One row of the gradients that `normalise.ts` derives; those of weight and bias add up over the rows. */
function backRow(
  grad: Float32Array,
  data: Float32Array,
  at: number,
  width: number,
  mean: number,
  scale: number,
  weight: Float32Array | undefined,
  back: Float32Array,
  ofWeight: Float64Array,
  ofBias: Float64Array,
): void {
  let [first, second] = [0, 0];
  for (let i = 0; i < width; i++) {
    const g = grad[at + i]!;
    const y = (data[at + i]! - mean) * scale;
    ofBias[i]! += g;
    ofWeight[i]! += g * y;
    const weighted = weight === undefined ? g : g * weight[i]!;
    first += weighted;
    second += weighted * y;
  }
  const [shift, slope] = [first / width, second / width];
  for (let i = 0; i < width; i++) {
    const y = (data[at + i]! - mean) * scale;
    const weighted = weight === undefined ? grad[at + i]! : grad[at + i]! * weight[i]!;
    back[at + i] = scale * (weighted - shift - y * slope);
  }
}
