import type { Matrix } from '../array/index.ts';
import type { Spec } from '../check/index.ts';
import { Regressor, type RegressorLearned } from '../core/index.ts';
import type { Work } from '../work/index.ts';
import { type LinearWeights, linearScores } from './linear-scores.ts';

export interface LinearRegressorLearned extends RegressorLearned, LinearWeights {}

/** A regressor that predicts `X w + intercept`; subclasses say how the coefficients are learned. */
export abstract class LinearRegressor<S extends Spec, L extends LinearRegressorLearned> extends Regressor<S, L> {
  /** Coefficients of the features: a list for one target, targets × features where `y` had columns. */
  get coef_(): Float64Array | Matrix {
    const { coef, isMultiOutput } = this.learned;
    return isMultiOutput ? coef : coef.data;
  }

  /** Prediction where every feature is 0: one per target where `y` had columns; the number 0 without `fitIntercept`. */
  get intercept_(): number | Float64Array {
    const { intercept, isMultiOutput } = this.learned;
    const { fitIntercept } = this.params as { readonly fitIntercept: boolean };
    return isMultiOutput && fitIntercept ? intercept : intercept[0]!;
  }

  protected override regress(X: Matrix): Work<Matrix> {
    return linearScores(X, this.learned);
  }
}
