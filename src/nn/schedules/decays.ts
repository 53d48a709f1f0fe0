/** Learning rates that fall: each is a pure function of the step. Wrong options throw an InvalidParamError. */
import { checkParam, checkParams, integer, listOf, type OptionsOf, real } from '../../check/index.ts';
import { wholePower } from '../ops/whole-power.ts';
import type { Schedule } from './schedule.ts';

/** What is left of a rate. */
const gamma = real({ min: 0, default: 0.1 });

const stepSpec = {
  /** Steps between two falls. */
  stepSize: integer({ min: 1 }),
  /** What is left after each. Default 0.1. */
  gamma,
};

export type StepDecayOptions = OptionsOf<typeof stepSpec, 'stepSize'>;

/** lr gamma^floor(step / stepSize). */
export function stepDecay(options: StepDecayOptions): Schedule {
  const { stepSize, gamma } = checkParams('stepDecay', stepSpec, options);
  return (step, lr) => ({ lr: lr * wholePower(gamma, Math.floor(step / stepSize)) });
}

const multiStepSpec = {
  /** Steps at which the rate falls. */
  milestones: listOf(integer({ min: 0 })),
  /** What is left after each. Default 0.1. */
  gamma,
};

export type MultiStepDecayOptions = OptionsOf<typeof multiStepSpec, 'milestones'>;

/** lr gamma^(milestones passed). */
export function multiStepDecay(options: MultiStepDecayOptions): Schedule {
  const { milestones, gamma } = checkParams('multiStepDecay', multiStepSpec, options);
  return (step, lr) => ({ lr: lr * wholePower(gamma, milestones.filter(milestone => milestone <= step).length) });
}

/** lr gamma^step. */
export function exponentialDecay(base: number): Schedule {
  checkParam('exponentialDecay', 'gamma', gamma, base);
  return (step, lr) => ({ lr: lr * wholePower(base, step) });
}

const cosineSpec = {
  /** Steps from the first rate to the last. */
  steps: integer({ min: 1 }),
  /** The last rate. Default 0. */
  minLr: real({ min: 0, default: 0 }),
};

export type CosineDecayOptions = OptionsOf<typeof cosineSpec, 'steps'>;

/** Half a cosine from lr to minLr, and back after it (I. Loshchilov and F. Hutter, "SGDR", 2017, equation 5). */
export function cosineDecay(options: CosineDecayOptions): Schedule {
  const { steps, minLr } = checkParams('cosineDecay', cosineSpec, options);
  return (step, lr) => ({ lr: minLr + ((lr - minLr) * (1 + Math.cos((Math.PI * step) / steps))) / 2 });
}

const warmUpSpec = {
  /** Steps until the rate is whole. Default 5. */
  steps: integer({ min: 1, default: 5 }),
  /** Share of the rate at first. Default 1/3. */
  startFactor: real({ above: 0, max: 1, default: 1 / 3 }),
  /** Share of the rate at last. Default 1. */
  endFactor: real({ min: 0, max: 1, default: 1 }),
};

export type LinearWarmUpOptions = OptionsOf<typeof warmUpSpec>;

/** A straight line from startFactor lr to endFactor lr, where it stays. */
export function linearWarmUp(options: LinearWarmUpOptions = {}): Schedule {
  const { steps, startFactor, endFactor } = checkParams('linearWarmUp', warmUpSpec, options);
  return (step, lr) => ({ lr: lr * (startFactor + ((endFactor - startFactor) * Math.min(step, steps)) / steps) });
}
