import { checkParams, integer, type Label, type ParamsOf, seed, type Target } from '../../check/index.ts';
import { randomFrom } from '../../random/index.ts';
import { countSamples } from './count-samples.ts';
import { readGroups } from './read-groups.ts';
import { drawSplits } from './shuffle-split.ts';
import { countSplit, sizeRule } from './split-sizes.ts';
import type { Samples, Split, Splitter } from './splitter.ts';

const spec = {
  /** Number of random divisions. */
  nSplits: integer({ min: 1, default: 5 }),
  /** Groups for testing: a share, a count, or null for what `trainSize` leaves (a fifth if both are null). */
  testSize: sizeRule(),
  /** Groups for training: a share, a count, or null for what `testSize` leaves. */
  trainSize: sizeRule(),
  /** Seed of the permutations. */
  randomState: seed(),
};

export type GroupShuffleSplitParams = ParamsOf<typeof spec>;

/**
 * Independent random divisions of the groups; sizes are counts or shares of groups, not of samples.
 *
 * @example
 * import { GroupShuffleSplit } from 'fitwise';
 * const splitter = new GroupShuffleSplit({ nSplits: 1, testSize: 1, randomState: 0 });
 * const [first] = splitter.split(4, undefined, ['a', 'a', 'b', 'c']);
 * first.test; // Int32Array [3]
 */
export class GroupShuffleSplit implements Splitter {
  readonly params: GroupShuffleSplitParams;
  readonly usesGroups = true;

  /** @throws InvalidParamError on an unknown or invalid parameter. */
  constructor(params: Partial<GroupShuffleSplitParams> = {}) {
    this.params = checkParams('GroupShuffleSplit', spec, params);
  }

  /** @throws InvalidInputError without groups, or if the sizes ask for more groups than there are. */
  *split(X: Samples, _y?: Target, groups?: ArrayLike<Label>): Generator<Split> {
    const action = 'split with GroupShuffleSplit';
    const count = countSamples(X, action);
    const { classes, codes } = readGroups(groups, count, action);
    const sizes = countSplit(this.params, classes.length, 0.2, action, 'groups');
    const { nSplits, randomState } = this.params;
    for (const { train, test } of drawSplits(classes.length, sizes, nSplits, randomFrom(randomState))) {
      yield { train: rowsOf(train, codes), test: rowsOf(test, codes) };
    }
  }

  getNSplits(): number {
    return this.params.nSplits;
  }
}

/** The samples of some groups, ascending. */
function rowsOf(groups: Int32Array, codes: Int32Array): Int32Array {
  const wanted = new Set(groups);
  return Int32Array.from(codes.keys()).filter(row => wanted.has(codes[row]!));
}
