import type { Matrix, MatrixLike } from '../../array/index.ts';
import { show } from '../../errors/index.ts';
import { badInput, badOption, checkOneOf, readOptions, readTable } from '../inputs/index.ts';
import { cosineSimilarity } from './distances.ts';
import {
  additiveChi2Kernel,
  chi2Kernel,
  laplacianKernel,
  linearKernel,
  type PolynomialOptions,
  polynomialKernel,
  rbfKernel,
  sigmoidKernel,
} from './kernels.ts';
import { forEachPair, readPair } from './pair.ts';

/** The kernels that have a name. */
export type KernelName =
  | 'additiveChi2'
  | 'chi2'
  | 'linear'
  | 'poly'
  | 'polynomial'
  | 'rbf'
  | 'laplacian'
  | 'sigmoid'
  | 'cosine';

/** A function of two rows. */
export type RowKernel = (a: Float64Array, b: Float64Array) => number;

export interface PairwiseKernelsOptions extends PolynomialOptions {
  /** A kernel by its name, one of the caller's own, or X as a kernel matrix already. @default 'linear' */
  readonly metric?: KernelName | 'precomputed' | RowKernel;
  /** Passes over parameters that the kernel does not have, instead of refusing them. @default false */
  readonly filterParams?: boolean;
}

type KernelParam = keyof PolynomialOptions;

interface NamedKernel {
  readonly params: readonly KernelParam[];
  readonly compute: (X: MatrixLike, Y: MatrixLike | null, params: PolynomialOptions) => Matrix;
}

const POLYNOMIAL: NamedKernel = { params: ['gamma', 'degree', 'coef0'], compute: polynomialKernel };

const KERNELS: Readonly<Record<KernelName, NamedKernel>> = {
  additiveChi2: { params: [], compute: (X, Y) => additiveChi2Kernel(X, Y) },
  chi2: { params: ['gamma'], compute: (X, Y, { gamma }) => chi2Kernel(X, Y, gamma == null ? {} : { gamma }) },
  cosine: { params: [], compute: (X, Y) => cosineSimilarity(X, Y) },
  linear: { params: [], compute: (X, Y) => linearKernel(X, Y) },
  poly: POLYNOMIAL,
  polynomial: POLYNOMIAL,
  rbf: { params: ['gamma'], compute: rbfKernel },
  laplacian: { params: ['gamma'], compute: laplacianKernel },
  sigmoid: { params: ['gamma', 'coef0'], compute: sigmoidKernel },
};

/**
 * A kernel of each row of X and each row of Y, by the name of the kernel or by a function of two rows.
 * Time O(n m features).
 *
 * @param X n × features, or n × m kernel values where `metric` is 'precomputed'
 * @param Y m × features; X itself where null
 * @returns n × m
 * @throws InvalidInputError on tables that are empty, not finite, or of different widths
 * @throws InvalidParamError on an unknown kernel, and on parameters it does not have
 *
 * @example
 * import { pairwiseKernels } from 'fitwise';
 * pairwiseKernels([[1, 2]], [[3, 4]], { metric: 'poly', degree: 2, gamma: 1, coef0: 0 }).toArray(); // [[121]]
 */
export function pairwiseKernels(
  X: MatrixLike,
  Y: MatrixLike | null = null,
  options: PairwiseKernelsOptions = {},
): Matrix {
  const metric = 'pairwiseKernels';
  const {
    metric: choice,
    filterParams,
    ...given
  } = readOptions(metric, options, {
    metric: 'linear',
    filterParams: false,
    gamma: undefined,
    coef0: undefined,
    degree: undefined,
  });
  if (choice === 'precomputed') return readKernel(metric, X, Y);
  if (typeof choice === 'function') return forEachPair(readPair(metric, X, Y), choice);
  checkOneOf(metric, 'metric', choice, [...Object.keys(KERNELS), 'precomputed']);
  const { params, compute } = KERNELS[choice];
  const passed = Object.entries(given).filter(([name, value]) => {
    const isKnown = params.includes(name as KernelParam);
    if (value !== undefined && !isKnown && !filterParams) {
      throw badOption(metric, { rule: `${name} must be absent for the ${choice} kernel`, received: show(value) });
    }
    return isKnown && value !== undefined;
  });
  return compute(X, Y, Object.fromEntries(passed));
}

function readKernel(metric: string, X: MatrixLike, Y: MatrixLike | null): Matrix {
  const kernel = readTable(metric, 'X', X);
  const width = Y === null ? kernel.rows : readTable(metric, 'Y', Y).rows;
  if (kernel.columns === width) return kernel;
  throw badInput(metric, {
    rule: `X must have one precomputed value per row of ${Y === null ? 'X' : 'Y'} (${width})`,
    received: `${kernel.columns} columns`,
  });
}
