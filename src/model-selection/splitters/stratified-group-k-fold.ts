import {
  boolean,
  checkParams,
  encodeLabels,
  integer,
  type Label,
  type ParamsOf,
  seed,
  type Target,
} from '../../check/index.ts';
import { randomFrom } from '../../random/index.ts';
import { mean, populationStd, sum } from '../numpy-sums.ts';
import { countSamples } from './count-samples.ts';
import { checkFoldCount } from './k-fold.ts';
import { readGroups } from './read-groups.ts';
import { readLabels } from './read-labels.ts';
import { checkShuffleSeed } from './shuffle-seed.ts';
import { splitsOfFolds } from './split-where.ts';
import type { Samples, Split, Splitter } from './splitter.ts';
import { checkClassSizes } from './stratified-k-fold.ts';

const spec = {
  /** Number of folds. */
  nSplits: integer({ min: 2, default: 5 }),
  /** Shuffle the groups, which decides between groups whose classes are spread alike. */
  shuffle: boolean({ default: false }),
  /** Seed of the shuffle. */
  randomState: seed(),
};

export type StratifiedGroupKFoldParams = ParamsOf<typeof spec>;

/**
 * Folds that keep groups whole and the classes' shares as even as that allows: the group with the most uneven classes
 * first, each to the fold after which the classes' shares differ least between folds.
 *
 * Cost: O(groups × folds² × classes).
 *
 * Source: the greedy scheme of J. Wasikowski, "Stratified Group k-Fold Cross-Validation" (2019), as in scikit-learn.
 *
 * @example
 * import { StratifiedGroupKFold } from 'fitwise';
 * const [first] = new StratifiedGroupKFold({ nSplits: 2 }).split(4, [0, 1, 0, 1], ['a', 'a', 'b', 'b']);
 * first.test; // Int32Array [0, 1]
 */
export class StratifiedGroupKFold implements Splitter {
  readonly params: StratifiedGroupKFoldParams;
  readonly usesGroups = true;

  /** @throws InvalidParamError on an unknown or invalid parameter, and on a seed without shuffling. */
  constructor(params: Partial<StratifiedGroupKFoldParams> = {}) {
    this.params = checkParams('StratifiedGroupKFold', spec, params);
    checkShuffleSeed('StratifiedGroupKFold', this.params);
  }

  /** @throws InvalidInputError without labels or groups, or if there are fewer groups than folds. */
  *split(X: Samples, y?: Target, groups?: ArrayLike<Label>): Generator<Split> {
    const { nSplits, shuffle, randomState } = this.params;
    const action = 'split with StratifiedGroupKFold';
    const count = countSamples(X, action);
    checkFoldCount('StratifiedGroupKFold', nSplits, count);
    const labels = encodeLabels(action, readLabels(y, count, action));
    const { classes, codes } = readGroups(groups, count, action, { least: nSplits, because: 'nSplits' });
    const counts = classes.map(() => new Float64Array(labels.classes.length));
    labels.codes.forEach((label, row) => {
      counts[codes[row]!]![label]! += 1;
    });
    const classSizes = labels.classes.map((_, label) => counts.reduce((total, own) => total + own[label]!, 0));
    checkClassSizes('StratifiedGroupKFold', classSizes, nSplits);
    const order = Int32Array.from(counts.keys());
    if (shuffle) randomFrom(randomState).shuffle(order);
    const foldOfGroup = fillEvenly(counts, order, classSizes, nSplits);
    yield* splitsOfFolds(
      codes.map(group => foldOfGroup[group]!),
      nSplits,
    );
  }

  getNSplits(): number {
    return this.params.nSplits;
  }
}

/** The fold of each group; `counts` holds the samples of each class per group, `order` decides between equals. */
function fillEvenly(
  counts: readonly Float64Array[],
  order: Int32Array,
  classSizes: readonly number[],
  nSplits: number,
): Int32Array {
  const spread = counts.map(populationStd);
  const mostUnevenFirst = Array.from(order).sort((a, b) => spread[b]! - spread[a]!);
  const folds = Array.from({ length: nSplits }, () => new Float64Array(classSizes.length));
  const foldOf = new Int32Array(counts.length);
  for (const group of mostUnevenFirst) {
    const best = findFold(folds, counts[group]!, classSizes);
    addTo(folds[best]!, counts[group]!, 1);
    foldOf[group] = best;
  }
  return foldOf;
}

/** The fold after which shares are most even; of nearly equal ones the one with clearly fewer samples. */
function findFold(folds: readonly Float64Array[], group: Float64Array, classSizes: readonly number[]): number {
  let best = 0;
  let bestSpread = Infinity;
  let bestSize = Infinity;
  folds.forEach((fold, i) => {
    addTo(fold, group, 1);
    const spread = meanSpread(folds, classSizes);
    addTo(fold, group, -1);
    const size = sum(fold);
    const isClose = Math.abs(spread - bestSpread) <= 1e-8 + 1e-5 * Math.abs(bestSpread);
    if (spread < bestSpread || (isClose && size < bestSize)) [best, bestSpread, bestSize] = [i, spread, size];
  });
  return best;
}

/** How differently a class's samples are shared among the folds (standard deviation), averaged over classes. */
function meanSpread(folds: readonly Float64Array[], classSizes: readonly number[]): number {
  return mean(
    classSizes.map((size, label) => {
      const shares = folds.map(fold => fold[label]! / size);
      const center = addUp(shares) / shares.length;
      return Math.sqrt(addUp(shares.map(share => (share - center) * (share - center))) / shares.length);
    }),
  );
}

/** One after another: numpy's order down the columns of a table. */
function addUp(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function addTo(fold: Float64Array, group: Float64Array, sign: 1 | -1): void {
  for (let i = 0; i < fold.length; i++) fold[i]! += sign * group[i]!;
}
