export type { DistanceParams } from './distance-by-name.ts';
export type { DistanceName } from './distance-names.ts';
export {
  cosineDistances,
  cosineSimilarity,
  type EuclideanOptions,
  euclideanDistances,
  haversineDistances,
  manhattanDistances,
  nanEuclideanDistances,
} from './distances.ts';
export {
  additiveChi2Kernel,
  type Chi2Options,
  chi2Kernel,
  type GammaOptions,
  laplacianKernel,
  linearKernel,
  type PolynomialOptions,
  polynomialKernel,
  rbfKernel,
  type SigmoidOptions,
  sigmoidKernel,
} from './kernels.ts';
export {
  type PairedDistancesOptions,
  pairedCosineDistances,
  pairedDistances,
  pairedEuclideanDistances,
  pairedManhattanDistances,
} from './paired-distances.ts';
export { type DistanceChoice, type PairwiseDistancesOptions, pairwiseDistances } from './pairwise-distances.ts';
export {
  type ArgminMin,
  type ArgminOptions,
  pairwiseDistancesArgmin,
  pairwiseDistancesArgminMin,
} from './pairwise-distances-argmin.ts';
export { type KernelName, type PairwiseKernelsOptions, pairwiseKernels, type RowKernel } from './pairwise-kernels.ts';
export type { RowDistance } from './row-distances.ts';
