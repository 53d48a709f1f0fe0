import { checkParams, type OptionsOf, type ParamsOf, real } from '../../check/index.ts';
import { addDecayedWeights } from './add-decayed-weights.ts';
import { epsilon, learningRate, weightDecay } from './rules.ts';
import { scaleByLearningRate } from './scale-by-learning-rate.ts';
import { chain, perParameter, type Transform } from './transform.ts';

const spec = {
  /** Learning rate. Default 0.01. */
  lr: learningRate(0.01),
  /** The rate of step t is lr / (1 + (t - 1) lrDecay). Default 0. */
  lrDecay: real({ min: 0, default: 0 }),
  /** Penalty of the squared weights, as a part of the gradient. Default 0. */
  weightDecay: weightDecay(),
  /** Where the sums of squares start. Default 0. */
  initialAccumulator: real({ min: 0, default: 0 }),
  /** Added to their roots. Default 1e-10. */
  eps: epsilon(1e-10),
};

export type AdagradOptions = OptionsOf<typeof spec>;

/**
 * The gradient over the root of the sum of all squared gradients so far (J. Duchi, E. Hazan and Y. Singer, 2011).
 *
 * @throws InvalidParamError on options that are wrong
 */
export function adagrad(options: AdagradOptions = {}): Transform {
  const { lr, lrDecay, weightDecay, initialAccumulator, eps } = checkParams('adagrad', spec, options);
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
}: Pick<ParamsOf<typeof spec>, 'lrDecay' | 'initialAccumulator' | 'eps'>) {
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
    stepOn: (device, gradient, slot) => {
      const sum = device.map('weightedSquare', [slot.sum, gradient, 1, 1]);
      const share = 1 / (1 + slot.step * lrDecay);
      return [device.map('overRoot', [gradient, sum, share, 1, eps]), { step: slot.step + 1, sum }];
    },
  });
}
