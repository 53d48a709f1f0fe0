import { checkSize } from '../../check/index.ts';
import { countSamples } from './count-samples.ts';
import { splitWhere } from './split-where.ts';
import type { Samples, Split, Splitter } from './splitter.ts';

/**
 * Each sample is the test set once.
 *
 * Cost: one fit per sample; `KFold` is nearly as telling and far cheaper.
 *
 * @example
 * import { LeaveOneOut } from 'fitwise';
 * const [first] = new LeaveOneOut().split(3);
 * first.train; // Int32Array [1, 2]
 */
export class LeaveOneOut implements Splitter {
  readonly params = Object.freeze({});
  readonly usesGroups = false;

  /** @throws InvalidInputError if there is one sample only. */
  *split(X: Samples): Generator<Split> {
    const action = 'split with LeaveOneOut';
    const count = countSamples(X, action);
    checkSize(count, 1, action, 2);
    for (let test = 0; test < count; test++) yield splitWhere(count, row => row === test);
  }

  /** @param X the samples, or their number */
  getNSplits(X: Samples): number {
    return countSamples(X, 'count the splits of LeaveOneOut');
  }
}
