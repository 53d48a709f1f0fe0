import { addDecayedWeights } from './add-decayed-weights.ts';
import { scaleByLearningRate } from './scale-by-learning-rate.ts';
import { trace } from './trace.ts';
import { chain, type Transform } from './transform.ts';

export interface SgdOptions {
  /** Learning rate. Default 0.001. */
  readonly lr?: number;
  /** Share of the last step that is kept. Default 0. */
  readonly momentum?: number;
  /** Share of a new gradient that does not enter the momentum. Default 0. */
  readonly dampening?: number;
  /** Penalty of the squared weights, as a part of the gradient. Default 0. */
  readonly weightDecay?: number;
  /** Look ahead along the momentum. Default false. */
  readonly nesterov?: boolean;
}

/**
 * Stochastic gradient descent: the gradient, with its momentum, times -lr (I. Sutskever et al., 2013).
 *
 * @example
 * import { Linear, Optimizer, sgd } from 'fitwise/nn';
 * const optimizer = new Optimizer(new Linear(3, 1).parameters(), sgd({ lr: 0.1, momentum: 0.9 }));
 * optimizer.lr; // 0.1
 */
export function sgd(options: SgdOptions = {}): Transform {
  const { lr = 0.001, momentum = 0, dampening = 0, weightDecay = 0, nesterov = false } = options;
  return chain(
    ...(weightDecay === 0 ? [] : [addDecayedWeights(weightDecay)]),
    ...(momentum === 0 ? [] : [trace({ momentum, dampening, nesterov })]),
    scaleByLearningRate(lr),
  );
}
