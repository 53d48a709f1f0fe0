import { boolean, checkParams, type OptionsOf, real } from '../../check/index.ts';
import { addDecayedWeights } from './add-decayed-weights.ts';
import { epsilon, learningRate, weightDecay } from './rules.ts';
import { scaleByLearningRate } from './scale-by-learning-rate.ts';
import { trace } from './trace.ts';
import { chain, perParameter, type Transform } from './transform.ts';

const spec = {
  /** Learning rate. Default 0.01. */
  lr: learningRate(0.01),
  /** Decay of the mean square. Default 0.99. */
  alpha: real({ min: 0, max: 1, default: 0.99 }),
  /** Added to its root. Default 1e-8. */
  eps: epsilon(1e-8),
  /** Penalty of the squared weights, as a part of the gradient. Default 0. */
  weightDecay: weightDecay(),
  /** Share of the last step that is kept. Default 0. */
  momentum: real({ min: 0, default: 0 }),
  /** Divide by the deviation of the gradient instead of its mean square. Default false. */
  centered: boolean({ default: false }),
};

export type RmspropOptions = OptionsOf<typeof spec>;

/**
 * The gradient over the root of its mean square (T. Tieleman and G. Hinton, 2012; centered: A. Graves, 2013).
 *
 * @throws InvalidParamError on options that are wrong
 */
export function rmsprop(options: RmspropOptions = {}): Transform {
  const { lr, alpha, eps, weightDecay, momentum, centered } = checkParams('rmsprop', spec, options);
  return chain(
    ...(weightDecay === 0 ? [] : [addDecayedWeights(weightDecay)]),
    centered ? scaleByDeviation(alpha, eps) : scaleByMeanSquare(alpha, eps),
    ...(momentum === 0 ? [] : [trace({ momentum })]),
    scaleByLearningRate(lr),
  );
}

/** v = a v + (1 - a) g^2; gives g / (sqrt(v) + eps). */
export function scaleByMeanSquare(alpha: number, eps: number) {
  return perParameter({
    settings: {},
    start: ({ size }) => ({ square: new Float32Array(size) }),
    step: (gradient, slot) => {
      const [square, update] = [new Float32Array(gradient.length), new Float32Array(gradient.length)];
      for (let i = 0; i < update.length; i++) {
        const g = gradient[i]!;
        square[i] = alpha * slot.square[i]! + (1 - alpha) * g * g;
        update[i] = g / (Math.sqrt(square[i]!) + eps);
      }
      return [update, { square }];
    },
    stepOn: (device, gradient, slot) => {
      const square = device.map('weightedSquare', [slot.square, gradient, alpha, 1 - alpha]);
      return [device.map('overRoot', [gradient, square, 1, 1, eps]), { square }];
    },
  });
}

/** v = a v + (1 - a) g^2, m = a m + (1 - a) g; gives g / (sqrt(v - m^2) + eps). */
export function scaleByDeviation(alpha: number, eps: number) {
  return perParameter({
    settings: {},
    start: ({ size }) => ({ mean: new Float32Array(size), square: new Float32Array(size) }),
    step: (gradient, slot) => {
      const { length } = gradient;
      const [mean, square, update] = [new Float32Array(length), new Float32Array(length), new Float32Array(length)];
      for (let i = 0; i < length; i++) {
        const g = gradient[i]!;
        square[i] = alpha * slot.square[i]! + (1 - alpha) * g * g;
        mean[i] = alpha * slot.mean[i]! + (1 - alpha) * g;
        update[i] = g / (Math.sqrt(square[i]! - mean[i]! * mean[i]!) + eps);
      }
      return [update, { mean, square }];
    },
    stepOn: (device, gradient, slot) => {
      const square = device.map('weightedSquare', [slot.square, gradient, alpha, 1 - alpha]);
      const mean = device.map('weightedSum', [slot.mean, gradient, alpha, 1 - alpha]);
      const deviation = device.map('weightedSquare', [square, mean, 1, -1]);
      return [device.map('overRoot', [gradient, deviation, 1, 1, eps]), { mean, square }];
    },
  });
}
