import { addDecayedWeights } from './add-decayed-weights.ts';
import { scaleByLearningRate } from './scale-by-learning-rate.ts';
import { trace } from './trace.ts';
import { chain, perParameter, type Transform } from './transform.ts';

export interface RmspropOptions {
  /** Learning rate. Default 0.01. */
  readonly lr?: number;
  /** Decay of the mean square. Default 0.99. */
  readonly alpha?: number;
  /** Added to its root. Default 1e-8. */
  readonly eps?: number;
  /** Penalty of the squared weights, as a part of the gradient. Default 0. */
  readonly weightDecay?: number;
  /** Share of the last step that is kept. Default 0. */
  readonly momentum?: number;
  /** Divide by the deviation of the gradient instead of its mean square. Default false. */
  readonly centered?: boolean;
}

/** The gradient over the root of its mean square (T. Tieleman and G. Hinton, 2012; centered: A. Graves, 2013). */
export function rmsprop(options: RmspropOptions = {}): Transform {
  const { lr = 0.01, alpha = 0.99, eps = 1e-8, weightDecay = 0, momentum = 0, centered = false } = options;
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
  });
}
