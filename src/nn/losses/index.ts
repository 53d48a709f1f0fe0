export { crossEntropy } from './cross-entropy.ts';
export { type NllOptions, nll } from './nll.ts';
export type { LossOptions, Reduction } from './reduction.ts';
