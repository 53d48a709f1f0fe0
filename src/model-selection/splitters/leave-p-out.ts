import { checkParams, integer, type ParamsOf } from '../../check/index.ts';
import { InvalidInputError } from '../../errors/index.ts';
import { combinations, countCombinations } from './combinations.ts';
import { countSamples } from './count-samples.ts';
import { splitWhere } from './split-where.ts';
import type { Samples, Split, Splitter } from './splitter.ts';

const spec = {
  /** Samples per test set; scikit-learn has no default. */
  p: integer({ min: 1, default: 2 }),
};

export type LeavePOutParams = ParamsOf<typeof spec>;

/**
 * Every choice of `p` samples is the test set once, in lexicographic order; the splits are made one at a time.
 *
 * Cost: the number of splits is the binomial coefficient of nSamples over `p`.
 *
 * @example
 * import { LeavePOut } from 'fitwise';
 * const [first] = new LeavePOut({ p: 2 }).split(4);
 * first.test; // Int32Array [0, 1]
 */
export class LeavePOut implements Splitter {
  readonly params: LeavePOutParams;
  readonly usesGroups = false;

  /** @throws InvalidParamError on an unknown or invalid parameter. */
  constructor(params: Partial<LeavePOutParams> = {}) {
    this.params = checkParams('LeavePOut', spec, params);
  }

  /** @throws InvalidInputError if no sample would be left to train on. */
  *split(X: Samples): Generator<Split> {
    const { p } = this.params;
    const action = 'split with LeavePOut';
    const count = countSamples(X, action);
    if (count <= p) {
      throw new InvalidInputError({ action, rule: `nSamples must be > p (${p})`, received: `nSamples ${count}` });
    }
    for (const test of combinations(count, p)) yield splitWhere(count, row => test.includes(row));
  }

  /** @param X the samples, or their number */
  getNSplits(X: Samples): number {
    return countCombinations(countSamples(X, 'count the splits of LeavePOut'), this.params.p);
  }
}
