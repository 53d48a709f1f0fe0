import { type NumericTarget, readSingleTargets } from './targets.ts';

/**
 * The greatest absolute error, `max |y - p|`. Time O(n).
 *
 * @param yTrue n values of one output
 * @param yPred as `yTrue`
 * @returns a number >= 0
 * @throws InvalidInputError on several outputs, and on targets that are empty, of different lengths or not finite
 *
 * @example
 * import { maxError } from 'fitwise';
 * maxError([3, 2, 7, 1], [4, 2, 7, 1]); // 1
 */
export function maxError(yTrue: NumericTarget, yPred: NumericTarget): number {
  const targets = readSingleTargets('maxError', yTrue, yPred, undefined);
  let greatest = 0;
  for (let i = 0; i < targets.yTrue.length; i++) {
    greatest = Math.max(greatest, Math.abs(targets.yTrue[i]! - targets.yPred[i]!));
  }
  return greatest;
}
