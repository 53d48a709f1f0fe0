/** The optimisers that `compile` knows by name: Keras's rules, with Keras's defaults, where torch has others. */
import { adamStepInto } from '../../kernels/index.ts';
import {
  addDecayedWeights,
  chain,
  lion,
  perParameter,
  scaleByLearningRate,
  sgd,
  type Transform,
} from '../optimizers/index.ts';
import { corrections } from '../optimizers/scale-by-adam.ts';

/** Keras adds it to roots, and in rmsprop and adagrad under them. */
const EPSILON = 1e-7;

const RULES = {
  sgd: () => sgd({ lr: 0.01 }),
  adam: () => chain(scaleByKerasAdam(), scaleByLearningRate(0.001)),
  adamw: () => chain(scaleByKerasAdam(), addDecayedWeights(0.004), scaleByLearningRate(0.001)),
  rmsprop: () => chain(scaleByMeanSquare(0.9), scaleByLearningRate(0.001)),
  adagrad: () => chain(scaleBySum(0.1), scaleByLearningRate(0.001)),
  lion: () => lion({ lr: 0.001, betas: [0.9, 0.99] }),
} satisfies Record<string, () => Transform>;

export type OptimizerName = keyof typeof RULES;

export const OPTIMIZER_NAMES = Object.keys(RULES) as readonly OptimizerName[];

export function ruleByName(name: OptimizerName): Transform {
  return RULES[name]();
}

/** Adam with epsilon beside the root of the mean square before its correction, where torch's stands after it. */
function scaleByKerasAdam() {
  const [beta1, beta2] = [0.9, 0.999];
  return perParameter({
    settings: { momentum: beta1 },
    start: ({ size }) => ({ step: 0, mean: new Float32Array(size), square: new Float32Array(size) }),
    step: (gradient, slot, { momentum: beta1 }) => {
      const step = slot.step + 1;
      const { length } = gradient;
      const [mean, square, update] = [new Float32Array(length), new Float32Array(length), new Float32Array(length)];
      const [scale, root] = corrections(beta1, beta2, step);
      const arrays = { gradient, mean: slot.mean, square: slot.square, nextMean: mean, nextSquare: square, update };
      adamStepInto(arrays, { beta1, beta2, scale, root, eps: EPSILON * root });
      return [update, { step, mean, square }];
    },
    stepOn: (device, gradient, slot, { momentum: beta1 }) => {
      const step = slot.step + 1;
      const [scale, root] = corrections(beta1, beta2, step);
      const mean = device.map('weightedSum', [slot.mean, gradient, beta1, 1 - beta1]);
      const square = device.map('weightedSquare', [slot.square, gradient, beta2, 1 - beta2]);
      return [device.map('overRoot', [mean, square, scale, root, EPSILON * root]), { step, mean, square }];
    },
  });
}

/** v = rho v + (1 - rho) g^2; gives g / sqrt(v + epsilon). */
function scaleByMeanSquare(rho: number) {
  return overRootOf(0, rho, 1 - rho);
}

/** v = v + g^2; gives g / sqrt(v + epsilon). */
function scaleBySum(first: number) {
  return overRootOf(first, 1, 1);
}

/** v = keep v + share g^2. */
function overRootOf(first: number, keep: number, share: number) {
  return perParameter({
    settings: {},
    start: ({ size }) => ({ square: new Float32Array(size).fill(first) }),
    step: (gradient, slot) => {
      const [square, update] = [new Float32Array(gradient.length), new Float32Array(gradient.length)];
      for (let i = 0; i < update.length; i++) {
        const g = gradient[i]!;
        square[i] = keep * slot.square[i]! + share * g * g;
        update[i] = g / Math.sqrt(square[i]! + EPSILON);
      }
      return [update, { square }];
    },
    stepOn: (device, gradient, slot) => {
      const square = device.map('weightedSquare', [slot.square, gradient, keep, share]);
      return [device.map('overRootOfSum', [gradient, square, EPSILON]), { square }];
    },
  });
}
