import {
  checkParam,
  checkParams,
  either,
  type OptionsOf,
  oneOf,
  type Rule,
  real,
  value,
} from '../../../check/index.ts';
import { Tensor } from '../../tensor/index.ts';
import { checkStream, type SampleTransform } from './compose.ts';
import { fillRule, type ImageSize, perChannel, sizeOfImage } from './image.ts';

const spec = {
  /** `nearest` takes the nearest pixel, `bilinear` weighs the four around. */
  interpolation: oneOf(['nearest', 'bilinear'], { default: 'nearest' }),
  /** What stands where no pixel comes from: one value, or one for each channel. */
  fill: fillRule(),
};

export type RotateOptions = OptionsOf<typeof spec>;

/**
 * An image turned about its centre, of the same size (torchvision's `rotate` with a fill, without `expand`).
 *
 * With `bilinear`, a pixel that comes from beyond the edge is m (s - fill) + fill, where s is the weighted sum of the
 * pixels that are there and m the sum of their weights: torchvision's rule, which darkens edges a little more than a
 * border of `fill` would.
 *
 * @param image shape (channels, height, width)
 * @param angle in degrees, counter-clockwise
 * @throws InvalidParamError on a wrong angle or option
 *
 * @example
 * import { rotate, tensor } from 'fitwise/nn';
 * rotate(tensor([[[1, 2], [3, 4]]]), 90).toArray(); // [[[2, 4], [1, 3]]]
 */
export function rotate(image: Tensor, angle: number, options: RotateOptions = {}): Tensor {
  const { interpolation, fill } = checkParams('rotate', spec, options);
  checkParam('rotate', 'angle', real({}), angle);
  const action = 'rotate an image';
  const size = sizeOfImage(action, image);
  const blank = perChannel(action, 'fill', fill, size.channels);
  const { cos, sin } = turn(angle);
  const data = new Float32Array(image.size);
  const sample = SAMPLERS[interpolation];
  const [middleX, middleY] = [(size.width - 1) / 2, (size.height - 1) / 2];
  for (let row = 0, at = 0; row < size.height; row++) {
    for (let column = 0; column < size.width; column++, at++) {
      const [x, y] = [column - middleX, row - middleY];
      sample(image.data, size, cos * x - sin * y + middleX, sin * x + cos * y + middleY, blank, data, at);
    }
  }
  return new Tensor(data, image.shape);
}

/** Degrees to either side, or the least and the greatest angle. */
export type Degrees = number | readonly [least: number, greatest: number];

const degreesRule: Rule<Degrees> = either<number, Degrees>(
  real({ min: 0 }),
  value<readonly [number, number]>({
    default: [0, 0],
    expected: 'two finite numbers, the lower first',
    accepts: given =>
      Array.isArray(given) && given.length === 2 && given.every(Number.isFinite) && given[0] <= given[1],
  }),
);

/**
 * Turns an image by a random angle, uniform between bounds (torchvision's `RandomRotation`); one draw for each image.
 *
 * @param degrees from -degrees to degrees, or `[least, greatest]`; counter-clockwise
 * @param options as for {@link rotate}
 * @throws InvalidParamError on wrong degrees or options
 *
 * @example
 * import { RandomState } from 'fitwise';
 * import { ones, randomRotation } from 'fitwise/nn';
 * randomRotation(10, { interpolation: 'bilinear' })(ones([1, 8, 8]), new RandomState(0)).shape; // [1, 8, 8]
 */
export function randomRotation(degrees: Degrees, options: RotateOptions = {}): SampleTransform<Tensor> {
  const bounds = checkParam('randomRotation', 'degrees', degreesRule, degrees);
  const [least, greatest] = typeof bounds === 'number' ? [-bounds, bounds] : bounds;
  const checked = checkParams('randomRotation', spec, options);
  return (image, random) => {
    checkStream('rotate an image', random);
    return rotate(image, random.uniform(least, greatest), checked);
  };
}

/** Cosine and sine, exact for quarter turns: these then move whole pixels. */
function turn(angle: number): { readonly cos: number; readonly sin: number } {
  const quarters = (((angle / 90) % 4) + 4) % 4;
  if (Number.isInteger(quarters)) return { cos: [1, 0, -1, 0][quarters]!, sin: [0, 1, 0, -1][quarters]! };
  const radians = (angle * Math.PI) / 180;
  return { cos: Math.cos(radians), sin: Math.sin(radians) };
}

/** Writes what lies at (x, y), channel by channel, to place `at` of each plane of `to`. */
type Sampler = (
  from: Float32Array,
  size: ImageSize,
  x: number,
  y: number,
  blank: readonly number[],
  to: Float32Array,
  at: number,
) => void;

const SAMPLERS: Readonly<Record<'nearest' | 'bilinear', Sampler>> = {
  nearest(from, { channels, height, width }, x, y, blank, to, at) {
    const [column, row] = [Math.round(x), Math.round(y)];
    const isInside = column >= 0 && column < width && row >= 0 && row < height;
    const plane = height * width;
    for (let c = 0; c < channels; c++)
      to[c * plane + at] = isInside ? from[c * plane + row * width + column]! : blank[c]!;
  },
  bilinear(from, { channels, height, width }, x, y, blank, to, at) {
    const [left, top] = [Math.floor(x), Math.floor(y)];
    const plane = height * width;
    for (let c = 0; c < channels; c++) {
      let sum = 0;
      let mass = 0;
      for (let corner = 0; corner < 4; corner++) {
        const [column, row] = [left + (corner & 1), top + (corner >> 1)];
        if (column < 0 || column >= width || row < 0 || row >= height) continue;
        const weight = (1 - Math.abs(x - column)) * (1 - Math.abs(y - row));
        sum += weight * from[c * plane + row * width + column]!;
        mass += weight;
      }
      to[c * plane + at] = mass * (sum - blank[c]!) + blank[c]!;
    }
  },
};
