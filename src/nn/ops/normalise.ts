/**
 * Normalisation: the values of each set are brought to mean 0 and variance 1, then scaled and shifted by channel.
 * What a set is, is the only difference between batch, group and instance norm. (Layer norm scales by value, not by
 * channel: it has loops of its own.)
 */
import { record, type Shape, sizeOf, Tensor } from '../tensor/index.ts';

export interface AffineOptions {
  /** Default: ones. */
  readonly weight?: Tensor | null;
  /** Default: zeros. */
  readonly bias?: Tensor | null;
  /** Added to the variance. Default 1e-5. */
  readonly eps?: number;
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
  const means = new Float64Array(layout.sets);
  forEachLine(layout, (from, to, set) => {
    let total = 0;
    for (let i = from; i < to; i++) total += data[i]!;
    means[set]! += total / count;
  });
  const variances = new Float64Array(layout.sets);
  forEachLine(layout, (from, to, set) => {
    const mean = means[set]!;
    let total = 0;
    for (let i = from; i < to; i++) {
      const deviation = data[i]! - mean;
      total += deviation * deviation;
    }
    variances[set]! += total / count;
  });
  return { means, variances };
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
  forEachLine(layout, (from, to, set, c) => {
    const scale = scales[set]! * (weight === null ? 1 : weight.data[c]!);
    const shift = (bias === null ? 0 : bias.data[c]!) - means[set]! * scale;
    for (let i = from; i < to; i++) out[i] = x.data[i]! * scale + shift;
  });
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
  const { channels, sets } = layout;
  const [ofWeight, ofBias] = [new Float64Array(channels), new Float64Array(channels)];
  const [first, second] = [new Float64Array(sets), new Float64Array(sets)];
  forEachLine(layout, (from, to, set, c) => {
    let [plain, product] = [0, 0];
    for (let i = from; i < to; i++) {
      const g = grad[i]!;
      plain += g;
      product += g * (x.data[i]! - means[set]!);
    }
    product *= scales[set]!;
    ofBias[c]! += plain;
    ofWeight[c]! += product;
    const w = weight === null ? 1 : weight[c]!;
    first[set]! += w * plain;
    second[set]! += w * product;
  });
  const count = countOf(layout);
  const back = new Float32Array(grad.length);
  forEachLine(layout, (from, to, set, c) => {
    const scale = scales[set]!;
    const w = scale * (weight === null ? 1 : weight[c]!);
    const slope = (scale * scale * second[set]!) / count;
    const shift = (scale * first[set]!) / count - slope * means[set]!;
    for (let i = from; i < to; i++) back[i] = w * grad[i]! - slope * x.data[i]! - shift;
  });
  const perChannel = (values: Float64Array) => new Tensor(Float32Array.from(values), [channels]);
  return { x: x.like(back), weight: perChannel(ofWeight), bias: perChannel(ofBias) };
}

function countOf({ outer, channels, inner, sets }: Layout): number {
  return (outer * channels * inner) / sets;
}

function forEachLine(
  { outer, channels, inner, setOf }: Layout,
  visit: (from: number, to: number, set: number, channel: number) => void,
): void {
  for (let i = 0, at = 0; i < outer; i++) {
    for (let c = 0; c < channels; c++, at += inner) visit(at, at + inner, setOf(i, c), c);
  }
}

/** Lines of a tensor (N, C, ...) whose sets are groups of neighbouring channels of one sample. */
export function groupLayout([outer, channels, ...rest]: Shape, groups: number): Layout {
  const perGroup = channels! / groups;
  const setOf = (i: number, c: number) => i * groups + Math.floor(c / perGroup);
  return { outer: outer!, channels: channels!, inner: sizeOf(rest), sets: outer! * groups, setOf };
}
