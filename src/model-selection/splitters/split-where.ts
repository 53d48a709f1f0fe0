import type { Split } from './splitter.ts';

/** The split whose test samples are those that `isTest` picks; both sides ascend. */
export function splitWhere(count: number, isTest: (row: number) => boolean): Split {
  const order = new Int32Array(count);
  let nTest = 0;
  let nTrain = 0;
  for (let row = 0; row < count; row++) {
    if (isTest(row)) order[count - ++nTest] = row;
    else order[nTrain++] = row;
  }
  return { train: order.slice(0, nTrain), test: order.slice(nTrain).reverse() };
}

/** One split per fold, given the fold whose test set each sample is in; a sample of another number is never tested. */
export function* splitsOfFolds(foldOf: ArrayLike<number>, nFolds: number): Generator<Split> {
  for (let fold = 0; fold < nFolds; fold++) yield splitWhere(foldOf.length, row => foldOf[row] === fold);
}
