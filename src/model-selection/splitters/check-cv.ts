import type { Target } from '../../check/index.ts';
import { InvalidParamError, show } from '../../errors/index.ts';
import { KFold } from './k-fold.ts';
import { isStratifiable } from './read-labels.ts';
import type { Samples, Split, Splitter } from './splitter.ts';
import { StratifiedKFold } from './stratified-k-fold.ts';

/** How to split: a number of folds, a splitter, or splits as they are. */
export type CvOption =
  | number
  | Splitter
  | Iterable<{ readonly train: ArrayLike<number>; readonly test: ArrayLike<number> }>;

export interface CheckCvOptions {
  /** Classifiers keep the classes' shares in every fold. */
  readonly isClassifier?: boolean;
}

/**
 * The splitter that a `cv` option means: a number of folds is stratified for classifiers with binary or multiclass
 * targets, and plain otherwise; neither is shuffled.
 *
 * @throws InvalidParamError if it is none of the three forms.
 */
export function checkCv(cv: CvOption | null, y: Target | undefined, options: CheckCvOptions = {}): Splitter {
  const folds = cv ?? 5;
  if (typeof folds === 'number') {
    const stratifies = options.isClassifier === true && y !== undefined && y !== null && isStratifiable(y);
    return stratifies ? new StratifiedKFold({ nSplits: folds }) : new KFold({ nSplits: folds });
  }
  if (isSplitter(folds)) return folds;
  if (typeof folds === 'object' && Symbol.iterator in folds) return new GivenSplits(folds);
  throw new InvalidParamError({
    action: 'cross-validate',
    rule: 'cv must be a number of folds, a splitter, or a list of { train, test }',
    received: show(cv),
  });
}

export function isSplitter(candidate: unknown): candidate is Splitter {
  return typeof (candidate as Splitter | null)?.split === 'function';
}

/** Splits that the caller made. */
class GivenSplits implements Splitter {
  readonly usesGroups = false;
  readonly #splits: readonly Split[];

  constructor(splits: Iterable<{ readonly train: ArrayLike<number>; readonly test: ArrayLike<number> }>) {
    this.#splits = Array.from(splits, ({ train, test }) => ({
      train: Int32Array.from(train),
      test: Int32Array.from(test),
    }));
  }

  split(_X: Samples): Iterable<Split> {
    return this.#splits;
  }

  getNSplits(): number {
    return this.#splits.length;
  }
}
