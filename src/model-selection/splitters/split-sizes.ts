import { either, integer, nullable, share } from '../../check/index.ts';
import { InvalidInputError } from '../../errors/index.ts';

/** Rule of `testSize` and `trainSize`: a share between 0 and 1, a count, or null. */
export function sizeRule() {
  return nullable(either(share({ default: 0.5 }), integer({ min: 1, default: 1 })), { default: null });
}

export interface SplitSizes {
  readonly testSize: number | null;
  readonly trainSize: number | null;
}

/**
 * Numbers of test and training samples: shares of the test set are rounded up, those of the training set down; what
 * is null is the rest of the other, and the test set's default where both are.
 *
 * @param what is counted, for the error sentence
 * @throws InvalidInputError if the sets together exceed the samples, or the training set would be empty.
 */
export function countSplit(
  { testSize, trainSize }: SplitSizes,
  count: number,
  defaultTestSize: number,
  action: string,
  what = 'samples',
): { nTest: number; nTrain: number } {
  if (isShare(testSize) && isShare(trainSize) && testSize + trainSize > 1) {
    throw new InvalidInputError({
      action,
      rule: 'the shares testSize and trainSize must sum to 1 at most',
      received: `${testSize} and ${trainSize}`,
    });
  }
  const test = testSize === null && trainSize === null ? defaultTestSize : testSize;
  const asTest = test === null ? null : test < 1 ? Math.ceil(test * count) : test;
  const asTrain = trainSize === null ? null : trainSize < 1 ? Math.floor(trainSize * count) : trainSize;
  const nTest = asTest ?? count - asTrain!;
  const nTrain = asTrain ?? count - asTest!;
  if (nTest >= 1 && nTrain >= 1 && nTest + nTrain <= count) return { nTest, nTrain };
  throw new InvalidInputError({
    action,
    rule: `training and test ${what} must be >= 1 and together <= the number of ${what} (${count})`,
    received: `${nTrain} for training and ${nTest} for testing`,
  });
}

function isShare(size: number | null): size is number {
  return size !== null && size < 1;
}
