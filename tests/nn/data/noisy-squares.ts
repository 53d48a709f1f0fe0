/** A dataset for workers: they load this file, bundled, as a registered module. */
import { datasetMaker, tensor } from '../../../src/nn/index.ts';

export const noisySquares = datasetMaker('tests/noisy-squares', (n: number) => ({
  length: n,
  get: (i, random) => ({ x: tensor([i * i, random.random()]), name: `sample ${i}` }),
}));

export const broken = datasetMaker('tests/broken', (n: number) => ({
  length: n,
  get: i => {
    if (i === 3) throw new RangeError('sample 3 cannot be read');
    return i;
  },
}));
