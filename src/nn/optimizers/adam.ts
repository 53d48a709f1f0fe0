import { addDecayedWeights } from './add-decayed-weights.ts';
import { scaleByAdam } from './scale-by-adam.ts';
import { scaleByLearningRate } from './scale-by-learning-rate.ts';
import { chain, type Transform } from './transform.ts';

export interface AdamOptions {
  /** Learning rate. Default 0.001. */
  readonly lr?: number;
  /** Decay of the means of the gradient and of its square. Default [0.9, 0.999]. */
  readonly betas?: readonly [number, number];
  /** Added to the root of the mean square. Default 1e-8. */
  readonly eps?: number;
  /** Penalty of the squared weights, as a part of the gradient. Default 0. */
  readonly weightDecay?: number;
}

/** Adam (D. P. Kingma and J. Ba, 2015): steps of the mean gradient over the root of the mean square. */
export function adam({ lr = 0.001, betas, eps, weightDecay = 0 }: AdamOptions = {}): Transform {
  return chain(
    ...(weightDecay === 0 ? [] : [addDecayedWeights(weightDecay)]),
    scaleByAdam({ betas, eps }),
    scaleByLearningRate(lr),
  );
}

/** AdamW (I. Loshchilov and F. Hutter, 2019): {@link adam} with a weight decay of its own, 0.01 by default. */
export function adamw({ lr = 0.001, betas, eps, weightDecay = 0.01 }: AdamOptions = {}): Transform {
  return chain(scaleByAdam({ betas, eps }), addDecayedWeights(weightDecay), scaleByLearningRate(lr));
}
