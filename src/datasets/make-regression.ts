import { Matrix } from '../array/index.ts';
import { boolean, checkParams, integer, nullable, type ParamsOf, real, seed } from '../check/index.ts';
import { matmul } from '../kernels/index.ts';
import { randomFrom } from '../random/index.ts';
import { addNoise, normalMatrix, uniformMatrix } from './drawn.ts';
import { drawLowRank } from './make-low-rank-matrix.ts';

const spec = {
  nSamples: integer({ min: 1, default: 100 }),
  nFeatures: integer({ min: 1, default: 100 }),
  /** Features with a coefficient other than 0. */
  nInformative: integer({ min: 0, default: 10 }),
  nTargets: integer({ min: 1, default: 1 }),
  /** The intercept. */
  bias: real({ default: 0 }),
  /** About how many singular vectors explain most of `X`; `null` for independent normal features. */
  effectiveRank: nullable(integer({ min: 1, default: 1 })),
  /** Weight of the slowly falling tail of singular values, with `effectiveRank`. */
  tailStrength: real({ min: 0, max: 1, default: 0.5 }),
  /** Standard deviation of the normal noise added to `y`. */
  noise: real({ min: 0, default: 0 }),
  /** Whether rows and features are shuffled. */
  shuffle: boolean({ default: true }),
  randomState: seed(),
};
export type MakeRegressionParams = ParamsOf<typeof spec>;

/** One target is a list, several are a table with a column each. */
type PerTarget<N extends number> = number extends N ? Float64Array | Matrix : N extends 1 ? Float64Array : Matrix;

export interface RegressionData<N extends number> {
  /** shape (nSamples, nFeatures) */
  readonly X: Matrix;
  /** shape (nSamples,), or (nSamples, nTargets) of several targets */
  readonly y: PerTarget<N>;
  /** The true coefficients: shape (nFeatures,), or (nFeatures, nTargets) of several targets. */
  readonly coef: PerTarget<N>;
}

/**
 * A linear regression problem y = X coef + bias + noise with few informative features; scikit-learn's numbers for the
 * same integer seed.
 *
 * @returns `X`, `y` and the coefficients, which scikit-learn returns only where `coef` is set
 * @throws InvalidParamError on a parameter outside its rule
 *
 * @example
 * import { makeRegression } from 'fitwise';
 * const { X, y, coef } = makeRegression({ nSamples: 5, nFeatures: 2, noise: 1, randomState: 42 });
 * [X.rows, y.length, coef.length]; // [5, 5, 2]
 */
export function makeRegression<const N extends number = 1>(
  params: Partial<MakeRegressionParams> & { readonly nTargets?: N } = {},
): RegressionData<N> {
  const given = checkParams('data by makeRegression', spec, params);
  const { nSamples, nFeatures, nTargets, bias, effectiveRank, tailStrength, noise } = given;
  const random = randomFrom(given.randomState);
  const X =
    effectiveRank === null
      ? normalMatrix(random, nSamples, nFeatures)
      : drawLowRank({ nSamples, nFeatures, effectiveRank, tailStrength }, random);
  const informative = uniformMatrix(random, Math.min(nFeatures, given.nInformative), nTargets);
  const coef = Matrix.zeros(nFeatures, nTargets);
  coef.data.set(informative.data.map(value => 100 * value));
  const y = matmul(X, coef).map(value => value + bias);
  if (noise > 0) addNoise(y, noise, random);
  if (!given.shuffle) return { X, y: perTarget<N>(y), coef: perTarget<N>(coef) };
  const rows = random.permutation(nSamples);
  const columns = random.permutation(nFeatures);
  return {
    X: X.takeRows(rows).takeColumns(columns),
    y: perTarget<N>(y.takeRows(rows)),
    coef: perTarget<N>(coef.takeRows(columns)),
  };
}

function perTarget<N extends number>(table: Matrix): PerTarget<N> {
  return (table.columns === 1 ? table.data : table) as PerTarget<N>;
}
