import { boolean, checkParams, type OptionsOf, real } from '../../check/index.ts';
import { InvalidParamError } from '../../errors/index.ts';
import { addDecayedWeights } from './add-decayed-weights.ts';
import { learningRate, weightDecay } from './rules.ts';
import { scaleByLearningRate } from './scale-by-learning-rate.ts';
import { trace } from './trace.ts';
import { chain, type Transform } from './transform.ts';

const spec = {
  /** Learning rate. Default 0.001. */
  lr: learningRate(0.001),
  /** Share of the last step that is kept. Default 0. */
  momentum: real({ min: 0, default: 0 }),
  /** Share of a new gradient that does not enter the momentum. Default 0. */
  dampening: real({ default: 0 }),
  /** Penalty of the squared weights, as a part of the gradient. Default 0. */
  weightDecay: weightDecay(),
  /** Look ahead along the momentum, which must be there, and not dampened. Default false. */
  nesterov: boolean({ default: false }),
};

export type SgdOptions = OptionsOf<typeof spec>;

/**
 * Stochastic gradient descent: the gradient, with its momentum, times -lr (I. Sutskever et al., 2013).
 *
 * @example
 * import { Linear, Optimizer, sgd } from 'fitwise/nn';
 * const optimizer = new Optimizer(new Linear(3, 1).parameters(), sgd({ lr: 0.1, momentum: 0.9 }));
 * optimizer.lr; // 0.1
 *
 * @throws InvalidParamError on options that are wrong, or do not fit together
 */
export function sgd(options: SgdOptions = {}): Transform {
  const { lr, momentum, dampening, weightDecay, nesterov } = checkParams('sgd', spec, options);
  if (nesterov && (momentum === 0 || dampening !== 0)) {
    const rule = 'nesterov needs momentum > 0 and dampening 0';
    throw new InvalidParamError({ action: 'make sgd', rule, received: `${momentum} and ${dampening}` });
  }
  return chain(
    ...(weightDecay === 0 ? [] : [addDecayedWeights(weightDecay)]),
    ...(momentum === 0 ? [] : [trace({ momentum, dampening, nesterov })]),
    scaleByLearningRate(lr),
  );
}
