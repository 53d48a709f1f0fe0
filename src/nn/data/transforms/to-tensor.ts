import { channelsOf, type Pixels } from '../../files/images/index.ts';
import { Tensor } from '../../tensor/index.ts';

/**
 * Pixels of shape (height, width, channels), 0 to 255 or 65535, as a tensor of shape (channels, height, width), 0 to 1:
 * `ToImage` and `ToDtype(torch.float32, scale=True)` of torchvision.transforms.v2.
 *
 * @throws InvalidInputError unless the data hold the same number of samples for every pixel
 *
 * @example
 * import { toTensor } from 'fitwise/nn';
 * toTensor({ data: Uint8Array.of(255, 0, 51, 0), width: 2, height: 1 }).toArray(); // [[[1, Math.fround(0.2)]], [[0, 0]]]
 */
export function toTensor(image: Pixels): Tensor {
  const { data, width, height } = image;
  const channels = channelsOf('make a tensor of pixels', image);
  const most = data instanceof Uint16Array ? 65535 : 255;
  const plane = width * height;
  const values = new Float32Array(data.length);
  for (let pixel = 0, at = 0; pixel < plane; pixel++) {
    for (let c = 0; c < channels; c++) values[c * plane + pixel] = data[at++]! / most;
  }
  return new Tensor(values, [channels, height, width]);
}
