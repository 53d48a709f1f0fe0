import { adamStepInto } from '../../kernels/index.ts';
import { wholePower } from '../ops/whole-power.ts';
import { perParameter } from './transform.ts';

export interface ScaleByAdamOptions {
  /** Decay of the means of the gradient and of its square. Default [0.9, 0.999]. */
  readonly betas?: readonly [number, number] | undefined;
  /** Added to the root of the mean square. Default 1e-8. */
  readonly eps?: number | undefined;
}

/**
 * m = b1 m + (1 - b1) g, v = b2 v + (1 - b2) g^2; gives m / (1 - b1^t) over sqrt(v / (1 - b2^t)) + eps (D. P. Kingma
 * and J. Ba, "Adam: a method for stochastic optimization", 2015, algorithm 1). Schedules change b1 as `momentum`.
 */
export function scaleByAdam({ betas: [beta1, beta2] = [0.9, 0.999], eps = 1e-8 }: ScaleByAdamOptions = {}) {
  return perParameter({
    settings: { momentum: beta1 },
    start: ({ size }) => ({ step: 0, mean: new Float32Array(size), square: new Float32Array(size) }),
    step: (gradient, slot, { momentum: beta1 }) => {
      const step = slot.step + 1;
      const { length } = gradient;
      const update = new Float32Array(length);
      const [mean, square] = [new Float32Array(length), new Float32Array(length)];
      const [scale, root] = corrections(beta1, beta2, step);
      const next = { nextMean: mean, nextSquare: square, update };
      adamStepInto({ gradient, mean: slot.mean, square: slot.square, ...next }, { beta1, beta2, scale, root, eps });
      return [update, { step, mean, square }];
    },
    stepOn: (device, gradient, slot, { momentum: beta1 }) => {
      const step = slot.step + 1;
      const mean = device.map('weightedSum', [slot.mean, gradient, beta1, 1 - beta1]);
      const square = device.map('weightedSquare', [slot.square, gradient, beta2, 1 - beta2]);
      const [scale, root] = corrections(beta1, beta2, step);
      return [device.map('overRoot', [mean, square, scale, root, eps]), { step, mean, square }];
    },
  });
}

/** What brings the means, which start at 0, to their size after so many steps. */
function corrections(beta1: number, beta2: number, step: number): readonly [scale: number, root: number] {
  return [1 / (1 - wholePower(beta1, step)), 1 / Math.sqrt(1 - wholePower(beta2, step))];
}
