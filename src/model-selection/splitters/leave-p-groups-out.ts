import { checkParams, integer, type Label, type ParamsOf, type Target } from '../../check/index.ts';
import { combinations, countCombinations } from './combinations.ts';
import { countSamples } from './count-samples.ts';
import { readGroups } from './read-groups.ts';
import { splitWhere } from './split-where.ts';
import type { Samples, Split, Splitter } from './splitter.ts';

const spec = {
  /** Groups per test set; scikit-learn has no default. */
  nGroups: integer({ min: 1, default: 2 }),
};

export type LeavePGroupsOutParams = ParamsOf<typeof spec>;

/**
 * Every choice of `nGroups` groups is the test set once, in lexicographic order of the sorted groups.
 *
 * @example
 * import { LeavePGroupsOut } from 'fitwise';
 * const [first] = new LeavePGroupsOut({ nGroups: 2 }).split(4, undefined, ['a', 'b', 'c', 'b']);
 * first.test; // Int32Array [0, 1, 3]
 */
export class LeavePGroupsOut implements Splitter {
  readonly params: LeavePGroupsOutParams;
  readonly usesGroups = true;

  /** @throws InvalidParamError on an unknown or invalid parameter. */
  constructor(params: Partial<LeavePGroupsOutParams> = {}) {
    this.params = checkParams('LeavePGroupsOut', spec, params);
  }

  /** @throws InvalidInputError without groups, or if no group would be left to train on. */
  *split(X: Samples, _y?: Target, groups?: ArrayLike<Label>): Generator<Split> {
    const { nGroups } = this.params;
    const action = 'split with LeavePGroupsOut';
    const count = countSamples(X, action);
    const { classes, codes } = readGroups(groups, count, action, { least: nGroups + 1, because: 'nGroups + 1' });
    for (const test of combinations(classes.length, nGroups))
      yield splitWhere(count, row => test.includes(codes[row]!));
  }

  /** @param groups group of each sample */
  getNSplits(_X?: Samples, _y?: Target, groups?: ArrayLike<Label>): number {
    const { classes } = readGroups(groups, groups?.length ?? 0, 'count the splits of LeavePGroupsOut');
    return countCombinations(classes.length, this.params.nGroups);
  }
}
