import type { Matrix, MatrixLike } from '../../array/index.ts';
import { show } from '../../errors/index.ts';
import { badInput, checkNumber, readOptions } from '../inputs/index.ts';
import { dot, forEachPair, type Pair, readPair } from './pair.ts';
import { manhattan, squaredEuclidean } from './row-distances.ts';

export interface GammaOptions {
  /** Coefficient of the distance or product. @default null, 1 / features */
  readonly gamma?: number | null;
}

export interface SigmoidOptions extends GammaOptions {
  /** Added to the product. @default 1 */
  readonly coef0?: number;
}

export interface PolynomialOptions extends SigmoidOptions {
  /** Power of the product, >= 1. @default 3 */
  readonly degree?: number;
}

/**
 * The product of each row of X and each row of Y, `x . y`. Time O(n m features).
 *
 * @param X n × features
 * @param Y m × features; X itself where null
 * @returns n × m
 * @throws InvalidInputError on tables that are empty, not finite, or of different widths
 *
 * @example
 * import { linearKernel } from 'fitwise';
 * linearKernel([[1, 2]], [[3, 4], [0, 1]]).toArray(); // [[11, 2]]
 */
export function linearKernel(X: MatrixLike, Y: MatrixLike | null = null): Matrix {
  return forEachPair(readPair('linearKernel', X, Y), dot);
}

/**
 * The polynomial kernel `(gamma x . y + coef0)^degree`. Time O(n m features).
 *
 * @param X n × features
 * @param Y m × features; X itself where null
 * @returns n × m; NaN where a fractional degree meets a negative base
 * @throws InvalidInputError on tables that are empty, not finite, or of different widths
 * @throws InvalidParamError on a negative gamma, or a degree below 1
 *
 * @example
 * import { polynomialKernel } from 'fitwise';
 * polynomialKernel([[1, 2]], [[3, 4]], { degree: 2, gamma: 1 }).toArray(); // [[144]]
 */
export function polynomialKernel(X: MatrixLike, Y: MatrixLike | null = null, options: PolynomialOptions = {}): Matrix {
  const metric = 'polynomialKernel';
  const { gamma, coef0, degree } = readOptions(metric, options, { gamma: null, coef0: 1, degree: 3 });
  const pair = readPair(metric, X, Y);
  const scale = readGamma(metric, gamma, pair, 0);
  checkNumber(metric, 'coef0', coef0, 'a finite number', Number.isFinite);
  checkNumber(metric, 'degree', degree, 'a finite number >= 1', value => value >= 1 && Number.isFinite(value));
  return forEachPair(pair, (a, b) => power(scale * dot(a, b) + coef0, degree));
}

/**
 * The sigmoid kernel `tanh(gamma x . y + coef0)`. Time O(n m features).
 *
 * @param X n × features
 * @param Y m × features; X itself where null
 * @returns n × m
 * @throws InvalidInputError on tables that are empty, not finite, or of different widths
 * @throws InvalidParamError on a negative gamma
 *
 * @example
 * import { sigmoidKernel } from 'fitwise';
 * sigmoidKernel([[1, -1]], [[1, 1]], { coef0: 0 }).toArray(); // [[0]]
 */
export function sigmoidKernel(X: MatrixLike, Y: MatrixLike | null = null, options: SigmoidOptions = {}): Matrix {
  const metric = 'sigmoidKernel';
  const { gamma, coef0 } = readOptions(metric, options, { gamma: null, coef0: 1 });
  const pair = readPair(metric, X, Y);
  const scale = readGamma(metric, gamma, pair, 0);
  checkNumber(metric, 'coef0', coef0, 'a finite number', Number.isFinite);
  return forEachPair(pair, (a, b) => Math.tanh(scale * dot(a, b) + coef0));
}

/**
 * The radial basis function kernel `exp(-gamma |x - y|^2)`. Time O(n m features).
 *
 * @param X n × features
 * @param Y m × features; X itself where null
 * @returns n × m, in [0, 1]
 * @throws InvalidInputError on tables that are empty, not finite, or of different widths
 * @throws InvalidParamError on a negative gamma
 *
 * @example
 * import { rbfKernel } from 'fitwise';
 * rbfKernel([[0], [1]], null, { gamma: 1 }).get(0, 1); // 0.367...
 */
export function rbfKernel(X: MatrixLike, Y: MatrixLike | null = null, options: GammaOptions = {}): Matrix {
  const metric = 'rbfKernel';
  const { gamma } = readOptions(metric, options, { gamma: null });
  const pair = readPair(metric, X, Y);
  const scale = readGamma(metric, gamma, pair, 0);
  return forEachPair(pair, (a, b) => Math.exp(-scale * squaredEuclidean(a, b)));
}

/**
 * The Laplacian kernel `exp(-gamma |x - y|_1)`. Time O(n m features).
 *
 * @param X n × features
 * @param Y m × features; X itself where null
 * @returns n × m, in [0, 1]
 * @throws InvalidInputError on tables that are empty, not finite, or of different widths
 * @throws InvalidParamError on a gamma that is not positive
 *
 * @example
 * import { laplacianKernel } from 'fitwise';
 * laplacianKernel([[0], [1]], null, { gamma: 1 }).get(0, 1); // 0.367...
 */
export function laplacianKernel(X: MatrixLike, Y: MatrixLike | null = null, options: GammaOptions = {}): Matrix {
  const metric = 'laplacianKernel';
  const { gamma } = readOptions(metric, options, { gamma: null });
  const pair = readPair(metric, X, Y);
  const scale = readGamma(metric, gamma, pair, Number.MIN_VALUE);
  return forEachPair(pair, (a, b) => Math.exp(-scale * manhattan(a, b)));
}

/**
 * The additive chi-squared kernel of histograms, `-sum (x - y)^2 / (x + y)`. Time O(n m features).
 *
 * @param X n × features, >= 0
 * @param Y m × features, >= 0; X itself where null
 * @returns n × m, at most 0
 * @throws InvalidInputError on negative values, and on tables that are empty, not finite, or of different widths
 *
 * @example
 * import { additiveChi2Kernel } from 'fitwise';
 * additiveChi2Kernel([[1, 3]], [[3, 1]]).toArray(); // [[-2]]
 */
export function additiveChi2Kernel(X: MatrixLike, Y: MatrixLike | null = null): Matrix {
  return forEachPair(readHistograms('additiveChi2Kernel', X, Y), chiSquared);
}

export interface Chi2Options {
  /** Coefficient of the sum, > 0. @default 1 */
  readonly gamma?: number;
}

/**
 * The exponential chi-squared kernel of histograms, `exp(-gamma sum (x - y)^2 / (x + y))`. Time O(n m features).
 *
 * @param X n × features, >= 0
 * @param Y m × features, >= 0; X itself where null
 * @returns n × m, in [0, 1]
 * @throws InvalidInputError on negative values, and on tables that are empty, not finite, or of different widths
 * @throws InvalidParamError on a gamma that is not positive
 *
 * @example
 * import { chi2Kernel } from 'fitwise';
 * chi2Kernel([[1, 3]], [[3, 1]]).get(0, 0); // 0.135...
 */
export function chi2Kernel(X: MatrixLike, Y: MatrixLike | null = null, options: Chi2Options = {}): Matrix {
  const metric = 'chi2Kernel';
  const { gamma } = readOptions(metric, options, { gamma: 1 });
  const pair = readHistograms(metric, X, Y);
  const scale = readGamma(metric, gamma, pair, Number.MIN_VALUE);
  return forEachPair(pair, (a, b) => Math.exp(scale * chiSquared(a, b)));
}

function readGamma(metric: string, gamma: number | null, { X }: Pair, least: number): number {
  const expected = `null or a finite number ${least === 0 ? '>=' : '>'} 0`;
  checkNumber(metric, 'gamma', gamma ?? 1, expected, value => value >= least && Number.isFinite(value));
  return gamma ?? 1 / X.columns;
}

/** `base ** exponent`, without the platform's power of fractions, whose last bits vary. */
function power(base: number, exponent: number): number {
  if (Number.isInteger(exponent)) return base ** exponent;
  return base === 0 ? 0 : Math.exp(exponent * Math.log(base));
}

function readHistograms(metric: string, X: MatrixLike, Y: MatrixLike | null): Pair {
  const pair = readPair(metric, X, Y);
  for (const [name, table] of [['X', pair.X] as const, ['Y', pair.Y] as const]) {
    const negative = table.data.find(value => value < 0);
    if (negative !== undefined) throw badInput(metric, { rule: `${name} must be >= 0`, received: show(negative) });
  }
  return pair;
}

function chiSquared(a: Float64Array, b: Float64Array): number {
  let total = 0;
  for (let k = 0; k < a.length; k++) {
    const [difference, whole] = [a[k]! - b[k]!, a[k]! + b[k]!];
    if (whole !== 0) total -= (difference * difference) / whole;
  }
  return total;
}
