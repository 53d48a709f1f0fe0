import { Matrix, type MatrixLike, toMatrix } from '../array/index.ts';
import { boolean, checkParams, either, integer, listOf, type ParamsOf, real, seed, value } from '../check/index.ts';
import { type RandomState, randomFrom } from '../random/index.ts';
import { demand } from './demand.ts';
import { shuffleRows } from './drawn.ts';

const OWNER = 'data by makeBlobs';
const size = integer({ min: 1, default: 100 });
const spread = real({ min: 0, default: 1 });

const spec = {
  /** Rows in all, shared evenly; or rows of each blob. */
  nSamples: either(size, listOf(integer({ min: 0, default: 0 }), { default: [] })),
  nFeatures: integer({ min: 1, default: 2 }),
  /** How many centers to draw, or the centers, one per row; `null` for three, or one per entry of `nSamples`. */
  centers: value<number | MatrixLike | null>({
    default: null,
    expected: 'an integer >= 1, a table of numbers or null',
    accepts: given => given === null || size.accepts(given) || (typeof given === 'object' && given !== null),
  }),
  /** Standard deviation of all blobs, or of each. */
  clusterStd: either(spread, listOf(spread, { default: [] })),
  /** Bounds of the centers that are drawn, in every dimension. */
  centerBox: value<readonly [number, number]>({
    default: [-10, 10],
    expected: 'two finite numbers',
    accepts: given => Array.isArray(given) && given.length === 2 && given.every(Number.isFinite),
  }),
  /** Whether rows are shuffled. */
  shuffle: boolean({ default: true }),
  randomState: seed(),
};
export type MakeBlobsParams = ParamsOf<typeof spec>;

export interface BlobsData {
  /** shape (nSamples, nFeatures) */
  readonly X: Matrix;
  /** Which blob each row is of. */
  readonly y: number[];
  /** shape (nBlobs, nFeatures) */
  readonly centers: Matrix;
}

/**
 * Round normal clouds about centers, for clustering; scikit-learn's numbers for the same integer seed.
 *
 * @returns `X` (nSamples, nFeatures), `y` and the centers
 * @throws InvalidParamError on a parameter outside its rule; InvalidInputError on centers that are not finite numbers
 *
 * @example
 * import { makeBlobs } from 'fitwise';
 * const { X, y, centers } = makeBlobs({ nSamples: 10, centers: 3, nFeatures: 2, randomState: 0 });
 * [X.rows, y.length, centers.rows]; // [10, 10, 3]
 */
export function makeBlobs(params: Partial<MakeBlobsParams> = {}): BlobsData {
  const given = checkParams(OWNER, spec, params);
  const random = randomFrom(given.randomState);
  const centers = chooseCenters(given, random);
  const sizes = typeof given.nSamples === 'number' ? evenSizes(given.nSamples, centers.rows) : given.nSamples;
  const spreads = spreadsOf(given.clusterStd, centers.rows);
  const y = sizes.flatMap((size, k) => new Array<number>(size).fill(k));
  const normals = random.standardNormal(y.length * centers.columns);
  const X = new Matrix(normals, y.length, centers.columns).map(
    (normal, i, j) => centers.get(y[i]!, j) + spreads[y[i]!]! * normal,
  );
  return { ...(given.shuffle ? shuffleRows(X, y, random) : { X, y }), centers };
}

function chooseCenters({ centers, nSamples, nFeatures, centerBox }: MakeBlobsParams, random: RandomState): Matrix {
  const rows = typeof nSamples === 'number' ? undefined : nSamples.length;
  if (centers !== null && typeof centers !== 'number') {
    const matrix = toMatrix(centers, `make ${OWNER}`).matrix.clone();
    demand(
      OWNER,
      matrix.data.length > 0 && matrix.data.every(Number.isFinite),
      'centers must be finite numbers',
      centers,
    );
    const fits = rows === undefined || rows === matrix.rows;
    demand(OWNER, fits, `nSamples must have one entry per center (${matrix.rows})`, nSamples);
    return matrix;
  }
  demand(OWNER, rows !== 0, 'nSamples must not be empty', nSamples);
  demand(OWNER, rows === undefined || centers === null, 'centers must be null or a table for a list nSamples', centers);
  const count = rows ?? centers ?? 3;
  return new Matrix(random.uniform(centerBox[0], centerBox[1], count * nFeatures), count, nFeatures);
}

function spreadsOf(clusterStd: number | readonly number[], nBlobs: number): readonly number[] {
  if (typeof clusterStd === 'number') return new Array<number>(nBlobs).fill(clusterStd);
  const rule = `clusterStd must be a number or have one per center (${nBlobs})`;
  demand(OWNER, clusterStd.length === nBlobs, rule, clusterStd);
  return clusterStd;
}

/** Sizes that share the rows as evenly as can be, larger ones first. */
function evenSizes(nSamples: number, nBlobs: number): number[] {
  return Array.from({ length: nBlobs }, (_, k) => Math.floor(nSamples / nBlobs) + Number(k < nSamples % nBlobs));
}
