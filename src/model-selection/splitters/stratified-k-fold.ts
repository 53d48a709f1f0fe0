import { boolean, checkParams, integer, type Label, type ParamsOf, seed, type Target } from '../../check/index.ts';
import { InvalidInputError, warn } from '../../errors/index.ts';
import { type RandomState, randomFrom } from '../../random/index.ts';
import { countSamples } from './count-samples.ts';
import { checkFoldCount } from './k-fold.ts';
import { readLabels } from './read-labels.ts';
import { checkShuffleSeed } from './shuffle-seed.ts';
import { splitsOfFolds } from './split-where.ts';
import type { Samples, Split, Splitter } from './splitter.ts';

const spec = {
  /** Number of folds. */
  nSplits: integer({ min: 2, default: 5 }),
  /** Shuffle each class's samples before they are dealt out. */
  shuffle: boolean({ default: false }),
  /** Seed of the shuffles. */
  randomState: seed(),
};

export type StratifiedKFoldParams = ParamsOf<typeof spec>;

/**
 * Folds in which each class has the share that it has in all samples, as nearly as whole samples allow.
 *
 * @example
 * import { StratifiedKFold } from 'fitwise';
 * const [first] = new StratifiedKFold({ nSplits: 2 }).split(4, ['a', 'a', 'b', 'b']);
 * first.test; // Int32Array [0, 2]
 */
export class StratifiedKFold implements Splitter {
  readonly params: StratifiedKFoldParams;
  readonly usesGroups = false;

  /** @throws InvalidParamError on an unknown or invalid parameter, and on a seed without shuffling. */
  constructor(params: Partial<StratifiedKFoldParams> = {}) {
    this.params = checkParams('StratifiedKFold', spec, params);
    checkShuffleSeed('StratifiedKFold', this.params);
  }

  /** @throws InvalidInputError without class labels, or if every class has fewer samples than there are folds. */
  *split(X: Samples, y?: Target): Generator<Split> {
    const { nSplits, shuffle, randomState } = this.params;
    const labels = readStratified('StratifiedKFold', X, y, nSplits);
    yield* splitsOfFolds(dealOutClasses(labels, nSplits, shuffle ? randomFrom(randomState) : undefined), nSplits);
  }

  getNSplits(): number {
    return this.params.nSplits;
  }
}

/** The labels to stratify by, once there are enough samples of some class. */
export function readStratified(owner: string, X: Samples, y: Target | undefined, nSplits: number): readonly Label[] {
  const action = `split with ${owner}`;
  const count = countSamples(X, action);
  checkFoldCount(owner, nSplits, count);
  const labels = readLabels(y, count, action);
  checkClassSizes(owner, encodeByAppearance(labels).counts, nSplits);
  return labels;
}

/**
 * The fold of each sample. Classes are numbered by first appearance. Fold `f` gets as many samples of a class as there
 * are at the places `f, f + nSplits, f + 2 nSplits, ...` of the labels sorted by class, in blocks in the order of the
 * data, or in a drawn one.
 */
export function dealOutClasses(labels: readonly Label[], nSplits: number, random: RandomState | undefined): Int32Array {
  const { codes, counts } = encodeByAppearance(labels);
  const allocation = allocate(counts, nSplits);
  const queues = counts.map((_, code) => {
    const folds = Int32Array.from(allocation.flatMap((sizes, f) => new Array<number>(sizes[code]!).fill(f)));
    random?.shuffle(folds);
    return folds.values();
  });
  return codes.map(code => queues[code]!.next().value!);
}

/** @throws InvalidInputError if every class has fewer samples than there are folds; warns if some class has. */
export function checkClassSizes(owner: string, counts: readonly number[], nSplits: number): void {
  const [smallest, largest] = [Math.min(...counts), Math.max(...counts)];
  if (largest < nSplits) {
    throw new InvalidInputError({
      action: `split with ${owner}`,
      rule: `some class must have >= nSplits (${nSplits}) samples`,
      received: `at most ${largest} of ${counts.reduce((sum, size) => sum + size)} samples in a class`,
    });
  }
  if (smallest >= nSplits) return;
  const message = `the smallest class has ${smallest} samples, fewer than nSplits ${nSplits}`;
  warn({ kind: 'user', source: owner, message });
}

function encodeByAppearance(labels: readonly Label[]): { codes: Int32Array; counts: number[] } {
  const position = new Map<Label, number>();
  const counts: number[] = [];
  const codes = Int32Array.from(labels, label => {
    const code = position.get(label) ?? position.size;
    position.set(label, code);
    counts[code] = (counts[code] ?? 0) + 1;
    return code;
  });
  return { codes, counts };
}

/** Samples of each class per fold: those at every nSplits-th place of the labels sorted by class. */
function allocate(counts: readonly number[], nSplits: number): number[][] {
  const allocation = Array.from({ length: nSplits }, () => counts.map(() => 0));
  let place = 0;
  counts.forEach((size, code) => {
    for (let k = 0; k < size; k++) allocation[place++ % nSplits]![code]! += 1;
  });
  return allocation;
}
