import type { Matrix } from '../array/index.ts';
import { checkParams, integer, type ParamsOf, real, seed } from '../check/index.ts';
import { type RandomState, randomFrom } from '../random/index.ts';
import { uniformMatrix } from './drawn.ts';

const spec = {
  nSamples: integer({ min: 1, default: 100 }),
  /** Standard deviation of the normal noise added to `y`. */
  noise: real({ min: 0, default: 0 }),
  randomState: seed(),
};
const spec1 = {
  ...spec,
  /** At least 5; the others do not matter to `y`. */
  nFeatures: integer({ min: 5, default: 10 }),
};
export type MakeFriedman1Params = ParamsOf<typeof spec1>;
export type MakeFriedman2Params = ParamsOf<typeof spec>;
export type MakeFriedman3Params = ParamsOf<typeof spec>;

export interface FriedmanData {
  /** shape (nSamples, nFeatures) */
  readonly X: Matrix;
  /** shape (nSamples,) */
  readonly y: Float64Array;
}

/**
 * Friedman's first regression problem, y = 10 sin(pi x0 x1) + 20 (x2 - 0.5)^2 + 10 x3 + 5 x4 + noise, of uniform
 * features; scikit-learn's numbers for the same integer seed.
 *
 * Source: J. H. Friedman, "Multivariate adaptive regression splines", Annals of Statistics 19 (1991), 4.3.
 *
 * @returns `X` (nSamples, nFeatures) in [0, 1), `y` (nSamples,)
 * @throws InvalidParamError on a parameter outside its rule
 *
 * @example
 * import { makeFriedman1 } from 'fitwise';
 * const { X, y } = makeFriedman1({ randomState: 42 });
 * [X.columns, y.length]; // [10, 100]
 */
export function makeFriedman1(params: Partial<MakeFriedman1Params> = {}): FriedmanData {
  const { nSamples, nFeatures, noise, randomState } = checkParams('data by makeFriedman1', spec1, params);
  const random = randomFrom(randomState);
  const X = uniformMatrix(random, nSamples, nFeatures);
  const y = response(X, noise, random, ([x0 = 0, x1 = 0, x2 = 0, x3 = 0, x4 = 0]) => {
    const bend = x2 - 0.5;
    return 10 * Math.sin(Math.PI * x0 * x1) + 20 * (bend * bend) + 10 * x3 + 5 * x4;
  });
  return { X, y };
}

/**
 * Friedman's second regression problem, the impedance y = sqrt(x0^2 + (x1 x2 - 1 / (x1 x3))^2) + noise of a circuit;
 * scikit-learn's numbers for the same integer seed.
 *
 * Source: J. H. Friedman, "Multivariate adaptive regression splines", Annals of Statistics 19 (1991), 4.4.2.
 *
 * @returns `X` (nSamples, 4) with x0 in [0, 100), x1 in [40 pi, 560 pi), x2 in [0, 1), x3 in [1, 11); `y` (nSamples,)
 * @throws InvalidParamError on a parameter outside its rule
 *
 * @example
 * import { makeFriedman2 } from 'fitwise';
 * makeFriedman2({ randomState: 42 }).X.columns; // 4
 */
export function makeFriedman2(params: Partial<MakeFriedman2Params> = {}): FriedmanData {
  return makeCircuit('data by makeFriedman2', params, (x0, reactance) => Math.sqrt(x0 * x0 + reactance * reactance));
}

/**
 * Friedman's third regression problem, the phase y = arctan((x1 x2 - 1 / (x1 x3)) / x0) + noise of a circuit;
 * scikit-learn's numbers for the same integer seed.
 *
 * Source: J. H. Friedman, "Multivariate adaptive regression splines", Annals of Statistics 19 (1991), 4.4.2.
 *
 * @returns `X` (nSamples, 4) as by `makeFriedman2`, `y` (nSamples,)
 * @throws InvalidParamError on a parameter outside its rule
 *
 * @example
 * import { makeFriedman3 } from 'fitwise';
 * makeFriedman3({ randomState: 42 }).y.length; // 100
 */
export function makeFriedman3(params: Partial<MakeFriedman3Params> = {}): FriedmanData {
  return makeCircuit('data by makeFriedman3', params, (x0, reactance) => Math.atan(reactance / x0));
}

function makeCircuit(
  owner: string,
  params: Partial<MakeFriedman2Params>,
  measure: (x0: number, reactance: number) => number,
): FriedmanData {
  const { nSamples, noise, randomState } = checkParams(owner, spec, params);
  const random = randomFrom(randomState);
  const X = uniformMatrix(random, nSamples, 4);
  for (let i = 0; i < nSamples; i++) {
    const row = X.row(i);
    row[0]! *= 100;
    row[1] = row[1]! * (520 * Math.PI) + 40 * Math.PI;
    row[3] = row[3]! * 10 + 1;
  }
  const y = response(X, noise, random, ([x0 = 0, x1 = 0, x2 = 0, x3 = 0]) => measure(x0, x1 * x2 - 1 / (x1 * x3)));
  return { X, y };
}

function response(X: Matrix, noise: number, random: RandomState, f: (row: Float64Array) => number): Float64Array {
  return random.standardNormal(X.rows).map((normal, i) => f(X.row(i)) + noise * normal);
}
