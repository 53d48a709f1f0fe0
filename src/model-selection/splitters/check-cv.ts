import { type Target, toList } from '../../check/index.ts';
import { InvalidInputError, InvalidParamError, show } from '../../errors/index.ts';
import { countSamples } from './count-samples.ts';
import { KFold } from './k-fold.ts';
import { isStratifiable } from './read-labels.ts';
import type { Samples, Split, Splitter } from './splitter.ts';
import { StratifiedKFold } from './stratified-k-fold.ts';

const ACTION = 'cross-validate';

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
 * @throws InvalidParamError if it is none of the three forms. @throws InvalidInputError on splits that hold no rows.
 */
export function checkCv(cv: CvOption | null, y: Target | undefined, options: CheckCvOptions = {}): Splitter {
  const folds = cv ?? 5;
  if (typeof folds === 'number') {
    const stratifies = options?.isClassifier === true && y !== undefined && y !== null && isStratifiable(y);
    return stratifies ? new StratifiedKFold({ nSplits: folds }) : new KFold({ nSplits: folds });
  }
  if (isSplitter(folds)) return folds;
  if (isIterable(folds)) return new GivenSplits(folds);
  throw new InvalidParamError({
    action: ACTION,
    rule: 'cv must be a number of folds, a splitter, or a list of { train, test }',
    received: show(cv),
  });
}

export function isSplitter(candidate: unknown): candidate is Splitter {
  return typeof (candidate as Splitter | null)?.split === 'function';
}

function isIterable(candidate: unknown): candidate is Iterable<never> {
  return typeof (candidate as { [Symbol.iterator]?: unknown } | null)?.[Symbol.iterator] === 'function';
}

/** Splits that the caller made. */
class GivenSplits implements Splitter {
  readonly usesGroups = false;
  readonly #splits: readonly Split[];

  constructor(splits: Iterable<{ readonly train: ArrayLike<number>; readonly test: ArrayLike<number> }>) {
    this.#splits = Array.from(splits, (split, k) => ({
      train: readRows(split?.train, `cv[${k}].train`),
      test: readRows(split?.test, `cv[${k}].test`),
    }));
  }

  split(X: Samples): Iterable<Split> {
    const count = countSamples(X, ACTION);
    const stray = this.#splits.flatMap(({ train, test }) => [train, test]).find(rows => rows.some(row => row >= count));
    if (stray === undefined) return this.#splits;
    throw new InvalidInputError({
      action: ACTION,
      rule: `cv must hold rows below nSamples (${count})`,
      received: show(stray.find(row => row >= count)),
    });
  }

  getNSplits(): number {
    return this.#splits.length;
  }
}

function readRows(rows: ArrayLike<number>, name: string): Int32Array {
  return Int32Array.from(toList(rows, name, ACTION), row => {
    if (Number.isInteger(row) && row >= 0 && row < 2 ** 31) return row;
    throw new InvalidInputError({ action: ACTION, rule: `${name} must hold whole numbers >= 0`, received: show(row) });
  });
}
