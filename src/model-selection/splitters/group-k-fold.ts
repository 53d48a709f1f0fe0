import {
  boolean,
  checkParams,
  type EncodedLabels,
  integer,
  type Label,
  type ParamsOf,
  seed,
  type Target,
} from '../../check/index.ts';
import { randomFrom } from '../../random/index.ts';
import { countSamples } from './count-samples.ts';
import { dealOut } from './k-fold.ts';
import { readGroups } from './read-groups.ts';
import { checkShuffleSeed } from './shuffle-seed.ts';
import { splitsOfFolds } from './split-where.ts';
import type { Samples, Split, Splitter } from './splitter.ts';

const spec = {
  /** Number of folds. */
  nSplits: integer({ min: 2, default: 5 }),
  /** Deal the groups out at random, equally many to each fold, instead of by their sizes. */
  shuffle: boolean({ default: false }),
  /** Seed of the shuffle. */
  randomState: seed(),
};

export type GroupKFoldParams = ParamsOf<typeof spec>;

/**
 * Folds that keep groups whole: the largest group first, each to the fold with the fewest samples so far.
 *
 * @example
 * import { GroupKFold } from 'fitwise';
 * const [first] = new GroupKFold({ nSplits: 2 }).split(4, undefined, ['a', 'b', 'b', 'c']);
 * first.test; // Int32Array [1, 2]
 */
export class GroupKFold implements Splitter {
  readonly params: GroupKFoldParams;
  readonly usesGroups = true;

  /** @throws InvalidParamError on an unknown or invalid parameter, and on a seed without shuffling. */
  constructor(params: Partial<GroupKFoldParams> = {}) {
    this.params = checkParams('GroupKFold', spec, params);
    checkShuffleSeed('GroupKFold', this.params);
  }

  /** @throws InvalidInputError without groups, or if there are fewer groups than folds. */
  *split(X: Samples, _y?: Target, groups?: ArrayLike<Label>): Generator<Split> {
    const { nSplits, shuffle, randomState } = this.params;
    const action = 'split with GroupKFold';
    const count = countSamples(X, action);
    const encoded = readGroups(groups, count, action, { least: nSplits, because: 'nSplits' });
    const foldOfGroup = shuffle
      ? dealOut(encoded.classes.length, nSplits, randomFrom(randomState))
      : fillLightest(encoded, nSplits);
    yield* splitsOfFolds(
      encoded.codes.map(group => foldOfGroup[group]!),
      nSplits,
    );
  }

  getNSplits(): number {
    return this.params.nSplits;
  }
}

/** The fold of each group; of equally large groups the last one goes first, of equally light folds the first one is filled. */
function fillLightest({ classes, codes }: EncodedLabels, nSplits: number): Int32Array {
  const sizes = new Int32Array(classes.length);
  for (const group of codes) sizes[group]! += 1;
  const largestFirst = Array.from(sizes.keys()).sort((a, b) => sizes[b]! - sizes[a]! || b - a);
  const loads = new Float64Array(nSplits);
  const foldOf = new Int32Array(classes.length);
  for (const group of largestFirst) {
    const lightest = loads.indexOf(loads.reduce((least, load) => Math.min(least, load)));
    loads[lightest]! += sizes[group]!;
    foldOf[group] = lightest;
  }
  return foldOf;
}
