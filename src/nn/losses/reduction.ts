import { mean, sum } from '../ops/index.ts';
import type { Tensor } from '../tensor/index.ts';

/** What a loss does with its values: their mean, their sum, or nothing. */
export type Reduction = 'mean' | 'sum' | 'none';

export interface LossOptions {
  /** Default `'mean'`. */
  readonly reduction?: Reduction;
}

export function reduce(values: Tensor, { reduction = 'mean' }: LossOptions): Tensor {
  if (reduction === 'none') return values;
  return reduction === 'sum' ? sum(values) : mean(values);
}
