/** Numbers of one step, the same for all values. */
export interface AdamFactors {
  readonly beta1: number;
  readonly beta2: number;
  /** 1 / (1 - beta1^t), which undoes that the mean began at 0. */
  readonly scale: number;
  /** 1 / sqrt(1 - beta2^t), the same for the root of the mean square. */
  readonly root: number;
  readonly eps: number;
}

/** Arrays of one length: read are gradient, mean and square; written are mean and square, in place, and update. */
export interface AdamArrays {
  readonly gradient: Float32Array;
  readonly mean: Float32Array;
  readonly square: Float32Array;
  readonly update: Float32Array;
}

const { fround } = Math;

/**
 * m = b1 m + (1 - b1) g, v = b2 v + (1 - b2) g^2, update = scale m / (root sqrt(v) + eps), each operation rounded to
 * single precision.
 */
export function adamStep({ gradient, mean, square, update }: AdamArrays, factors: AdamFactors): void {
  const [beta1, beta2, rest1, rest2] = [factors.beta1, factors.beta2, 1 - factors.beta1, 1 - factors.beta2].map(
    fround,
  ) as [number, number, number, number];
  const [scale, root, eps] = [fround(factors.scale), fround(factors.root), fround(factors.eps)];
  for (let i = 0; i < gradient.length; i++) {
    const g = gradient[i]!;
    const m = fround(fround(beta1 * mean[i]!) + fround(rest1 * g));
    const v = fround(fround(beta2 * square[i]!) + fround(rest2 * fround(g * g)));
    mean[i] = m;
    square[i] = v;
    update[i] = fround(fround(scale * m) / fround(fround(root * fround(Math.sqrt(v))) + eps));
  }
}
