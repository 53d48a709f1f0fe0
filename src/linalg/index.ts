export type { Bounds } from './bounds.ts';
export { type CentredGram, type CentredGramOptions, centredGramWork } from './centred-gram.ts';
export { choleskyWork, solveCholeskyWork } from './cholesky.ts';
export {
  type ConjugateGradientOptions,
  type ConjugateGradientResult,
  conjugateGradientWork,
} from './conjugate-gradient.ts';
export { type Eigh, eigenvaluesWork, eighWork } from './eigh.ts';
export { lanczosSvdWork } from './lanczos-svd.ts';
export { type LbfgsOptions, type LbfgsResult, lbfgsWork, type Objective } from './lbfgs.ts';
export { boundsBetween } from './lbfgs-bounds.ts';
export { type LeastSquares, leastSquaresWork } from './least-squares.ts';
export { type LineSearchOptions, lineSearch, type Trial } from './line-search.ts';
export { type LinearOperator, type LsqrOptions, type LsqrResult, lsqrWork } from './lsqr.ts';
export { type Lu, luWork, permutedLower, solveWork } from './lu.ts';
export { type NnlsResult, nnlsWork } from './nnls.ts';
export { type Qr, qrWork } from './qr.ts';
export {
  type PowerIterationNormalizer,
  type RandomizedSvdOptions,
  type RangeFinderOptions,
  randomizedRangeFinderWork,
  randomizedSvdWork,
} from './randomized-svd.ts';
export { rightSvdWork } from './right-svd.ts';
export { largestEntry } from './scale.ts';
export { squaredDistancesInto } from './squared-distances.ts';
export { type Svd, svdWork } from './svd.ts';
export { svdFlip } from './svd-flip.ts';
export { addScaledInto, dot, norm } from './vectors.ts';
