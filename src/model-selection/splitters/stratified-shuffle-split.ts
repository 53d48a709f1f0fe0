import { checkParams, encodeLabels, integer, type Label, type ParamsOf, seed, type Target } from '../../check/index.ts';
import { InvalidInputError } from '../../errors/index.ts';
import { type RandomState, randomFrom } from '../../random/index.ts';
import { countSamples } from './count-samples.ts';
import { readStrata } from './read-labels.ts';
import { countSplit, sizeRule } from './split-sizes.ts';
import type { Samples, Split, Splitter } from './splitter.ts';

const spec = {
  /** Number of random divisions. */
  nSplits: integer({ min: 1, default: 10 }),
  /** Test samples: a share, a count, or null for what `trainSize` leaves (a tenth if both are null). */
  testSize: sizeRule(),
  /** Training samples: a share, a count, or null for what `testSize` leaves. */
  trainSize: sizeRule(),
  /** Seed of the permutations. */
  randomState: seed(),
};

export type StratifiedShuffleSplitParams = ParamsOf<typeof spec>;

/**
 * Random divisions that keep each class's share in both parts. Several labels per sample count as one class per
 * combination.
 *
 * @example
 * import { StratifiedShuffleSplit } from 'fitwise';
 * const splitter = new StratifiedShuffleSplit({ nSplits: 1, testSize: 0.5, randomState: 0 });
 * const [first] = splitter.split(4, ['a', 'a', 'b', 'b']);
 * first.test.length; // 2
 */
export class StratifiedShuffleSplit implements Splitter {
  readonly params: StratifiedShuffleSplitParams;
  readonly usesGroups = false;

  /** @throws InvalidParamError on an unknown or invalid parameter. */
  constructor(params: Partial<StratifiedShuffleSplitParams> = {}) {
    this.params = checkParams('StratifiedShuffleSplit', spec, params);
  }

  /** @throws InvalidInputError if a class has one sample, or a part would have fewer samples than there are classes. */
  *split(X: Samples, y?: Target): Generator<Split> {
    const action = 'split with StratifiedShuffleSplit';
    const count = countSamples(X, action);
    const sizes = countSplit(this.params, count, 0.1, action);
    const strata = readStrata(y, count, action);
    yield* stratifiedSplits(strata, sizes, this.params.nSplits, randomFrom(this.params.randomState), action);
  }

  getNSplits(): number {
    return this.params.nSplits;
  }
}

/** Random divisions in which both parts have the strata's shares. */
export function* stratifiedSplits(
  strata: readonly Label[],
  { nTest, nTrain }: { readonly nTest: number; readonly nTrain: number },
  nSplits: number,
  random: RandomState,
  action: string,
): Generator<Split> {
  const rowsOfClass = groupRows(strata, action);
  checkStrata(rowsOfClass, nTrain, nTest, action);
  for (let k = 0; k < nSplits; k++) yield drawSplit(rowsOfClass, nTrain, nTest, random);
}

/** Rows of each class, classes sorted. */
function groupRows(labels: readonly Label[], action: string): Int32Array[] {
  const { classes, codes } = encodeLabels(action, labels);
  return classes.map((_, code) => Int32Array.from(codes.keys()).filter(row => codes[row] === code));
}

function checkStrata(rowsOfClass: readonly Int32Array[], nTrain: number, nTest: number, action: string): void {
  const smallest = Math.min(...rowsOfClass.map(rows => rows.length));
  if (smallest < 2) {
    throw new InvalidInputError({
      action,
      rule: 'every class must have >= 2 samples',
      received: `a class with ${smallest}`,
    });
  }
  if (Math.min(nTrain, nTest) >= rowsOfClass.length) return;
  throw new InvalidInputError({
    action,
    rule: `both parts must have at least one sample per class (${rowsOfClass.length})`,
    received: `${nTrain} for training and ${nTest} for testing`,
  });
}

function drawSplit(rowsOfClass: readonly Int32Array[], nTrain: number, nTest: number, random: RandomState): Split {
  const counts = rowsOfClass.map(rows => rows.length);
  const trainCounts = shareOut(counts, nTrain, random);
  const testCounts = shareOut(
    counts.map((size, code) => size - trainCounts[code]!),
    nTest,
    random,
  );
  const train: number[] = [];
  const test: number[] = [];
  rowsOfClass.forEach((rows, code) => {
    const order = random.permutation(rows.length).map(place => rows[place]!);
    const end = trainCounts[code]!;
    train.push(...order.subarray(0, end));
    test.push(...order.subarray(end, end + testCounts[code]!));
  });
  return {
    train: Int32Array.from(random.permutation(train.length), place => train[place]!),
    test: Int32Array.from(random.permutation(test.length), place => test[place]!),
  };
}

/** Draws shared out in proportion to the counts: largest remainders first, ties broken at random. */
function shareOut(counts: readonly number[], draws: number, random: RandomState): number[] {
  const total = counts.reduce((sum, size) => sum + size, 0);
  const exact = counts.map(size => (size / total) * draws);
  const shares = exact.map(Math.floor);
  let missing = draws - shares.reduce((sum, share) => sum + share, 0);
  const remainders = exact.map((value, code) => value - shares[code]!);
  for (const remainder of [...new Set(remainders)].sort((a, b) => b - a)) {
    if (missing <= 0) break;
    const tied = remainders.flatMap((other, code) => (other === remainder ? [code] : []));
    const lucky = random.permutation(tied.length).slice(0, Math.min(tied.length, missing));
    for (const place of lucky) shares[tied[place]!]! += 1;
    missing -= lucky.length;
  }
  return shares;
}
