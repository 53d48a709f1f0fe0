/** Learning rates that fall: each is a pure function of the step. */
import { wholePower } from '../ops/whole-power.ts';
import type { Schedule } from './schedule.ts';

export interface StepDecayOptions {
  /** Steps between two falls. */
  readonly stepSize: number;
  /** What is left after each. Default 0.1. */
  readonly gamma?: number;
}

/** lr gamma^floor(step / stepSize). */
export function stepDecay({ stepSize, gamma = 0.1 }: StepDecayOptions): Schedule {
  return (step, lr) => ({ lr: lr * wholePower(gamma, Math.floor(step / stepSize)) });
}

export interface MultiStepDecayOptions {
  /** Steps at which the rate falls. */
  readonly milestones: readonly number[];
  /** What is left after each. Default 0.1. */
  readonly gamma?: number;
}

/** lr gamma^(milestones passed). */
export function multiStepDecay({ milestones, gamma = 0.1 }: MultiStepDecayOptions): Schedule {
  return (step, lr) => ({ lr: lr * wholePower(gamma, milestones.filter(milestone => milestone <= step).length) });
}

/** lr gamma^step. */
export function exponentialDecay(gamma: number): Schedule {
  return (step, lr) => ({ lr: lr * wholePower(gamma, step) });
}

export interface CosineDecayOptions {
  /** Steps from the first rate to the last. */
  readonly steps: number;
  /** The last rate. Default 0. */
  readonly minLr?: number;
}

/** Half a cosine from lr to minLr, and back after it (I. Loshchilov and F. Hutter, "SGDR", 2017, equation 5). */
export function cosineDecay({ steps, minLr = 0 }: CosineDecayOptions): Schedule {
  return (step, lr) => ({ lr: minLr + ((lr - minLr) * (1 + Math.cos((Math.PI * step) / steps))) / 2 });
}

export interface LinearWarmUpOptions {
  /** Steps until the rate is whole. Default 5. */
  readonly steps?: number;
  /** Share of the rate at first. Default 1/3. */
  readonly startFactor?: number;
  /** Share of the rate at last. Default 1. */
  readonly endFactor?: number;
}

/** A straight line from startFactor lr to endFactor lr, where it stays. */
export function linearWarmUp({ steps = 5, startFactor = 1 / 3, endFactor = 1 }: LinearWarmUpOptions = {}): Schedule {
  return (step, lr) => ({ lr: lr * (startFactor + ((endFactor - startFactor) * Math.min(step, steps)) / steps) });
}
