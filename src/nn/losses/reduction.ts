import { InvalidParamError, show } from '../../errors/index.ts';
import { mean, reshape, sum, unsqueeze } from '../ops/index.ts';
import type { Tensor } from '../tensor/index.ts';

/** What a loss does with its values: their mean, their sum, or nothing. */
export type Reduction = 'mean' | 'sum' | 'none';

export interface LossOptions {
  /** Default `'mean'`. */
  readonly reduction?: Reduction;
}

/** @throws InvalidParamError on another reduction */
export function reduce(values: Tensor, options: LossOptions): Tensor {
  const reduction = reductionOf(options);
  if (reduction === 'none') return values;
  return reduction === 'sum' ? sum(values) : mean(values);
}

/** @throws InvalidParamError on another reduction */
export function reductionOf({ reduction = 'mean' }: LossOptions): Reduction {
  if (['mean', 'sum', 'none'].includes(reduction)) return reduction;
  const rule = "reduction must be 'mean', 'sum' or 'none'";
  throw new InvalidParamError({ action: 'compute a loss', rule, received: show(reduction) });
}

/** The loss of one sample without an axis of samples, as of a batch of one. */
export function lossOfOne(loss: (input: Tensor, target: Tensor) => Tensor, input: Tensor, target: Tensor): Tensor {
  return reshape(loss(unsqueeze(input, 0), unsqueeze(target, 0)), []);
}
