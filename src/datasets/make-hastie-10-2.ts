import type { Matrix } from '../array/index.ts';
import { checkParams, integer, type ParamsOf, seed } from '../check/index.ts';
import { randomFrom } from '../random/index.ts';
import { normalMatrix } from './drawn.ts';

const spec = {
  nSamples: integer({ min: 1, default: 12000 }),
  randomState: seed(),
};
export type MakeHastie102Params = ParamsOf<typeof spec>;

/** The median of a chi-squared variable of ten degrees of freedom, as the book rounds it. */
const MEDIAN = 9.34;

/**
 * Ten standard normal features and the class 1 where their squares sum to more than 9.34, else -1; scikit-learn's
 * numbers for the same integer seed.
 *
 * Source: T. Hastie, R. Tibshirani and J. Friedman, "The Elements of Statistical Learning", 2nd edition (2009), (10.2).
 *
 * @returns `X` (nSamples, 10), `y` of 1 and -1
 * @throws InvalidParamError on a parameter outside its rule
 *
 * @example
 * import { makeHastie102 } from 'fitwise';
 * makeHastie102({ nSamples: 100, randomState: 42 }).X.columns; // 10
 */
export function makeHastie102(params: Partial<MakeHastie102Params> = {}): { X: Matrix; y: number[] } {
  const { nSamples, randomState } = checkParams('data by makeHastie102', spec, params);
  const X = normalMatrix(randomFrom(randomState), nSamples, 10);
  const y = Array.from({ length: nSamples }, (_, i) =>
    X.row(i).reduce((sum, value) => sum + value * value, 0) > MEDIAN ? 1 : -1,
  );
  return { X, y };
}
