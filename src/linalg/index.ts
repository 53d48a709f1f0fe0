export { choleskyWork, solveCholeskyWork } from './cholesky.ts';
export { type Eigh, eighWork } from './eigh.ts';
export { type LeastSquares, leastSquaresWork } from './least-squares.ts';
export { type Lu, luWork, permutedLower, solveWork } from './lu.ts';
export { type Qr, qrWork } from './qr.ts';
export { type Svd, svdWork } from './svd.ts';
export { svdFlip } from './svd-flip.ts';
export { solveTriangularInPlace, type TriangularOptions } from './triangular.ts';
