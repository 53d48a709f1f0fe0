import { record, sizeOf, Tensor } from '../tensor/index.ts';

/**
 * scale x + shift, by channel.
 *
 * @param x shape (N, C, ...)
 * @param scale shape (C,)
 * @param shift shape (C,)
 */
export function scaleChannels(x: Tensor, scale: Tensor, shift: Tensor): Tensor {
  const channels = scale.size;
  const inner = sizeOf(x.shape.slice(2));
  const out = new Float32Array(x.size);
  for (let at = 0, c = 0; at < out.length; at += inner, c = (c + 1) % channels) {
    scaleLine(x.data, at, at + inner, scale.data[c]!, shift.data[c]!, out);
  }
  return record('scaleChannels', x.like(out), [x, scale, shift], [x, scale], (grad, [x, scale]) => {
    const back = new Float32Array(grad.size);
    const [ofScale, ofShift] = [new Float64Array(channels), new Float64Array(channels)];
    for (let at = 0, c = 0; at < back.length; at += inner, c = (c + 1) % channels) {
      scaleLine(grad.data, at, at + inner, scale.data[c]!, 0, back);
      for (let i = at; i < at + inner; i++) {
        ofScale[c]! += grad.data[i]! * x.data[i]!;
        ofShift[c]! += grad.data[i]!;
      }
    }
    const perChannel = (values: Float64Array) => new Tensor(Float32Array.from(values), [channels]);
    return [grad.like(back), perChannel(ofScale), perChannel(ofShift)];
  });
}

function scaleLine(x: Float32Array, from: number, to: number, scale: number, shift: number, out: Float32Array): void {
  for (let i = from; i < to; i++) out[i] = x[i]! * scale + shift;
}
