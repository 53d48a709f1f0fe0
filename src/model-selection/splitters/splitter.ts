import type { MatrixLike } from '../../array/index.ts';
import type { Label, Target } from '../../check/index.ts';

/** Positions of the samples to train on and to test on. */
export interface Split {
  readonly train: Int32Array;
  readonly test: Int32Array;
}

/** What splitters need to know of `X`: a table, or the number of its rows. */
export type Samples = MatrixLike | ArrayLike<unknown> | number;

/** Divides samples into folds: the same ones each time it is asked, if its seed is an integer. */
export interface Splitter {
  /** Whether groups have a say; where they have none, passing them to a search is an error. */
  readonly usesGroups: boolean;
  /**
   * @param X the samples, or their number
   * @param y class labels, where folds keep the classes' shares
   * @param groups group of each sample, where groups stay together
   */
  split(X: Samples, y?: Target, groups?: ArrayLike<Label>): Iterable<Split>;
  /** Number of splits; some splitters need the data for it. */
  getNSplits(X?: Samples, y?: Target, groups?: ArrayLike<Label>): number;
}
