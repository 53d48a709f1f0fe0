import type { Compute } from '../kernels/index.ts';
import type { CallOptions, FitOptions } from './options.ts';

/** What a call is told besides the data. */
export interface CallContext {
  /** For error sentences: `predict with Ridge`. */
  readonly action: string;
  /** What the caller's matrix products are computed with: whoever has a GPU path asks here. */
  readonly compute: Compute;
  /** The options as the caller gave them, for those that hand them on. */
  readonly options: CallOptions;
}

/** What `learn` is told besides the data. */
export interface FitContext extends CallContext {
  /** The options that this estimator consumes, as the caller gave them. */
  readonly options: FitOptions;
  /** Names of the columns, where the input had any. */
  readonly featureNames: readonly string[] | undefined;
  /** Checked weights, where the caller gave any. */
  readonly sampleWeight: Float64Array | undefined;
  /** What was learned before, where this fit goes on from there (`partialFit`, `warmStartFrom`). */
  readonly previous: object | undefined;
  /** What a model with a looser bound learned from the same data, where parts may be taken over (`fitWithinWork`). */
  readonly looser: object | undefined;
  /** Whether this is a call of `partialFit`, which may be the first. */
  readonly isUpdate: boolean;
  /** The fit's seed as an integer: whoever draws starts a `RandomState` with it. */
  readonly seed: number;
}
