import type { Label } from '../../check/index.ts';
import type { RandomState } from '../../random/index.ts';
import { drawSplits } from './shuffle-split.ts';
import { countSplit } from './split-sizes.ts';
import type { Split } from './splitter.ts';
import { stratifiedSplits } from './stratified-shuffle-split.ts';

export interface HoldOutOptions {
  /** Held-out samples: a share or a count. */
  readonly testSize: number;
  /** Labels whose shares both parts shall have. */
  readonly strata: ArrayLike<Label> | undefined;
}

/**
 * One random division of samples by a stream of the caller's: what estimators that stop early hold out.
 *
 * @throws InvalidInputError if a part would be empty, or the strata cannot be divided.
 */
export function holdOut(
  count: number,
  { testSize, strata }: HoldOutOptions,
  random: RandomState,
  action: string,
): Split {
  const sizes = countSplit({ testSize, trainSize: null }, count, testSize, action);
  const splits =
    strata === undefined
      ? drawSplits(count, sizes, 1, random)
      : stratifiedSplits(Array.from(strata), sizes, 1, random, action);
  return [...splits][0]!;
}
