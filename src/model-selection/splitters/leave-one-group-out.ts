import type { Label, Target } from '../../check/index.ts';
import { countSamples } from './count-samples.ts';
import { readGroups } from './read-groups.ts';
import { splitsOfFolds } from './split-where.ts';
import type { Samples, Split, Splitter } from './splitter.ts';

/**
 * Each group is the test set once, in sorted order.
 *
 * @example
 * import { LeaveOneGroupOut } from 'fitwise';
 * const [first] = new LeaveOneGroupOut().split(3, undefined, ['b', 'a', 'b']);
 * first.test; // Int32Array [1]
 */
export class LeaveOneGroupOut implements Splitter {
  readonly params = Object.freeze({});
  readonly usesGroups = true;

  /** @throws InvalidInputError without groups, or if there is one only. */
  *split(X: Samples, _y?: Target, groups?: ArrayLike<Label>): Generator<Split> {
    const action = 'split with LeaveOneGroupOut';
    const count = countSamples(X, action);
    const { classes, codes } = readGroups(groups, count, action, { least: 2, because: 'one is left out' });
    yield* splitsOfFolds(codes, classes.length);
  }

  /** @param groups group of each sample */
  getNSplits(_X?: Samples, _y?: Target, groups?: ArrayLike<Label>): number {
    return readGroups(groups, groups?.length ?? 0, 'count the splits of LeaveOneGroupOut').classes.length;
  }
}
