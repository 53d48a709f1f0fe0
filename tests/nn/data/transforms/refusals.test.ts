/** Wrong images and options, refused by whole sentences. */
import { expect, test } from 'vitest';
import * as nn from '../../../../src/nn/index.ts';
import { RandomState } from '../../../../src/random/index.ts';
import { refusal } from '../../../helpers/refusal.ts';

const never = (value: unknown) => value as never;
const image = nn.zeros([2, 3, 4]);
const random = new RandomState(0);

const REFUSED: Readonly<Record<string, readonly [call: () => unknown, sentence: string]>> = {
  'compose, the result of a transform': [
    () => nn.compose(nn.horizontalFlip, never(nn.horizontalFlip(image))),
    'InvalidParamError: Cannot compose: transforms must be functions, received Tensor',
  ],
  'a matrix': [
    () => nn.horizontalFlip(nn.zeros([3, 4])),
    'InvalidInputError: Cannot flip an image: the image must be a tensor of shape (channels, height, width), received shape (3, 4)',
  ],
  'an image without pixels': [
    () => nn.rotate(nn.zeros([1, 0, 4]), 10),
    'InvalidInputError: Cannot rotate an image: the image must be a tensor of shape (channels, height, width), received shape (1, 0, 4)',
  ],
  'what is no tensor': [
    () => nn.resize(3)(never([1, 2])),
    'InvalidInputError: Cannot resize an image: the image must be a tensor of shape (channels, height, width), received [1, 2]',
  ],
  'a gradient': [
    () => nn.normalize({ mean: 0, std: 1 })(nn.zeros([1, 1, 1], { requiresGrad: true })),
    'InvalidInputError: Cannot normalize an image: the image must not require a gradient, since transforms are not recorded, received one that does; detach it first',
  ],
  'normalize, std': [
    () => nn.normalize({ mean: 0, std: [1, 0] }),
    'InvalidParamError: Cannot make normalize: std must be a number > 0 or a list, each a number > 0, received [1, 0]',
  ],
  'normalize, channels': [
    () => nn.normalize({ mean: [0, 0, 0], std: 1 })(image),
    'InvalidInputError: Cannot normalize an image: mean must have a value for each of the 2 channels, received [0, 0, 0]',
  ],
  'randomHorizontalFlip, p': [
    () => nn.randomHorizontalFlip(2),
    'InvalidParamError: Cannot make randomHorizontalFlip: p must be a number >= 0 and <= 1, received 2',
  ],
  'pad, padding': [
    () => nn.pad(never([1, 2])),
    'InvalidParamError: Cannot make pad: padding must be a whole number >= 0, or four of them, received [1, 2]',
  ],
  'pad, an option of another name': [
    () => nn.pad(1, never({ mode: 'edge' })),
    "InvalidParamError: Cannot make pad: parameter names must be among fill, paddingMode, received 'mode'",
  ],
  'pad, more than there is to mirror': [
    () => nn.pad(3, { paddingMode: 'reflect' })(image),
    "InvalidInputError: Cannot pad an image: padding must be at most 2 where 3 pixels are mirrored by 'reflect', received shape (3, 3)",
  ],
  'crop, a box beyond the edge': [
    () => nn.crop(image, { top: 1, left: 0, height: 3, width: 4 }),
    'InvalidInputError: Cannot crop an image: the box must lie within the image, of shape (3, 4), received top 1, left 0, height 3, width 4',
  ],
  'centerCrop, size': [
    () => nn.centerCrop(0),
    'InvalidParamError: Cannot crop an image: size must be a whole number >= 1, or two of them, received 0',
  ],
  'randomCrop, a small image': [
    () => nn.randomCrop(4)(image, random),
    'InvalidInputError: Cannot crop an image: the image and its border must hold shape (4, 4), received shape (3, 4); set padIfNeeded or a greater padding',
  ],
  'randomRotation, degrees': [
    () => nn.randomRotation([3, 1]),
    'InvalidParamError: Cannot make randomRotation: degrees must be a number >= 0 or two finite numbers, the lower first, received [3, 1]',
  ],
  'rotate, angle': [
    () => nn.rotate(image, NaN),
    'InvalidParamError: Cannot make rotate: angle must be a number, received NaN',
  ],
  'rotate, fill': [
    () => nn.rotate(image, 1, { fill: [1] }),
    'InvalidInputError: Cannot rotate an image: fill must have a value for each of the 2 channels, received [1]',
  ],
  'toTensor, a wrong length': [
    () => nn.toTensor({ data: new Uint8Array(7), width: 2, height: 2 }),
    'InvalidInputError: Cannot make a tensor of pixels: data must hold height * width * channels samples, received 7 for shape (2, 2)',
  ],
  'toTensor, floats': [
    () => nn.toTensor(never({ data: new Float32Array(4), width: 2, height: 2 })),
    "InvalidInputError: Cannot make a tensor of pixels: pixels must be { data, width, height } with data of 8 or 16 bits, received object with keys ['data', 'width', 'height']",
  ],
};

test.each(Object.entries(REFUSED))('%s', async (_, [call, sentence]) => {
  expect(await refusal(call)).toBe(sentence);
});

test('toTensor: 16 bits count from 0 to 65535, and pixels become planes', () => {
  const pixels = { data: Uint16Array.of(0, 65535, 13107, 0), width: 1, height: 2 };
  expect(nn.toTensor(pixels)).toEqual(
    nn.tensor([
      [[0], [0.2]],
      [[1], [0]],
    ]),
  );
});
