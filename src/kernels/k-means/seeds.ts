import type { Work } from '../../work/index.ts';

/** Rows that become first centers one after the other; whoever asks for them closes them. */
export interface Seeds {
  /** The squared distance of each row from its nearest center so far, infinite before the first; until the next call. */
  readonly closest: Float64Array;
  /**
   * Of some rows takes the one that as a further center leaves the least weighted sum of squared distances; the first
   * of equals.
   */
  take(candidates: readonly number[]): Work<Seed>;
  close(): void;
}

/** A row as a further center. */
export interface Seed {
  readonly row: number;
  /** The weighted sum of the squared distances then. */
  readonly total: number;
}
