import { type Pair, pairOf } from '../../ops/sizes.ts';
import { Tensor } from '../../tensor/index.ts';
import { sizeOfImage } from './image.ts';

/**
 * An image of another size, by a triangular filter as wide as a pixel of the smaller image, so that shrinking does not
 * alias: torchvision's `Resize` with its defaults, bilinear and antialiased.
 *
 * @param size height and width; or one number for the shorter side, while the other keeps its proportion
 * @returns a transform from shape (C, H, W) to (C, height, width)
 * @throws InvalidParamError unless sizes are whole numbers >= 1
 *
 * @example
 * import { resize, tensor } from 'fitwise/nn';
 * resize([1, 2])(tensor([[[1, 2, 5, 6]]])).shape; // [1, 1, 2]
 */
export function resize(size: Pair): (image: Tensor) => Tensor {
  const action = 'resize an image';
  const [h, w] = pairOf(action, 'size', size, 1);
  return image => {
    const { channels, height, width } = sizeOfImage(action, image);
    const shorter = Math.min(height, width);
    const along = (length: number) => Math.floor((h * length) / shorter);
    const [toHeight, toWidth] = typeof size === 'number' ? [along(height), along(width)] : [h, w];
    const narrow = resample(image.data, { outer: channels * height, length: width, inner: 1 }, toWidth);
    const data = resample(narrow, { outer: channels, length: height, inner: toWidth }, toHeight);
    return new Tensor(data, [channels, toHeight, toWidth]);
  };
}

/** Values seen from one axis: `outer` times `length` times `inner`. */
interface Axis {
  readonly outer: number;
  readonly length: number;
  readonly inner: number;
}

/** Another length along one axis. */
function resample(from: Float32Array, { outer, length, inner }: Axis, to: number): Float32Array {
  if (to === length) return from.slice();
  const taps = Array.from({ length: to }, (_, i) => tapsOf(i, length, to));
  const out = new Float32Array(outer * to * inner);
  for (let o = 0; o < outer; o++) {
    for (let i = 0; i < to; i++) {
      const { first, weights } = taps[i]!;
      const start = (o * length + first) * inner;
      const place = (o * to + i) * inner;
      for (let k = 0; k < inner; k++) {
        let sum = 0;
        for (let j = 0, at = start + k; j < weights.length; j++, at += inner) sum += weights[j]! * from[at]!;
        out[place + k] = sum;
      }
    }
  }
  return out;
}

/** What goes into value `i` of `to`: the filter about its centre, cut at the edges, of sum 1 (Pillow's rule). */
function tapsOf(i: number, length: number, to: number): { readonly first: number; readonly weights: Float64Array } {
  const scale = length / to;
  const reach = Math.max(scale, 1);
  const centre = scale * (i + 0.5);
  const first = Math.max(Math.trunc(centre - reach + 0.5), 0);
  const end = Math.min(Math.trunc(centre + reach + 0.5), length);
  const raw = Float64Array.from({ length: end - first }, (_, j) =>
    Math.max(0, 1 - Math.abs((first + j + 0.5 - centre) / reach)),
  );
  const total = raw.reduce((sum, weight) => sum + weight, 0);
  return { first, weights: raw.map(weight => weight / total) };
}
