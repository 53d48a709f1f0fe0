import { boolean, either, integer, listOf, oneOf, type ParamsOf, real, seed, share } from '../../../check/index.ts';

/** Parameters that both networks have. */
export const mlpSpec = {
  /** Units of each hidden layer: one number, or a list with one per layer; an empty list leaves a linear model. */
  hiddenLayerSizes: either(
    listOf(integer({ min: 1, default: 100 }), { default: [100] }),
    integer({ min: 1, default: 100 }),
  ),
  /** What the hidden units do with their sum: `max(0, x)`, its hyperbolic tangent, its sigmoid, or nothing. */
  activation: oneOf(['relu', 'tanh', 'logistic', 'identity'], { default: 'relu' }),
  /** Quasi-Newton on all samples at once (small data), or descent by mini-batches, with Adam's steps or plain ones. */
  solver: oneOf(['adam', 'sgd', 'lbfgs'], { default: 'adam' }),
  /** Strength of the l2 penalty on the weights. */
  alpha: real({ min: 0, default: 0.0001 }),
  /** Samples in a mini-batch; `'auto'` is 200, or all where there are fewer. */
  batchSize: either(oneOf(['auto'], { default: 'auto' }), integer({ min: 1, default: 200 })),
  /**
   * How the step size of `'sgd'` changes: not at all, divided by `t^powerT` after t samples, or divided by 5 whenever
   * two epochs did not get better.
   */
  learningRate: oneOf(['constant', 'invscaling', 'adaptive'], { default: 'constant' }),
  /** The first step size of `'sgd'` and `'adam'`. */
  learningRateInit: real({ above: 0, default: 0.001 }),
  /** Exponent of `'invscaling'`. */
  powerT: real({ min: 0, default: 0.5 }),
  /** Most epochs (`'sgd'`, `'adam'`) or iterations (`'lbfgs'`). */
  maxIter: integer({ min: 1, default: 200 }),
  /** Visit the samples in another order in each epoch. */
  shuffle: boolean({ default: true }),
  /** Seed of the first weights, of the held-out samples and of the order of the samples. */
  randomState: seed(),
  /** An epoch counts as better when loss or score improve by this much; for `'lbfgs'` the largest slope to stop at. */
  tol: real({ min: 0, default: 1e-4 }),
  /** How much of the last step `'sgd'` repeats. */
  momentum: real({ min: 0, max: 1, default: 0.9 }),
  /** Take the slope of `'sgd'` where momentum will have led. */
  nesterovsMomentum: boolean({ default: true }),
  /** Hold samples out and stop when their score does not get better; the best weights are kept. */
  earlyStopping: boolean({ default: false }),
  /** The share of the samples held out for early stopping. */
  validationFraction: share({ default: 0.1 }),
  /** Decay of Adam's mean of slopes. */
  beta1: real({ min: 0, below: 1, default: 0.9 }),
  /** Decay of Adam's mean of squared slopes. */
  beta2: real({ min: 0, below: 1, default: 0.999 }),
  /** Keeps Adam's steps finite where slopes vanish. */
  epsilon: real({ above: 0, default: 1e-8 }),
  /** Training stops after more than this many epochs in a row that were not better; may be `Infinity`. */
  nIterNoChange: either(integer({ min: 1, default: 10 }), real({ min: Infinity, max: Infinity, default: Infinity })),
  /** Most evaluations of the loss by `'lbfgs'`. */
  maxFun: integer({ min: 1, default: 15_000 }),
};

export type MlpParams = ParamsOf<typeof mlpSpec>;
