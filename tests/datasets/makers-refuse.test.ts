import { expect, test } from 'vitest';
import {
  makeBiclusters,
  makeBlobs,
  makeClassification,
  makeFriedman1,
  makeGaussianQuantiles,
  makeMoons,
  makeMultilabelClassification,
  makeRegression,
} from '../../src/datasets/index.ts';

test.each<[() => unknown, string]>([
  [
    () => makeBlobs({ nSamples: 0 }),
    'Cannot make data by makeBlobs: nSamples must be an integer >= 1 or a list, each an integer >= 0, received 0',
  ],
  [
    () => makeBlobs({ centers: [[0, NaN]] }),
    'Cannot make data by makeBlobs: centers must be finite numbers, received [[0, NaN]]',
  ],
  [
    () => makeBlobs({ nSamples: [3, 4], centers: [[0, 0]] }),
    'Cannot make data by makeBlobs: nSamples must have one entry per center (1), received [3, 4]',
  ],
  [
    () => makeBlobs({ nSamples: [3, 4], centers: 2 }),
    'Cannot make data by makeBlobs: centers must be null or a table for a list nSamples, received 2',
  ],
  [
    () => makeBlobs({ centers: 3, clusterStd: [1, 2] }),
    'Cannot make data by makeBlobs: clusterStd must be a number or have one per center (3), received [1, 2]',
  ],
  [
    () => makeMoons({ nSamples: [1, 2, 3] }),
    'Cannot make data by makeMoons: nSamples must be an integer or a list of two, received [1, 2, 3]',
  ],
  [
    () => makeClassification({ nFeatures: 3 }),
    'Cannot make data by makeClassification: nInformative + nRedundant + nRepeated must be <= nFeatures (3), received 4',
  ],
  [
    () => makeClassification({ nClasses: 3 }),
    'Cannot make data by makeClassification: nClasses * nClustersPerClass must be <= 2 ** nInformative (4), received 6',
  ],
  [
    () => makeClassification({ weights: [0.1, 0.2, 0.7] }),
    'Cannot make data by makeClassification: weights must have nClasses (2) or one fewer values, received [0.1, 0.2, 0.7]',
  ],
  [
    () => makeClassification({ weights: [0, 0] }),
    'Cannot make data by makeClassification: weights must not be zero everywhere, received [0, 0]',
  ],
  [
    () => makeClassification({ shift: [1, 2] }),
    'Cannot make data by makeClassification: shift must have one value per feature (20), received [1, 2]',
  ],
  [
    () => makeGaussianQuantiles({ nSamples: 2 }),
    'Cannot make data by makeGaussianQuantiles: nSamples must be >= nClasses (3), received 2',
  ],
  [
    () => makeMultilabelClassification({ nLabels: 0, allowUnlabeled: false }),
    'Cannot make data by makeMultilabelClassification: nLabels must be > 0 where allowUnlabeled is false, received 0',
  ],
  [
    () => makeBiclusters({ nClusters: 2 } as Parameters<typeof makeBiclusters>[0]),
    'Cannot make data by makeBiclusters: shape must be given, received undefined',
  ],
  [() => makeRegression({ noise: -1 }), 'Cannot make data by makeRegression: noise must be a number >= 0, received -1'],
  [
    () => makeFriedman1({ randomState: -3 }),
    'Cannot make data by makeFriedman1: randomState must be an integer in [0, 2^32), a string, a seedrandom generator or null, received -3',
  ],
])('makers refuse with a sentence (%#)', (call, sentence) => {
  expect(call).toThrow(expect.objectContaining({ message: sentence }));
});
