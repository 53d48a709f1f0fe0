import { Matrix, type MatrixLike, toMatrix } from '../array/index.ts';
import { boolean, checkMatrix, type ParamsOf } from '../check/index.ts';
import { type FitContext, InvertibleTransformer } from '../core/index.ts';
import { MAX_OPS, type Work } from '../work/index.ts';
import { columnMoments, type Moments } from './column-moments.ts';
import { checkWidth } from './width.ts';

const spec = {
  /** Subtract each feature's mean. */
  withMean: boolean({ default: true }),
  /** Divide by each feature's standard deviation. */
  withStd: boolean({ default: true }),
};

export type StandardScalerParams = ParamsOf<typeof spec>;

/**
 * Standardises features: `z = (x - mean) / std`, with the population standard deviation over the values that are
 * not missing. A constant feature is centred and left unscaled.
 *
 * Cost: O(samples × features) time, O(features) memory besides the result.
 *
 * @example
 * import { StandardScaler } from 'fitwise';
 * const scaler = await new StandardScaler().fit([[0], [2]]);
 * (await scaler.transform([[2], [4]])).toArray(); // [[1], [3]]
 */
export class StandardScaler extends InvertibleTransformer<typeof spec, Moments> {
  static override readonly id = 'preprocessing/StandardScaler';
  static override readonly traits = { allowNaN: true, consumes: ['sampleWeight'] } as const;

  constructor(params: Partial<StandardScalerParams> = {}) {
    super(spec, params);
  }

  /** Mean of each feature; null if neither `withMean` nor `withStd`. */
  get mean_(): Float64Array | null {
    return this.params.withMean || this.params.withStd ? this.learned.mean : null;
  }

  /** Variance of each feature; null without `withStd`. */
  get var_(): Float64Array | null {
    return this.params.withStd ? this.learned.variance : null;
  }

  /** What each feature is divided by: its standard deviation, or 1 where it is constant; null without `withStd`. */
  get scale_(): Float64Array | null {
    return this.params.withStd ? this.learned.scale : null;
  }

  /** Number of samples (sum of weights) seen per feature; one number where no value was missing. */
  get nSamplesSeen_(): number | Float64Array {
    const { seen } = this.learned;
    return seen.every(count => count === seen[0]) ? seen[0]! : seen;
  }

  protected override learn(X: Matrix, _y: unknown, { sampleWeight }: FitContext): Work<Moments> {
    return columnMoments(X, sampleWeight);
  }

  protected override map(X: Matrix): Work<Matrix> {
    const { shift, scale } = this.#affine();
    return mapRows(X, (value, j) => (value - shift[j]!) / scale[j]!);
  }

  protected override *unmap(X: MatrixLike): Work<Matrix> {
    const action = `invert with ${this.name}`;
    const { matrix } = toMatrix(X, action);
    checkWidth(matrix, this.nFeaturesIn_, action);
    checkMatrix(matrix, action, { allowNaN: true });
    const { shift, scale } = this.#affine();
    return yield* mapRows(matrix, (value, j) => value * scale[j]! + shift[j]!);
  }

  #affine(): { shift: Float64Array; scale: Float64Array } {
    const { mean, scale } = this.learned;
    const { withMean, withStd } = this.params;
    return { shift: withMean ? mean : new Float64Array(mean.length), scale: withStd ? scale : scale.map(() => 1) };
  }
}

function* mapRows(X: Matrix, f: (value: number, column: number) => number): Work<Matrix> {
  const result = Matrix.zeros(X.rows, X.columns);
  const { columns } = X;
  const chunk = Math.max(1, Math.floor(MAX_OPS / columns));
  for (let from = 0; from < X.rows; from += chunk) {
    const to = Math.min(X.rows, from + chunk);
    for (let i = from; i < to; i++) {
      for (let j = 0; j < columns; j++) result.data[i * columns + j] = f(X.data[i * columns + j]!, j);
    }
    yield { ops: (to - from) * columns };
  }
  return result;
}
