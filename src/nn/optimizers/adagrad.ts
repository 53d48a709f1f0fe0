import { addDecayedWeights } from './add-decayed-weights.ts';
import { scaleByLearningRate } from './scale-by-learning-rate.ts';
import { chain, perParameter, type Transform } from './transform.ts';

export interface AdagradOptions {
  /** Learning rate. Default 0.01. */
  readonly lr?: number;
  /** The rate of step t is lr / (1 + (t - 1) lrDecay). Default 0. */
  readonly lrDecay?: number;
  /** Penalty of the squared weights, as a part of the gradient. Default 0. */
  readonly weightDecay?: number;
  /** Where the sums of squares start. Default 0. */
  readonly initialAccumulator?: number;
  /** Added to their roots. Default 1e-10. */
  readonly eps?: number;
}

/** The gradient over the root of the sum of all squared gradients so far (J. Duchi, E. Hazan and Y. Singer, 2011). */
export function adagrad(options: AdagradOptions = {}): Transform {
  const { lr = 0.01, lrDecay = 0, weightDecay = 0, initialAccumulator = 0, eps = 1e-10 } = options;
  return chain(
    ...(weightDecay === 0 ? [] : [addDecayedWeights(weightDecay)]),
    scaleBySumOfSquares({ lrDecay, initialAccumulator, eps }),
    scaleByLearningRate(lr),
  );
}

/** s = s + g^2; gives g / (sqrt(s) + eps) over 1 + (t - 1) lrDecay. */
export function scaleBySumOfSquares({
  lrDecay,
  initialAccumulator,
  eps,
}: Required<Pick<AdagradOptions, 'lrDecay' | 'initialAccumulator' | 'eps'>>) {
  return perParameter({
    settings: {},
    start: ({ size }) => ({ step: 0, sum: new Float32Array(size).fill(initialAccumulator) }),
    step: (gradient, slot) => {
      const [sum, update] = [new Float32Array(gradient.length), new Float32Array(gradient.length)];
      const share = 1 / (1 + slot.step * lrDecay);
      for (let i = 0; i < update.length; i++) {
        const g = gradient[i]!;
        sum[i] = slot.sum[i]! + g * g;
        update[i] = (share * g) / (Math.sqrt(sum[i]!) + eps);
      }
      return [update, { step: slot.step + 1, sum }];
    },
  });
}
