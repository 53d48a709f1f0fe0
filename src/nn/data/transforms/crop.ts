import { InvalidInputError, show, showShape } from '../../../errors/index.ts';
import { type Pair, pairOf } from '../../ops/sizes.ts';
import type { Tensor } from '../../tensor/index.ts';
import { sizeOfImage } from './image.ts';
import { withBorder } from './pad.ts';
import { positions, takePixels } from './take-pixels.ts';

/** A part of an image, in pixels. */
export interface Box {
  readonly top: number;
  readonly left: number;
  readonly height: number;
  readonly width: number;
}

/**
 * A part of an image of shape (channels, height, width).
 *
 * @throws InvalidInputError if it does not lie within the image
 *
 * @example
 * import { crop, tensor } from 'fitwise/nn';
 * crop(tensor([[[1, 2], [3, 4]]]), { top: 1, left: 0, height: 1, width: 2 }).toArray(); // [[[3, 4]]]
 */
export function crop(image: Tensor, box: Box): Tensor {
  const action = 'crop an image';
  const size = sizeOfImage(action, image);
  const { top, left, height, width } = box;
  if (!isWithin(top, height, size.height) || !isWithin(left, width, size.width)) {
    const rule = `the box must lie within the image, of ${showShape(size.height, size.width)}`;
    const received = `top ${show(top)}, left ${show(left)}, height ${show(height)}, width ${show(width)}`;
    throw new InvalidInputError({ action, rule, received });
  }
  return takePixels(action, image, positions(height, top), positions(width, left));
}

/**
 * The middle of an image; a smaller one gets a border of zeros first (torchvision's `CenterCrop`).
 *
 * @param size height and width, or one number for both
 * @throws InvalidParamError unless they are whole numbers >= 1
 *
 * @example
 * import { centerCrop, tensor } from 'fitwise/nn';
 * centerCrop([1, 2])(tensor([[[1, 2, 3, 4]]])).toArray(); // [[[2, 3]]]
 */
export function centerCrop(size: Pair): (image: Tensor) => Tensor {
  const action = 'crop an image';
  const [height, width] = pairOf(action, 'size', size, 1);
  return image => {
    const from = sizeOfImage(action, image);
    return takePixels(action, image, middle(action, from.height, height), middle(action, from.width, width));
  };
}

/** The middle `count` of `length` rows or columns; where the middle lies between two, torchvision's choice. */
function middle(action: string, length: number, count: number): Int32Array {
  if (count > length) {
    const before = Math.floor((count - length) / 2);
    return withBorder(action, length, before, count - length - before, 'constant');
  }
  const half = (length - count) / 2;
  const isBetween = !Number.isInteger(half);
  // Python rounds halves to the even neighbour.
  const start = isBetween && Math.floor(half) % 2 === 1 ? Math.ceil(half) : Math.floor(half);
  return positions(count, start);
}

function isWithin(from: number, count: number, length: number): boolean {
  return Number.isSafeInteger(from) && from >= 0 && Number.isSafeInteger(count) && count >= 1 && from + count <= length;
}
