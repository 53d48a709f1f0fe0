import { addDecayedWeights } from './add-decayed-weights.ts';
import { scaleByLearningRate } from './scale-by-learning-rate.ts';
import { chain, perParameter, type Transform } from './transform.ts';

export interface LionOptions {
  /** Learning rate; a third to a tenth of Adam's. Default 0.0001. */
  readonly lr?: number;
  /** Decay of the mean in the step, and of the mean that is kept. Default [0.9, 0.99]. */
  readonly betas?: readonly [number, number];
  /** Decay of the weights, apart from the gradient. Default 0. */
  readonly weightDecay?: number;
}

/** Steps of one size in the direction of the mean gradient (X. Chen et al., "Symbolic discovery of optimization algorithms", 2023). */
export function lion({ lr = 1e-4, betas: [beta1, beta2] = [0.9, 0.99], weightDecay = 0 }: LionOptions = {}): Transform {
  return chain(
    signOfMean(beta1, beta2),
    ...(weightDecay === 0 ? [] : [addDecayedWeights(weightDecay)]),
    scaleByLearningRate(lr),
  );
}

/** Gives sign(b1 m + (1 - b1) g); then m = b2 m + (1 - b2) g. */
export function signOfMean(beta1: number, beta2: number) {
  return perParameter({
    settings: { momentum: beta1 },
    start: ({ size }) => ({ mean: new Float32Array(size) }),
    step: (gradient, slot, { momentum: beta1 }) => {
      const [mean, update] = [new Float32Array(gradient.length), new Float32Array(gradient.length)];
      for (let i = 0; i < update.length; i++) {
        const [g, m] = [gradient[i]!, slot.mean[i]!];
        update[i] = Math.sign(beta1 * m + (1 - beta1) * g);
        mean[i] = beta2 * m + (1 - beta2) * g;
      }
      return [update, { mean }];
    },
  });
}
