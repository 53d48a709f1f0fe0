import { checkParams, either, listOf, type ParamsOf, type Rule, real } from '../../../check/index.ts';
import type { Tensor } from '../../tensor/index.ts';
import { type Fill, perChannel, sizeOfImage } from './image.ts';

const numbers = (range: { readonly above?: number }): Rule<Fill> =>
  either<number, Fill>(real(range), listOf(real(range)));

const spec = {
  /** What is subtracted: one number, or one for each channel. */
  mean: numbers({}),
  /** What is divided by then: one number, or one for each channel. */
  std: numbers({ above: 0 }),
};

export type NormalizeOptions = ParamsOf<typeof spec>;

/**
 * (x - mean) / std, channel by channel (torchvision's `Normalize`).
 *
 * @throws InvalidParamError if a deviation is not greater than 0
 *
 * @example
 * import { normalize, tensor } from 'fitwise/nn';
 * const scaled = normalize({ mean: [0.5, 0], std: 0.5 });
 * scaled(tensor([[[1]], [[1]]])).toArray(); // [[[1]], [[2]]]
 */
export function normalize(options: NormalizeOptions): (image: Tensor) => Tensor {
  const { mean, std } = checkParams('normalize', spec, options);
  const action = 'normalize an image';
  return image => {
    const { channels } = sizeOfImage(action, image);
    const means = Float32Array.from(perChannel(action, 'mean', mean, channels));
    const deviations = Float32Array.from(perChannel(action, 'std', std, channels));
    const plane = image.size / channels;
    const data = new Float32Array(image.size);
    for (let c = 0, at = 0; c < channels; c++) {
      for (const end = at + plane; at < end; at++) {
        data[at] = Math.fround(image.data[at]! - means[c]!) / deviations[c]!;
      }
    }
    return image.like(data);
  };
}
