import { scaleLinesInto, sumGradientsInto } from '../../kernels/index.ts';
import { record, sizeOf, Tensor } from '../tensor/index.ts';

/**
 * scale x + shift, by channel.
 *
 * @param x shape (N, C, ...)
 * @param scale shape (C,)
 * @param shift shape (C,)
 */
export function scaleChannels(x: Tensor, scale: Tensor, shift: Tensor): Tensor {
  const inner = sizeOf(x.shape.slice(2));
  const lines = inner === 0 ? 0 : x.size / inner;
  const out = new Float32Array(x.size);
  scaleLinesInto(x.data, inner, repeated(scale.data, lines), repeated(shift.data, lines), out);
  return record('scaleChannels', x.like(out), [x, scale, shift], [x, scale], (grad, [x, scale]) => {
    const back = new Float32Array(grad.size);
    scaleLinesInto(grad.data, inner, repeated(scale.data, lines), new Float64Array(lines), back);
    const [plain, products] = [new Float64Array(lines), new Float64Array(lines)];
    sumGradientsInto(grad.data, x.data, inner, new Float64Array(lines), plain, products);
    return [grad.like(back), sumByChannel(products, scale.size), sumByChannel(plain, scale.size)];
  });
}

/** The channels' numbers for line after line. */
function repeated(values: Float32Array, lines: number): Float64Array {
  const all = new Float64Array(lines);
  for (let at = 0; at < lines; at += values.length) all.set(values, at);
  return all;
}

/** The numbers of lines added up by channel. */
export function sumByChannel(lines: Float64Array, channels: number): Tensor {
  const totals = new Float64Array(channels);
  lines.forEach((value, line) => {
    totals[line % channels]! += value;
  });
  return new Tensor(Float32Array.from(totals), [channels]);
}
