import { boolean, checkParams, type OptionsOf } from '../../../check/index.ts';
import { InvalidInputError, showShape } from '../../../errors/index.ts';
import type { RandomState } from '../../../random/index.ts';
import { type Pair, pairOf } from '../../ops/sizes.ts';
import type { Tensor } from '../../tensor/index.ts';
import { checkStream, type SampleTransform } from './compose.ts';
import { sizeOfImage } from './image.ts';
import { borderSpec, paddingRule, sidesOf, withBorder } from './pad.ts';
import { takePixels } from './take-pixels.ts';

const spec = {
  /** The border that an image gets first: on every side, or `[left, top, right, bottom]`. */
  padding: paddingRule(),
  /** Give an image that is too small what it lacks, on both sides. */
  padIfNeeded: boolean({ default: false }),
  ...borderSpec,
};

export type RandomCropOptions = OptionsOf<typeof spec>;

/**
 * A part of an image at a random place (torchvision's `RandomCrop`); one draw for the row and one for the column, where
 * there is a choice.
 *
 * @param size height and width of the part, or one number for both
 * @returns a transform from shape (C, H, W) to (C, height, width)
 * @throws InvalidParamError on a wrong size or option. The transform throws InvalidInputError where an image with its
 * border is too small
 *
 * @example
 * import { RandomState } from 'fitwise';
 * import { randomCrop, zeros } from 'fitwise/nn';
 * randomCrop(32, { padding: 4 })(zeros([3, 32, 32]), new RandomState(0)).shape; // [3, 32, 32]
 */
export function randomCrop(size: Pair, options: RandomCropOptions = {}): SampleTransform<Tensor> {
  const action = 'crop an image';
  const [height, width] = pairOf(action, 'size', size, 1);
  const { padding, padIfNeeded, fill, paddingMode } = checkParams('randomCrop', spec, options);
  const [left, top, right, bottom] = sidesOf(padding);
  return (image, random) => {
    checkStream(action, random);
    const from = sizeOfImage(action, image);
    const missing = (length: number, count: number) => (padIfNeeded ? Math.max(0, count - length) : 0);
    const rowsMissing = missing(top + from.height + bottom, height);
    const columnsMissing = missing(left + from.width + right, width);
    const rows = withBorder(action, from.height, top + rowsMissing, bottom + rowsMissing, paddingMode);
    const columns = withBorder(action, from.width, left + columnsMissing, right + columnsMissing, paddingMode);
    if (rows.length < height || columns.length < width) {
      const rule = `the image and its border must hold ${showShape(height, width)}`;
      const repair = 'set padIfNeeded or a greater padding';
      throw new InvalidInputError({ action, rule, received: showShape(rows.length, columns.length), repair });
    }
    return takePixels(action, image, part(rows, height, random), part(columns, width, random), fill);
  };
}

/** So many of the positions, from a random one on. */
function part(all: Int32Array, count: number, random: RandomState): Int32Array {
  const start = all.length > count ? random.randint(0, all.length - count + 1) : 0;
  return all.subarray(start, start + count);
}
