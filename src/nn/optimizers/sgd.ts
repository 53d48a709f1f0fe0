import { addDecayedWeights } from './add-decayed-weights.ts';
import { scaleByLearningRate } from './scale-by-learning-rate.ts';
import { chain, perParameter, type Transform } from './transform.ts';

export interface SgdOptions {
  /** Learning rate. Default 0.001. */
  readonly lr?: number;
  /** Share of the last step that is kept. Default 0. */
  readonly momentum?: number;
  /** Share of a new gradient that does not enter the momentum. Default 0. */
  readonly dampening?: number;
  /** Penalty of the squared weights, as a part of the gradient. Default 0. */
  readonly weightDecay?: number;
  /** Look ahead along the momentum (Y. Nesterov, 1983). Default false. */
  readonly nesterov?: boolean;
}

/**
 * Stochastic gradient descent: g + weightDecay w, then momentum, then -lr times that.
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

interface TraceOptions {
  readonly momentum: number;
  readonly dampening: number;
  readonly nesterov: boolean;
}

/** v = momentum v + (1 - dampening) g, the first v being g; gives v, or g + momentum v for Nesterov's. */
export function trace({ momentum, dampening, nesterov }: TraceOptions) {
  return perParameter({
    settings: { momentum },
    start: ({ size }) => ({ step: 0, velocity: new Float32Array(size) }),
    step: (gradient, { step, velocity }, { momentum }) => {
      const share = step === 0 ? 1 : 1 - dampening;
      const next = velocity.map((v, i) => momentum * v + share * gradient[i]!);
      const update = nesterov ? next.map((v, i) => gradient[i]! + momentum * v) : next;
      return [update, { step: step + 1, velocity: next }];
    },
  });
}
