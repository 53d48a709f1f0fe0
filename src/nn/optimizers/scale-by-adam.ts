import { adamDescendInto, adamStepInto } from '../../kernels/index.ts';
import { wholePower } from '../ops/whole-power.ts';
import { Tensor } from '../tensor/index.ts';
import { scaleByLearningRate } from './scale-by-learning-rate.ts';
import { chain, perParameter, type State, type Transform } from './transform.ts';

const BETAS = [0.9, 0.999] as const;
const EPS = 1e-8;

export interface ScaleByAdamOptions {
  /** Decay of the means of the gradient and of its square. Default [0.9, 0.999]. */
  readonly betas?: readonly [number, number] | undefined;
  /** Added to the root of the mean square. Default 1e-8. */
  readonly eps?: number | undefined;
}

/** What Adam remembers of a parameter. */
type AdamSlot = {
  readonly step: number;
  readonly mean: Float32Array;
  readonly square: Float32Array;
};

/**
 * m = b1 m + (1 - b1) g, v = b2 v + (1 - b2) g^2; gives m / (1 - b1^t) over sqrt(v / (1 - b2^t)) + eps (D. P. Kingma
 * and J. Ba, "Adam: a method for stochastic optimization", 2015, algorithm 1). Schedules change b1 as `momentum`.
 */
export function scaleByAdam(options: ScaleByAdamOptions = {}) {
  return perParameter<AdamSlot, { readonly momentum: number }>({
    settings: { momentum: options.betas?.[0] ?? BETAS[0] },
    start: ({ size }) => ({ step: 0, mean: new Float32Array(size), square: new Float32Array(size) }),
    step: (gradient, slot, { momentum }) => adamStep(gradient, slot, momentum, options),
    stepOn: (device, gradient, slot, { momentum: beta1 }) => {
      const { betas: [, beta2] = BETAS, eps = EPS } = options;
      const step = slot.step + 1;
      const mean = device.map('weightedSum', [slot.mean, gradient, beta1, 1 - beta1]);
      const square = device.map('weightedSquare', [slot.square, gradient, beta2, 1 - beta2]);
      const [scale, root] = corrections(beta1, beta2, step);
      return [device.map('overRoot', [mean, square, scale, root, eps]), { step, mean, square }];
    },
  });
}

/** {@link scaleByAdam} and then {@link scaleByLearningRate}; of arrays in one pass over the parameters. */
export function adamSteps(options: ScaleByAdamOptions, lr: number): Transform {
  const both = chain(scaleByAdam(options), scaleByLearningRate(lr));
  return {
    init: both.init,
    update: (updates, states, parameters) => {
      if (updates.some(update => update instanceof Tensor)) {
        return both.update(updates, states as readonly State[], parameters);
      }
      const [{ settings, slots }, rates] = states as unknown as AdamStates;
      const stepped = (updates as readonly (Float32Array | null)[]).map((update, i) =>
        update === null
          ? ([null, slots[i]!] as const)
          : adamStep(update, slots[i]!, settings.momentum, options, -rates.settings.lr),
      );
      return {
        updates: stepped.map(([update]) => update),
        state: [{ settings, slots: stepped.map(([, slot]) => slot) }, rates],
      };
    },
    descend: (gradients, states, parameters) => {
      const [{ settings, slots }, rates] = states as unknown as AdamStates;
      const next = slots.map((slot, i) => {
        const gradient = gradients[i]!;
        if (gradient === null) return slot;
        const factors = { ...factorsOf(slot.step + 1, settings.momentum, options), rate: -rates.settings.lr };
        adamDescendInto({ ...slot, gradient, parameters: parameters[i]!.data }, factors);
        parameters[i]!.markChanged();
        return { ...slot, step: slot.step + 1 };
      });
      return [{ settings, slots: next }, rates];
    },
  };
}

type StateOf<T> = T extends Transform<infer S> ? S : never;
type AdamStates = readonly [StateOf<ReturnType<typeof scaleByAdam>>, StateOf<ReturnType<typeof scaleByLearningRate>>];

/** The step of one parameter, times `rate`, and what is remembered then. */
function adamStep(
  gradient: Float32Array,
  slot: AdamSlot,
  beta1: number,
  options: ScaleByAdamOptions,
  rate = 1,
): readonly [Float32Array, AdamSlot] {
  const step = slot.step + 1;
  const { length } = gradient;
  const update = new Float32Array(length);
  const [mean, square] = [new Float32Array(length), new Float32Array(length)];
  const next = { nextMean: mean, nextSquare: square, update };
  const factors = { ...factorsOf(step, beta1, options), rate };
  adamStepInto({ gradient, mean: slot.mean, square: slot.square, ...next }, factors);
  return [update, { step, mean, square }];
}

function factorsOf(step: number, beta1: number, { betas: [, beta2] = BETAS, eps = EPS }: ScaleByAdamOptions) {
  const [scale, root] = corrections(beta1, beta2, step);
  return { beta1, beta2, scale, root, eps };
}

/** What brings the means, which start at 0, to their size after so many steps. */
export function corrections(beta1: number, beta2: number, step: number): readonly [scale: number, root: number] {
  return [1 / (1 - wholePower(beta1, step)), 1 / Math.sqrt(1 - wholePower(beta2, step))];
}
