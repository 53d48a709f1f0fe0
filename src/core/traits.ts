import type { MethodName } from './types.ts';

/** Options of `fit` that only some estimators use; passing one that nobody uses is an error. */
export type Consumable = 'sampleWeight' | 'groups' | 'validation' | 'warmStartFrom' | 'classes';

/** Calls that may run on a GPU. */
export type GpuCall = 'fit' | 'kneighbors' | MethodName;

/** What an estimator can do, declared once; the laws, the pipelines and the searches read it. */
export interface Traits {
  /**
   * `'matrix'` (default): numbers; `'frame'`: mixed columns; `'table'`: a matrix where one came, else a frame, both
   * with whatever they hold; `'text'`: a list of strings, or a table with one column of them; `'any'`: whatever came,
   * unchecked.
   */
  readonly input?: 'matrix' | 'frame' | 'table' | 'text' | 'any';
  /** `fit` needs a `y`. Classifiers and regressors always do. */
  readonly needsY?: boolean;
  /** `NaN` means missing and is worked with; otherwise it is refused. */
  readonly allowNaN?: boolean;
  /** Sparse input is `'refused'` (default), `'expanded'` to a dense matrix first, or worked on as it is. */
  readonly sparse?: 'refused' | 'expanded' | 'native';
  /** `learn` refuses infinite values of a matrix itself, where what it computes shows that there are any. */
  readonly findsInfinite?: boolean;
  readonly consumes?: readonly Consumable[];
  /** The calls that have GPU kernels: they take the option `device`. */
  readonly gpu?: readonly GpuCall[];
  /** Works without `fit`: nothing is learned. */
  readonly stateless?: boolean;
  /** Several outputs are understood in `y`. Classifiers and regressors refuse them otherwise. */
  readonly multiOutput?: boolean;
  /** Fewest rows `fit` needs, 1 by default. */
  readonly minRows?: number;
  /** Repeating a row is not the same as doubling its weight, and why. */
  readonly resamples?: string;
  /** Fewer than about 80 % right on easy data are expected (dummies). */
  readonly poorScore?: boolean;
}
