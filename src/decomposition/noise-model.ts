import type { Matrix } from '../array/index.ts';
import { InvalidInputError } from '../errors/index.ts';
import { matmulWork } from '../kernels/index.ts';
import type { Work } from '../work/index.ts';

/** Probabilistic PCA: signal along axes, and the same noise variance in every direction. */
export interface NoiseModel {
  /** components × features, orthonormal rows. */
  readonly axes: Matrix;
  readonly mean: Float64Array;
  /** Variance along each axis beyond the noise. */
  readonly signal: Float64Array;
  readonly noiseVariance: number;
}

/** C = A' diag(s) A + σ² I, for axes A, signal s and noise variance σ². */
export function covarianceOf({ axes, signal, noiseVariance }: NoiseModel): Work<Matrix> {
  return diagonalPlus(axes, signal, noiseVariance);
}

/**
 * C⁻¹. As the axes are orthonormal, each direction is inverted by itself: s + σ² along an axis, σ² across.
 *
 * @throws InvalidInputError if there is neither noise nor signal in some direction.
 */
export function precisionOf({ axes, signal, noiseVariance }: NoiseModel): Work<Matrix> {
  const isSingular = noiseVariance === 0 && (axes.rows < axes.columns || signal.some(value => value <= 0));
  if (isSingular) {
    throw new InvalidInputError({
      action: 'invert the covariance of PCA',
      rule: 'every direction must have variance',
      received: 'a singular covariance',
      repair: 'keep fewer components, so that there is noise',
    });
  }
  const across = noiseVariance === 0 ? 0 : 1 / noiseVariance;
  const along = signal.map(value => 1 / (value + noiseVariance) - across);
  return diagonalPlus(axes, along, across);
}

/** log N(x | mean, C) of each sample, in the axes' own coordinates. */
export function* logLikelihood(X: Matrix, model: NoiseModel): Work<Float64Array> {
  const precision = yield* precisionOf(model);
  const { mean, signal, noiseVariance, axes } = model;
  const centred = X.map((value, _, j) => value - mean[j]!);
  const product = yield* matmulWork(centred, precision);
  let logDeterminant = (axes.columns - axes.rows) * (noiseVariance === 0 ? 0 : Math.log(noiseVariance));
  for (const value of signal) logDeterminant += Math.log(value + noiseVariance);
  const constant = axes.columns * Math.log(2 * Math.PI) + logDeterminant;
  return Float64Array.from({ length: X.rows }, (_, i) => {
    const row = centred.row(i);
    const image = product.row(i);
    let square = 0;
    for (let j = 0; j < row.length; j++) square += row[j]! * image[j]!;
    return -0.5 * (square + constant);
  });
}

/** A' diag(weights) A + shift I. */
function* diagonalPlus(axes: Matrix, weights: Float64Array, shift: number): Work<Matrix> {
  const weighted = axes.map((value, k) => value * weights[k]!);
  const result = yield* matmulWork(axes, weighted, { transposeA: true });
  for (let j = 0; j < result.columns; j++) result.data[j * result.columns + j]! += shift;
  return result;
}
