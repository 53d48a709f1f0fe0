import { checkParams, type OptionsOf } from '../../check/index.ts';
import { addDecayedWeights } from './add-decayed-weights.ts';
import { betas, learningRate, weightDecay } from './rules.ts';
import { scaleByLearningRate } from './scale-by-learning-rate.ts';
import { chain, perParameter, type Transform } from './transform.ts';

const spec = {
  /** Learning rate; a third to a tenth of Adam's. Default 0.0001. */
  lr: learningRate(1e-4),
  /** Decay of the mean in the step, and of the mean that is kept. Default [0.9, 0.99]. */
  betas: betas(0.9, 0.99),
  /** Decay of the weights, apart from the gradient. Default 0. */
  weightDecay: weightDecay(),
};

export type LionOptions = OptionsOf<typeof spec>;

/**
 * Steps of one size in the direction of the mean gradient (X. Chen et al., "Symbolic discovery of optimization
 * algorithms", 2023).
 *
 * @throws InvalidParamError on options that are wrong
 */
export function lion(options: LionOptions = {}): Transform {
  const { lr, betas, weightDecay } = checkParams('lion', spec, options);
  return chain(
    signOfMean(...betas),
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
    stepOn: (device, gradient, slot, { momentum: beta1 }) => {
      const mixed = device.map('weightedSum', [slot.mean, gradient, beta1, 1 - beta1]);
      const mean = device.map('weightedSum', [slot.mean, gradient, beta2, 1 - beta2]);
      return [device.map('sign', [mixed]), { mean }];
    },
  });
}
