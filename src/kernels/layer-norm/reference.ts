/** Normalisation of rows in single precision; moments and sums are kept in double, summed in order. */

/** Numbers of each row: its mean, and one over the root of its variance plus eps. */
export interface RowMoments {
  readonly means: Float64Array;
  readonly scales: Float64Array;
}

/** Factor and summand of each column; null for ones and zeros. */
export interface Affine {
  readonly weight: Float32Array | null;
  readonly bias: Float32Array | null;
}
