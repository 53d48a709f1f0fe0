/** A dataset for workers that augments: they load this file, bundled, as a registered module. */
import {
  compose,
  datasetMaker,
  normalize,
  randomCrop,
  randomHorizontalFlip,
  randomRotation,
  randomVerticalFlip,
  toTensor,
} from '../../../../src/nn/index.ts';

const augment = compose(
  toTensor,
  randomCrop(6, { padding: 2, paddingMode: 'reflect' }),
  randomHorizontalFlip(),
  randomVerticalFlip(0.3),
  randomRotation(20, { interpolation: 'bilinear', fill: [0.5, 0, 1] }),
  normalize({ mean: [0.5, 0.4, 0.3], std: 0.25 }),
);

export const augmentedImages = datasetMaker('tests/augmented-images', (n: number) => ({
  length: n,
  get: (i, random) => {
    const data = Uint8Array.from({ length: 6 * 7 * 3 }, (_, at) => (at * 37 + i * 11) % 256);
    return { x: augment({ data, width: 7, height: 6 }, random), y: i };
  },
}));
