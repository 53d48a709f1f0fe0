import { Matrix } from '../array/index.ts';
import { matmulWork } from '../kernels/index.ts';
import type { RandomStream } from '../random/index.ts';
import type { Work } from '../work/index.ts';
import { luWork, permutedLower } from './lu.ts';
import { qrWork } from './qr.ts';
import { type Svd, svdWork } from './svd.ts';
import { svdFlip } from './svd-flip.ts';

/** What keeps the columns apart between power iterations; `auto` is `none` for up to two iterations, else `LU`. */
export type PowerIterationNormalizer = 'auto' | 'QR' | 'LU' | 'none';

export interface RangeFinderOptions {
  /** How many power iterations. */
  readonly nIter: number;
  readonly normalizer?: PowerIterationNormalizer;
  readonly random: RandomStream;
}

export interface RandomizedSvdOptions {
  /** Columns drawn beyond `nComponents`. */
  readonly nOversamples?: number;
  /** Power iterations; `auto` is 7 where less than a tenth of the components is wanted, else 4. */
  readonly nIter?: number | 'auto';
  readonly normalizer?: PowerIterationNormalizer;
  /** Work on A'; `auto` where A is wider than tall. */
  readonly transpose?: boolean | 'auto';
  /** Fix the signs by `svdFlip`. */
  readonly flipSign?: boolean;
  readonly random: RandomStream;
}

/**
 * Orthonormal columns whose span is close to the range of A, from a random sample of it; the draws and steps are
 * scikit-learn's. Cost: (2 nIter + 1) products of A with `size` columns.
 *
 * Source: N. Halko, P. G. Martinsson and J. Tropp, "Finding structure with randomness", 2011, algorithm 4.3.
 */
export function* randomizedRangeFinderWork(
  A: Matrix,
  size: number,
  { nIter, normalizer = 'auto', random }: RangeFinderOptions,
): Work<Matrix> {
  const normalize = normalizerFor(normalizer, nIter);
  let Q = new Matrix(random.normal(0, 1, A.columns * size), A.columns, size);
  for (let iteration = 0; iteration < nIter; iteration++) {
    Q = yield* normalize(yield* matmulWork(A, Q));
    Q = yield* normalize(yield* matmulWork(A, Q, { transposeA: true }));
  }
  return (yield* qrWork(yield* matmulWork(A, Q))).Q;
}

/**
 * The largest singular values and vectors of A, by a decomposition of its projection onto a random range; the same
 * numbers as scikit-learn's `randomized_svd` for the same stream. Cost: (2 nIter + 2) products of A with
 * nComponents + nOversamples columns.
 */
export function* randomizedSvdWork(
  A: Matrix,
  nComponents: number,
  { nOversamples = 10, nIter = 'auto', normalizer = 'auto', ...options }: RandomizedSvdOptions,
): Work<Svd> {
  const { transpose = 'auto', flipSign = true, random } = options;
  const isTransposed = transpose === 'auto' ? A.rows < A.columns : transpose;
  const M = isTransposed ? A.transpose() : A;
  const autoIter = nComponents < 0.1 * Math.min(A.rows, A.columns) ? 7 : 4;
  const Q = yield* randomizedRangeFinderWork(M, nComponents + nOversamples, {
    nIter: nIter === 'auto' ? autoIter : nIter,
    normalizer,
    random,
  });
  const small = yield* svdWork(yield* matmulWork(Q, M, { transposeA: true }));
  const svd = { ...small, U: yield* matmulWork(Q, small.U) };
  // The vectors of the longer side of A decide, which after transposing are the left ones of M.
  if (flipSign) svdFlip(svd, { basis: isTransposed ? 'v' : 'u' });
  const kept = takeComponents(svd, Math.min(nComponents, svd.singularValues.length));
  if (!isTransposed) return kept;
  return { U: kept.Vt.transpose(), singularValues: kept.singularValues, Vt: kept.U.transpose() };
}

function normalizerFor(name: PowerIterationNormalizer, nIter: number): (Y: Matrix) => Work<Matrix> {
  switch (name) {
    case 'auto':
      return normalizerFor(nIter <= 2 ? 'none' : 'LU', nIter);
    case 'QR':
      return function* (Y) {
        return (yield* qrWork(Y)).Q;
      };
    case 'LU':
      return function* (Y) {
        return permutedLower(yield* luWork(Y));
      };
    case 'none':
      // biome-ignore lint/correctness/useYield: the identity has nothing to pause at
      return function* (Y) {
        return Y;
      };
  }
}

function takeComponents({ U, singularValues, Vt }: Svd, count: number): Svd {
  const first = Array.from({ length: count }, (_, k) => k);
  return { U: U.takeColumns(first), singularValues: singularValues.slice(0, count), Vt: Vt.takeRows(first) };
}
