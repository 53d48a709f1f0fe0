import { checkParams, type OptionsOf } from '../../check/index.ts';
import { addDecayedWeights } from './add-decayed-weights.ts';
import { betas, epsilon, learningRate, weightDecay } from './rules.ts';
import { adamSteps, scaleByAdam } from './scale-by-adam.ts';
import { scaleByLearningRate } from './scale-by-learning-rate.ts';
import { chain, type Transform } from './transform.ts';

const spec = {
  /** Learning rate. Default 0.001. */
  lr: learningRate(0.001),
  /** Decay of the means of the gradient and of its square. Default [0.9, 0.999]. */
  betas: betas(0.9, 0.999),
  /** Added to the root of the mean square. Default 1e-8. */
  eps: epsilon(1e-8),
  /** Penalty of the squared weights, as a part of the gradient; of adamw apart from it. Default 0; of adamw 0.01. */
  weightDecay: weightDecay(),
};

const adamwSpec = { ...spec, weightDecay: weightDecay(0.01) };

export type AdamOptions = OptionsOf<typeof spec>;

/**
 * Adam (D. P. Kingma and J. Ba, 2015): steps of the mean gradient over the root of the mean square.
 *
 * @throws InvalidParamError on options that are wrong
 */
export function adam(options: AdamOptions = {}): Transform {
  const { lr, betas, eps, weightDecay } = checkParams('adam', spec, options);
  if (weightDecay === 0) return adamSteps({ betas, eps }, lr);
  return chain(addDecayedWeights(weightDecay), scaleByAdam({ betas, eps }), scaleByLearningRate(lr));
}

/**
 * AdamW (I. Loshchilov and F. Hutter, 2019): {@link adam} with a weight decay of its own, 0.01 by default.
 *
 * @throws InvalidParamError on options that are wrong
 */
export function adamw(options: AdamOptions = {}): Transform {
  const { lr, betas, eps, weightDecay } = checkParams('adamw', adamwSpec, options);
  return chain(scaleByAdam({ betas, eps }), addDecayedWeights(weightDecay), scaleByLearningRate(lr));
}
