/** Numbers of one step, the same for all values. */
export interface DescentFactors {
  readonly beta1: number;
  readonly beta2: number;
  /** The learning rate with the corrections of the means. */
  readonly rate: number;
  readonly epsilon: number;
}

/** Arrays of one length; all but the gradient are changed. */
export interface DescentArrays {
  readonly params: Float64Array;
  readonly gradient: Float64Array;
  readonly mean: Float64Array;
  readonly square: Float64Array;
}

/** m = b1 m + (1 - b1) g, v = b2 v + (1 - b2) g^2, p = p - rate m / (sqrt(v) + epsilon), in place. */
export function descendByAdam({ params, gradient, mean, square }: DescentArrays, factors: DescentFactors): void {
  const { beta1, beta2, rate, epsilon } = factors;
  for (let at = 0; at < params.length; at++) {
    const slope = gradient[at]!;
    const m = beta1 * mean[at]! + (1 - beta1) * slope;
    const v = beta2 * square[at]! + (1 - beta2) * (slope * slope);
    mean[at] = m;
    square[at] = v;
    params[at]! -= (rate * m) / (Math.sqrt(v) + epsilon);
  }
}
