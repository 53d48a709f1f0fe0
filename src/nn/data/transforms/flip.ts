import { checkParam, real } from '../../../check/index.ts';
import type { Tensor } from '../../tensor/index.ts';
import { checkStream, type SampleTransform } from './compose.ts';
import { sizeOfImage } from './image.ts';
import { positions, takePixels } from './take-pixels.ts';

const probability = real({ min: 0, max: 1, default: 0.5 });

/**
 * Mirrors an image of shape (channels, height, width): left becomes right.
 *
 * @example
 * import { horizontalFlip, tensor } from 'fitwise/nn';
 * horizontalFlip(tensor([[[1, 2], [3, 4]]])).toArray(); // [[[2, 1], [4, 3]]]
 */
export function horizontalFlip(image: Tensor): Tensor {
  const action = 'flip an image';
  const { height, width } = sizeOfImage(action, image);
  return takePixels(action, image, positions(height), positions(width).reverse());
}

/**
 * Turns an image of shape (channels, height, width) over: top becomes bottom.
 *
 * @example
 * import { tensor, verticalFlip } from 'fitwise/nn';
 * verticalFlip(tensor([[[1, 2], [3, 4]]])).toArray(); // [[[3, 4], [1, 2]]]
 */
export function verticalFlip(image: Tensor): Tensor {
  const action = 'flip an image';
  const { height, width } = sizeOfImage(action, image);
  return takePixels(action, image, positions(height).reverse(), positions(width));
}

/**
 * Mirrors an image with probability `p`; one draw for each image.
 *
 * @throws InvalidParamError unless 0 <= `p` <= 1
 */
export function randomHorizontalFlip(p = 0.5): SampleTransform<Tensor> {
  checkParam('randomHorizontalFlip', 'p', probability, p);
  return (image, random) => {
    checkStream('flip an image', random);
    return random.random() < p ? horizontalFlip(image) : image;
  };
}

/**
 * Turns an image over with probability `p`; one draw for each image.
 *
 * @throws InvalidParamError unless 0 <= `p` <= 1
 */
export function randomVerticalFlip(p = 0.5): SampleTransform<Tensor> {
  checkParam('randomVerticalFlip', 'p', probability, p);
  return (image, random) => {
    checkStream('flip an image', random);
    return random.random() < p ? verticalFlip(image) : image;
  };
}
