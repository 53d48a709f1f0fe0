import type { Matrix, MatrixLike } from '../array/index.ts';
import type { Spec, Target } from '../check/index.ts';
import { drive, type Work } from '../work/index.ts';
import { Estimator } from './estimator.ts';
import type { FitOptions } from './options.ts';

/** What every clusterer learns: the cluster of each sample. */
export interface ClustererLearned {
  /** From 0 on, in no particular order; -1 is noise. */
  readonly labels: Int32Array;
}

/** Groups samples. */
export abstract class Clusterer<S extends Spec, L extends ClustererLearned, D = Matrix> extends Estimator<
  S,
  L,
  D,
  Target | undefined
> {
  readonly kind = 'clusterer';

  /** Cluster of each sample of `fit`. */
  get labels_(): Int32Array {
    return this.learned.labels;
  }

  /** Fits, and gives the cluster of each sample. */
  fitPredict(X: MatrixLike, y?: Target, options: FitOptions = {}): Promise<Int32Array> {
    return drive(this.fitPredictWork(X, y, options), options);
  }

  /** The work of `fitPredict`. */
  *fitPredictWork(X: MatrixLike, y?: Target, options: FitOptions = {}): Work<Int32Array> {
    yield* this.fitWork(X, y, options);
    return this.labels_;
  }
}
