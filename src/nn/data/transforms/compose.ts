import { InvalidInputError, InvalidParamError, show } from '../../../errors/index.ts';
import { RandomState } from '../../../random/index.ts';

/**
 * Changes a sample. It draws from `random` and from nothing else: in a loader that is the sample's own stream, so that
 * the same images come out for any number of workers, and after a resumed epoch.
 */
export type SampleTransform<S, R = S> = (sample: S, random: RandomState) => R;

/** @throws InvalidInputError on what gives no random numbers: a transform that is called without a stream, say */
export function checkStream(action: string, random: RandomState): void {
  if (random instanceof RandomState) return;
  const rule = 'there must be a RandomState to draw from';
  throw new InvalidInputError({ action, rule, received: show(random) });
}

/**
 * One transform after the other, all drawing from one stream.
 *
 * @param first may change the type of the sample, as `toTensor` does
 * @throws InvalidParamError if one is no function
 *
 * @example
 * import { RandomState } from 'fitwise';
 * import { compose, normalize, randomHorizontalFlip, tensor } from 'fitwise/nn';
 * const augment = compose(randomHorizontalFlip(1), normalize({ mean: [1], std: [2] }));
 * augment(tensor([[[1, 3]]]), new RandomState(0)).toArray(); // [[[1, 0]]]
 */
export function compose<S, R>(
  first: SampleTransform<S, R>,
  ...rest: readonly SampleTransform<R>[]
): SampleTransform<S, R> {
  for (const transform of [first, ...rest]) {
    if (typeof transform === 'function') continue;
    throw new InvalidParamError({ action: 'compose', rule: 'transforms must be functions', received: show(transform) });
  }
  return (sample, random) => rest.reduce((changed, transform) => transform(changed, random), first(sample, random));
}
