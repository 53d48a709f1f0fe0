import { checkParams, integer, nullable, type ParamsOf } from '../../check/index.ts';
import { InvalidInputError } from '../../errors/index.ts';
import { countSamples } from './count-samples.ts';
import type { Samples, Split, Splitter } from './splitter.ts';

const spec = {
  /** Number of splits. */
  nSplits: integer({ min: 2, default: 5 }),
  /** Most samples to train on, the latest ones; null for all that came before. */
  maxTrainSize: nullable(integer({ min: 1, default: 1 })),
  /** Samples per test set; null for `floor(nSamples / (nSplits + 1))`. */
  testSize: nullable(integer({ min: 1, default: 1 })),
  /** Samples left out between training and testing. */
  gap: integer({ min: 0, default: 0 }),
};

export type TimeSeriesSplitParams = ParamsOf<typeof spec>;

/**
 * Test blocks at the end of a series, one after another; each is predicted from what came before it.
 *
 * @example
 * import { TimeSeriesSplit } from 'fitwise';
 * const [first] = new TimeSeriesSplit({ nSplits: 2 }).split(6);
 * first.train; // Int32Array [0, 1]
 * first.test; // Int32Array [2, 3]
 */
export class TimeSeriesSplit implements Splitter {
  readonly params: TimeSeriesSplitParams;
  readonly usesGroups = false;

  /** @throws InvalidParamError on an unknown or invalid parameter. */
  constructor(params: Partial<TimeSeriesSplitParams> = {}) {
    this.params = checkParams('TimeSeriesSplit', spec, params);
  }

  /** @throws InvalidInputError if the first split would have nothing to train on. */
  *split(X: Samples): Generator<Split> {
    const { nSplits, maxTrainSize, gap } = this.params;
    const count = countSamples(X, 'split with TimeSeriesSplit');
    const testSize = this.#checkSizes(count);
    const rows = Int32Array.from({ length: count }, (_, row) => row);
    for (let start = count - nSplits * testSize; start < count; start += testSize) {
      const end = start - gap;
      const from = maxTrainSize === null ? 0 : Math.max(0, end - maxTrainSize);
      yield { train: rows.slice(from, end), test: rows.slice(start, start + testSize) };
    }
  }

  getNSplits(): number {
    return this.params.nSplits;
  }

  /** The size of the test sets. */
  #checkSizes(count: number): number {
    const { nSplits, gap } = this.params;
    const testSize = this.params.testSize ?? Math.floor(count / (nSplits + 1));
    if (count > nSplits && count > gap + testSize * nSplits) return testSize;
    throw new InvalidInputError({
      action: 'split with TimeSeriesSplit',
      rule: `nSamples must be > nSplits (${nSplits}) and > gap + nSplits * testSize (${gap} + ${nSplits} * ${testSize})`,
      received: `nSamples ${count}`,
    });
  }
}
