/** Numbers of one step, the same for all values. */
export interface AdamFactors {
  readonly beta1: number;
  readonly beta2: number;
  /** 1 / (1 - beta1^t), which undoes that the mean began at 0. */
  readonly scale: number;
  /** 1 / sqrt(1 - beta2^t), the same for the root of the mean square. */
  readonly root: number;
  readonly eps: number;
  /** What the update is multiplied by. Default 1. */
  readonly rate?: number;
}

/** Arrays of one length: the first three are read, the others written. */
export interface AdamArrays {
  readonly gradient: Float32Array;
  readonly mean: Float32Array;
  readonly square: Float32Array;
  readonly nextMean: Float32Array;
  readonly nextSquare: Float32Array;
  readonly update: Float32Array;
}

const { fround } = Math;

/**
 * Next m = b1 m + (1 - b1) g, next v = b2 v + (1 - b2) g^2, update = rate (scale m / (root sqrt(v) + eps)), each operation
 * rounded to single precision.
 */
export function adamStep(arrays: AdamArrays, factors: AdamFactors): void {
  const { gradient, mean, square, nextMean, nextSquare, update } = arrays;
  const [beta1, beta2, rest1, rest2] = [factors.beta1, factors.beta2, 1 - factors.beta1, 1 - factors.beta2].map(
    fround,
  ) as [number, number, number, number];
  const [scale, root, eps] = [fround(factors.scale), fround(factors.root), fround(factors.eps)];
  const rate = fround(factors.rate ?? 1);
  for (let i = 0; i < gradient.length; i++) {
    const g = gradient[i]!;
    const m = fround(fround(beta1 * mean[i]!) + fround(rest1 * g));
    const v = fround(fround(beta2 * square[i]!) + fround(rest2 * fround(g * g)));
    nextMean[i] = m;
    nextSquare[i] = v;
    update[i] = rate * fround(fround(scale * m) / fround(fround(root * fround(Math.sqrt(v))) + eps));
  }
}

/** Arrays of one length: the gradient is read, the others are changed in place. */
export interface DescentArrays {
  readonly gradient: Float32Array;
  readonly mean: Float32Array;
  readonly square: Float32Array;
  readonly parameters: Float32Array;
}

/** {@link adamStep} in place, with the update added to the parameters. */
export function adamDescend({ gradient, mean, square, parameters }: DescentArrays, factors: AdamFactors): void {
  const update = new Float32Array(gradient.length);
  adamStep({ gradient, mean, square, nextMean: mean, nextSquare: square, update }, factors);
  for (let i = 0; i < update.length; i++) parameters[i]! += update[i]!;
}
