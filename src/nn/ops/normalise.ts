/**
 * Normalisation: the values of each set are brought to mean 0 and variance 1, then scaled and shifted by channel.
 * What a set is, is the only difference between batch, group and instance norm. (Layer norm scales by value, not by
 * channel: it has loops of its own.)
 */
import {
  combineLinesInto,
  scaleLinesInto,
  sumGradientsInto,
  sumLinesInto,
  sumSquaresInto,
} from '../../kernels/index.ts';
import { record, refuse, type Shape, sizeOf, Tensor } from '../tensor/index.ts';

export interface AffineOptions {
  /** Default: ones. */
  readonly weight?: Tensor | null;
  /** Default: zeros. */
  readonly bias?: Tensor | null;
  /** Added to the variance. Default 1e-5. */
  readonly eps?: number;
}

/** @throws InvalidInputError unless there is one value for each channel of x, shape (N, C, ...) */
export function checkPerChannel(action: string, { shape }: Tensor, ...values: readonly (Tensor | null)[]): void {
  const odd = values.find(value => value !== null && (value.ndim !== 1 || value.size !== shape[1]));
  if (odd) refuse(action, `x must have the ${odd.size} channels of the layer in its axis 1`, shape, odd.shape);
}

/** Values as `outer` times `channels` lines of `inner` values; line (i, c) belongs to set `setOf(i, c)`. */
export interface Layout {
  readonly outer: number;
  readonly channels: number;
  readonly inner: number;
  readonly sets: number;
  readonly setOf: (i: number, c: number) => number;
}

/** Of each set. */
export interface Moments {
  readonly means: Float64Array;
  readonly variances: Float64Array;
}

/** Mean and variance (of the values, without correction) of each set. */
export function momentsOf(data: Float32Array, layout: Layout): Moments {
  const count = countOf(layout);
  const sums = perLine(layout, () => 0);
  sumLinesInto(data, layout.inner, sums);
  const means = perSet(sums, layout).map(total => total / count);
  sumSquaresInto(
    data,
    layout.inner,
    perLine(layout, set => means[set]!),
    sums,
  );
  return { means, variances: perSet(sums, layout).map(total => total / count) };
}

/**
 * (x - mean) / sqrt(variance + eps) over each set, times weight plus bias by channel.
 *
 * @param weight shape (channels,), or null for ones
 * @param bias shape (channels,), or null for zeros
 */
export function normalise(
  name: string,
  x: Tensor,
  layout: Layout,
  { means, variances }: Moments,
  weight: Tensor | null,
  bias: Tensor | null,
  eps: number,
): Tensor {
  const scales = variances.map(variance => 1 / Math.sqrt(variance + eps));
  const out = new Float32Array(x.size);
  const factors = perLine(layout, (set, c) => scales[set]! * (weight === null ? 1 : weight.data[c]!));
  const shifts = perLine(layout, (set, c, line) => (bias === null ? 0 : bias.data[c]!) - means[set]! * factors[line]!);
  scaleLinesInto(x.data, layout.inner, factors, shifts, out);
  const inputs = [x, ...(weight === null ? [] : [weight]), ...(bias === null ? [] : [bias])];
  const saves = weight === null ? [x] : [x, weight];
  const hasWeight = weight !== null;
  const hasBias = bias !== null;
  return record(name, x.like(out), inputs, saves, (grad, [x, weight]) => {
    const parts = gradients(grad.data, x!, layout, means, scales, hasWeight ? weight!.data : null);
    return [parts.x, ...(hasWeight ? [parts.weight] : []), ...(hasBias ? [parts.bias] : [])];
  });
}

/**
 * With y = (x - mean) scale, g the gradient of the result and w the weight of a channel, over each set of m values:
 * dx = scale (g w - mean(g w) - y mean(g w y)); over each channel: dw = sum(g y), db = sum(g).
 */
function gradients(
  grad: Float32Array,
  x: Tensor,
  layout: Layout,
  means: Float64Array,
  scales: Float64Array,
  weight: Float32Array | null,
) {
  const plain = perLine(layout, () => 0);
  const products = perLine(layout, () => 0);
  const lineMeans = perLine(layout, set => means[set]!);
  sumGradientsInto(grad, x.data, layout.inner, lineMeans, plain, products);
  forEachLine(layout, (line, set) => {
    products[line]! *= scales[set]!;
  });
  const weighted = (sums: Float64Array) =>
    perSet(weight === null ? sums : perLine(layout, (_, c, line) => weight[c]! * sums[line]!), layout);
  const [first, second, count] = [weighted(plain), weighted(products), countOf(layout)];
  const factors = perLine(layout, (set, c) => scales[set]! * (weight === null ? 1 : weight[c]!));
  const slopes = perLine(layout, set => (scales[set]! * scales[set]! * second[set]!) / count);
  const shifts = perLine(layout, (set, _, line) => (scales[set]! * first[set]!) / count - slopes[line]! * means[set]!);
  const back = new Float32Array(grad.length);
  combineLinesInto(grad, x.data, layout.inner, factors, slopes, shifts, back);
  return { x: x.like(back), weight: perChannel(products, layout), bias: perChannel(plain, layout) };
}

/** A number for each line, of its set and channel. */
function perLine(layout: Layout, value: (set: number, channel: number, line: number) => number): Float64Array {
  const values = new Float64Array(layout.outer * layout.channels);
  forEachLine(layout, (line, set, c) => {
    values[line] = value(set, c, line);
  });
  return values;
}

/** The lines' numbers added up by set. */
function perSet(values: Float64Array, layout: Layout): Float64Array {
  const totals = new Float64Array(layout.sets);
  forEachLine(layout, (line, set) => {
    totals[set]! += values[line]!;
  });
  return totals;
}

/** The lines' numbers added up by channel. */
function perChannel(values: Float64Array, layout: Layout): Tensor {
  const totals = new Float64Array(layout.channels);
  forEachLine(layout, (line, _, c) => {
    totals[c]! += values[line]!;
  });
  return new Tensor(Float32Array.from(totals), [layout.channels]);
}

function countOf({ outer, channels, inner, sets }: Layout): number {
  return (outer * channels * inner) / sets;
}

function forEachLine(
  { outer, channels, setOf }: Layout,
  visit: (line: number, set: number, channel: number) => void,
): void {
  for (let i = 0, line = 0; i < outer; i++) {
    for (let c = 0; c < channels; c++, line++) visit(line, setOf(i, c), c);
  }
}

/** Lines of a tensor (N, C, ...) whose sets are groups of neighbouring channels of one sample. */
export function groupLayout([outer, channels, ...rest]: Shape, groups: number): Layout {
  const perGroup = channels! / groups;
  const setOf = (i: number, c: number) => i * groups + Math.floor(c / perGroup);
  return { outer: outer!, channels: channels!, inner: sizeOf(rest), sets: outer! * groups, setOf };
}
