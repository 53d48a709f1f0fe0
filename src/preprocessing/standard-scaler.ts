import { CsrMatrix, type Matrix, type MatrixLike } from '../array/index.ts';
import { boolean, type ParamsOf, type Target } from '../check/index.ts';
import type { FitContext, FitOptions } from '../core/index.ts';
import { UnsupportedError } from '../errors/index.ts';
import type { ColumnScaling } from '../kernels/index.ts';
import { drive, type Work } from '../work/index.ts';
import { checkRange, columnMoments, isConstant, type Moments } from './column-moments.ts';
import { ColumnScaler } from './column-scaler.ts';

const spec = {
  /** Subtract each feature's mean. */
  withMean: boolean({ default: true }),
  /** Divide by each feature's standard deviation. */
  withStd: boolean({ default: true }),
};

export type StandardScalerParams = ParamsOf<typeof spec>;

interface Learned extends Moments {
  /** Standard deviation, 1 where the column is constant up to rounding. */
  readonly scale: Float64Array;
}

/**
 * Standardises features: `z = (x - mean) / std`, with the population standard deviation over the values that are
 * not missing. A constant feature is centred and left unscaled. Sparse samples are scaled without `withMean` only,
 * and stay sparse.
 *
 * Cost: O(samples × features) time, O(features) memory besides the result.
 *
 * Differs from scikit-learn: a `partialFit` without a value in some column leaves what is known of that column as it
 * was (there its variance becomes NaN), and `nSamplesSeen_` counts weights also where neither mean nor deviation is
 * asked for, and keeps their fractions where later calls have none.
 *
 * @example
 * import { StandardScaler } from 'fitwise';
 * const scaler = await new StandardScaler().fit([[0], [2]]);
 * (await scaler.transform([[2], [4]])).toArray(); // [[1], [3]]
 */
export class StandardScaler extends ColumnScaler<typeof spec, Learned> {
  static override readonly id = 'preprocessing/StandardScaler';
  static override readonly traits = {
    allowNaN: true,
    sparse: 'native',
    findsInfinite: true,
    consumes: ['sampleWeight'],
  } as const;

  constructor(params: Partial<StandardScalerParams> = {}) {
    super(spec, params);
  }

  /** Mean of each feature; null if neither `withMean` nor `withStd`. */
  get mean_(): Float64Array | null {
    const { mean } = this.learned;
    return this.params.withMean || this.params.withStd ? mean : null;
  }

  /** Variance of each feature; null without `withStd`. */
  get var_(): Float64Array | null {
    const { variance } = this.learned;
    return this.params.withStd ? variance : null;
  }

  /** What each feature is divided by: its standard deviation, or 1 where it is constant; null without `withStd`. */
  get scale_(): Float64Array | null {
    const { scale } = this.learned;
    return this.params.withStd ? scale : null;
  }

  /** Number of samples (sum of weights) seen per feature; one number where no value was missing. */
  get nSamplesSeen_(): number | Float64Array {
    const { seen } = this.learned;
    return seen.every(count => count === seen[0]) ? seen[0]! : seen;
  }

  /**
   * Goes on learning from more samples, as if they had been among those of `fit`.
   *
   * @param X samples × features of the calls before
   * @throws InvalidInputError on data that break a rule; what was learned before stays.
   */
  partialFit(X: MatrixLike, y?: Target, options: FitOptions = {}): Promise<this> {
    return drive(this.updateWork(X, y, options), options);
  }

  protected override *learn(X: Matrix | CsrMatrix, _y: unknown, context: FitContext): Work<Learned> {
    this.checkForm(X, context.action);
    const moments = yield* columnMoments(
      X,
      context.sampleWeight,
      context.previous as Learned | undefined,
      context.action,
    );
    const { withMean, withStd } = this.params;
    if (withMean || withStd) checkRange(moments, withStd, context.action);
    const { mean, variance, seen } = moments;
    const scale = variance.map((v, j) => (isConstant(v, mean[j]!, seen[j]!) ? 1 : Math.sqrt(v)));
    return { ...moments, scale };
  }

  protected override checkForm(X: Matrix | CsrMatrix, action: string): void {
    if (!(X instanceof CsrMatrix && this.params.withMean)) return;
    throw new UnsupportedError({
      action,
      rule: 'a sparse X must not be centred',
      received: 'withMean true',
      repair: 'make it with withMean: false, or call toDense() first',
    });
  }

  protected override forward(): ColumnScaling {
    return { rule: 'subtract and divide', ...this.#affine() };
  }

  protected override backward(): ColumnScaling {
    return { rule: 'multiply and add', ...this.#affine() };
  }

  #affine(): { shift: Float64Array; scale: Float64Array } {
    const { mean, scale } = this.learned;
    const { withMean, withStd } = this.params;
    return { shift: withMean ? mean : mean.map(() => 0), scale: withStd ? scale : scale.map(() => 1) };
  }
}
