export {
  type CosineDecayOptions,
  cosineDecay,
  exponentialDecay,
  type LinearWarmUpOptions,
  linearWarmUp,
  type MultiStepDecayOptions,
  multiStepDecay,
  type StepDecayOptions,
  stepDecay,
} from './decays.ts';
export { inSequence } from './in-sequence.ts';
export { type OneCycleOptions, oneCycle } from './one-cycle.ts';
export { type PlateauState, ReduceOnPlateau, type ReduceOnPlateauOptions } from './reduce-on-plateau.ts';
export type { Schedule, ScheduledSettings } from './schedule.ts';
export { Scheduler, type SchedulerState } from './scheduler.ts';
