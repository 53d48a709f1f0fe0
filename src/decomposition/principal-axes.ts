import { Matrix } from '../array/index.ts';
import { checkMatrix } from '../check/index.ts';
import type { Products } from '../kernels/index.ts';
import { type CentredGram, centredGramWork, eighWork, rightSvdWork, svdFlip } from '../linalg/index.ts';
import type { Work } from '../work/index.ts';
import { centre, eachRow } from './project-centred.ts';

/** Principal axes in descending order of the variance along them. */
export interface PrincipalAxes {
  readonly mean: Float64Array;
  /** components × features; in each row the entry of largest size is positive. */
  readonly axes: Matrix;
  /** Variance along each axis (divided by nSamples - 1). */
  readonly variances: Float64Array;
  readonly singularValues: Float64Array;
  /** Summed variance of all features. */
  readonly totalVariance: number;
}

/** All axes from the singular value decomposition of the centred samples. */
export function* axesBySvd(X: Matrix): Work<PrincipalAxes> {
  const mean = yield* columnMeans(X);
  const { singularValues, Vt } = yield* rightSvdWork(X, mean);
  const { Vt: axes } = svdFlip({ U: Matrix.zeros(0, Vt.rows), singularValues, Vt }, { basis: 'v' });
  const variances = singularValues.map(value => (value * value) / (X.rows - 1));
  return { mean, axes, variances, singularValues, totalVariance: sum(variances) };
}

/**
 * All axes from the eigenvectors of the covariance matrix: cheap where there are many more samples than features.
 *
 * @throws InvalidInputError if X is not finite: then neither are the means.
 */
export function* axesByCovariance(X: Matrix, products: Products, action: string): Work<PrincipalAxes> {
  const { mean, gram: covariance } = yield* products.backend === 'cpu'
    ? centredGramWork([X], { center: true })
    : gramOnDevice(checkMatrix(X, action), products);
  if (!Number.isFinite(sum(mean))) checkMatrix(X, action);
  for (let at = 0; at < covariance.data.length; at++) covariance.data[at]! /= X.rows - 1;
  const { eigenvalues, eigenvectors } = yield* eighWork(covariance);
  const variances = eigenvalues
    .slice()
    .reverse()
    .map(value => Math.max(value, 0));
  const order = Int32Array.from(variances, (_, k) => X.columns - 1 - k);
  const Vt = eigenvectors.takeRows(order);
  const singularValues = variances.map(value => Math.sqrt(value * (X.rows - 1)));
  const { Vt: axes } = svdFlip({ U: Matrix.zeros(0, Vt.rows), singularValues, Vt }, { basis: 'v' });
  return { mean, axes, variances, singularValues, totalVariance: sum(variances) };
}

function* gramOnDevice(X: Matrix, products: Products): Work<CentredGram> {
  const mean = yield* columnMeans(X);
  return { mean, gram: yield* products.gram(yield* centre(X, mean)) };
}

/** The axes that a truncated decomposition of the centred samples gives. */
export function* axesByTruncatedSvd(
  X: Matrix,
  decompose: (
    centred: Matrix,
  ) => Work<{ readonly U: Matrix; readonly singularValues: Float64Array; readonly Vt: Matrix }>,
): Work<PrincipalAxes> {
  const mean = yield* columnMeans(X);
  const centred = yield* centre(X, mean);
  const svd = yield* decompose(centred);
  const { Vt: axes } = svdFlip(svd, { basis: 'v' });
  const variances = svd.singularValues.map(value => (value * value) / (X.rows - 1));
  const totalVariance = centred.data.reduce((total, value) => total + value * value, 0) / (X.rows - 1);
  return { mean, axes, variances, singularValues: svd.singularValues, totalVariance };
}

function* columnMeans(X: Matrix): Work<Float64Array> {
  const mean = new Float64Array(X.columns);
  yield* eachRow(X, at => {
    for (let j = 0; j < X.columns; j++) mean[j]! += X.data[at + j]!;
  });
  return mean.map(value => value / X.rows);
}

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0);
}
