import {
  boolean,
  checkLength,
  checkParams,
  integer,
  isMultiOutput,
  type Label,
  type ParamsOf,
  seed,
  type Target,
} from '../../check/index.ts';
import { InvalidInputError, show, warn } from '../../errors/index.ts';
import { randomFrom } from '../../random/index.ts';
import { countSamples } from './count-samples.ts';
import { checkShuffleSeed } from './shuffle-seed.ts';
import { splitByMask } from './split-by-mask.ts';
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
    const action = 'split with StratifiedKFold';
    const count = countSamples(X, action);
    const folds = this.#foldOfEach(readLabels(y, count, action));
    for (let fold = 0; fold < this.params.nSplits; fold++) {
      yield splitByMask(
        count,
        Int32Array.from({ length: count }, (_, i) => i).filter(i => folds[i] === fold),
      );
    }
  }

  getNSplits(): number {
    return this.params.nSplits;
  }

  /**
   * Classes are numbered by first appearance. Fold `f` gets as many samples of a class as there are at the places
   * `f, f + nSplits, f + 2 nSplits, ...` of the labels sorted by class, in blocks in the order of the data.
   */
  #foldOfEach(labels: readonly Label[]): Int32Array {
    const { nSplits, shuffle, randomState } = this.params;
    const { codes, counts } = encodeByAppearance(labels);
    this.#checkCounts(counts, labels.length);
    const allocation = allocate(counts, nSplits);
    const random = shuffle ? randomFrom(randomState) : undefined;
    const folds = new Int32Array(labels.length);
    counts.forEach((size, code) => {
      const own = Int32Array.from(
        Array.from({ length: nSplits }, (_, f) => new Array<number>(allocation[f]![code]!).fill(f)).flat(),
      );
      random?.shuffle(own);
      let next = 0;
      for (let i = 0; next < size; i++) if (codes[i] === code) folds[i] = own[next++]!;
    });
    return folds;
  }

  #checkCounts(counts: readonly number[], count: number): void {
    const { nSplits } = this.params;
    if (counts.every(size => size < nSplits)) {
      throw new InvalidInputError({
        action: 'split with StratifiedKFold',
        rule: `some class must have >= nSplits (${nSplits}) samples`,
        received: `at most ${Math.max(...counts)} of ${count} samples in a class`,
      });
    }
    const smallest = Math.min(...counts);
    if (smallest >= nSplits) return;
    const message = `the smallest class has ${smallest} samples, fewer than nSplits ${nSplits}`;
    warn({ kind: 'user', source: 'StratifiedKFold', message });
  }
}

/**
 * Class labels to stratify by.
 *
 * @throws InvalidInputError if they are missing, continuous, several per sample, or of another length.
 */
export function readLabels(y: Target | undefined, count: number, action: string): Label[] {
  if (y === undefined || y === null) throw new InvalidInputError({ action, rule: 'y must be given', received: 'none' });
  if (isMultiOutput(y))
    throw new InvalidInputError({ action, rule: 'y must have one label per sample', received: 'several' });
  const labels = Array.from(y as ArrayLike<Label>);
  checkLength('y', labels.length, count, action);
  const row = labels.findIndex(label => !['string', 'boolean'].includes(typeof label) && !Number.isInteger(label));
  if (row === -1) return labels;
  throw new InvalidInputError({
    action,
    rule: 'y must hold class labels to stratify by',
    received: `${show(labels[row])} at row ${row}`,
    repair: 'use a splitter that does not stratify',
  });
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
