import { perParameter } from './transform.ts';

export interface ScaleByAdamOptions {
  /** Default [0.9, 0.999]. */
  readonly betas?: readonly [number, number] | undefined;
  /** Default 1e-8. */
  readonly eps?: number | undefined;
}

/**
 * m = b1 m + (1 - b1) g, v = b2 v + (1 - b2) g^2; gives m / (1 - b1^t) over sqrt(v / (1 - b2^t)) + eps (D. P. Kingma
 * and J. Ba, "Adam: a method for stochastic optimization", 2015, algorithm 1).
 */
export function scaleByAdam({ betas: [beta1, beta2] = [0.9, 0.999], eps = 1e-8 }: ScaleByAdamOptions = {}) {
  return perParameter({
    settings: { beta1 },
    start: ({ size }) => ({ decay1: 1, decay2: 1, mean: new Float32Array(size), square: new Float32Array(size) }),
    step: (gradient, slot, { beta1 }) => {
      const { length } = gradient;
      const [decay1, decay2] = [slot.decay1 * beta1, slot.decay2 * beta2];
      const [mean, square, update] = [new Float32Array(length), new Float32Array(length), new Float32Array(length)];
      const root = Math.sqrt(1 - decay2);
      for (let i = 0; i < length; i++) {
        const g = gradient[i]!;
        const m = beta1 * slot.mean[i]! + (1 - beta1) * g;
        const v = beta2 * slot.square[i]! + (1 - beta2) * g * g;
        mean[i] = m;
        square[i] = v;
        update[i] = m / (1 - decay1) / (Math.sqrt(v) / root + eps);
      }
      return [update, { decay1, decay2, mean, square }];
    },
  });
}
