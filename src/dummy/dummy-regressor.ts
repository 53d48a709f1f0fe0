import { Matrix, type MatrixLike } from '../array/index.ts';
import { nullable, oneOf, type ParamsOf, type RegressionTarget, real, value } from '../check/index.ts';
import { type FitContext, Regressor, type RegressorLearned, shapeOf } from '../core/index.ts';
import { InvalidInputError, InvalidParamError, show } from '../errors/index.ts';
import { linearQuantile, weightedQuantile } from './quantiles.ts';

const spec = {
  /** Predicts the mean, the median, a quantile of `y`, or `constant`. */
  strategy: oneOf(['mean', 'median', 'quantile', 'constant'], { default: 'mean' }),
  /** The number that `'constant'` predicts; a list of one per output where there are several. */
  constant: nullable(
    value<number | readonly number[]>({
      default: 0,
      expected: 'a finite number or a list of them',
      accepts: given => Number.isFinite(given) || (Array.isArray(given) && given.every(Number.isFinite)),
    }),
  ),
  /** The share of `y` below what `'quantile'` predicts: 0 is its least value, 0.5 the median. */
  quantile: nullable(real({ min: 0, max: 1, default: 0.5 })),
};

export type DummyRegressorParams = ParamsOf<typeof spec>;

interface Learned extends RegressorLearned {
  readonly constant: Float64Array;
}

/**
 * Predicts one number without looking at the features: what a real regressor has to beat. `X` may hold anything.
 *
 * @example
 * import { DummyRegressor } from 'fitwise';
 * const model = await new DummyRegressor({ strategy: 'median' }).fit([[0], [1], [2]], [1, 2, 9]);
 * await model.predict([[5]]); // Float64Array [2]
 */
export class DummyRegressor extends Regressor<typeof spec, Learned, MatrixLike> {
  static override readonly id = 'dummy/DummyRegressor';
  static override readonly traits = {
    input: 'any',
    sparse: 'native',
    allowNaN: true,
    multiOutput: true,
    poorScore: true,
    consumes: ['sampleWeight'],
  } as const;

  constructor(params: Partial<DummyRegressorParams> = {}) {
    super(spec, params);
  }

  /** What is predicted: one number per output. */
  get constant_(): Float64Array {
    return this.learned.constant;
  }

  /** Number of columns of `y`. */
  get nOutputs_(): number {
    return this.learned.constant.length;
  }

  protected override learnValues(_X: MatrixLike, { values }: RegressionTarget, { sampleWeight, action }: FitContext) {
    if (this.params.strategy === 'constant') return { constant: this.#constant(values.columns, action) };
    const constant = Float64Array.from({ length: values.columns }, (_, k) =>
      this.#statistic(values.column(k), sampleWeight, action),
    );
    const at = constant.findIndex(number => !Number.isFinite(number));
    if (at === -1) return { constant };
    throw new InvalidInputError({
      action,
      rule: 'the sum of y must not overflow',
      received: `${constant[at]} in output ${at}`,
    });
  }

  protected override regress(X: MatrixLike): Matrix {
    const { rows } = shapeOf(X);
    const { constant } = this.learned;
    return Matrix.fromRows(
      Array.from({ length: rows }, () => constant),
      constant.length,
    );
  }

  #statistic(y: Float64Array, weights: Float64Array | undefined, action: string): number {
    const { strategy, quantile } = this.params;
    if (strategy === 'mean') return weightedMean(y, weights);
    const share = strategy === 'median' ? 0.5 : quantile;
    if (share === null) {
      throw new InvalidParamError({ action, rule: "quantile must be given for strategy 'quantile'", received: 'null' });
    }
    return weights === undefined ? linearQuantile(y, share) : weightedQuantile(y, weights, share);
  }

  #constant(outputs: number, action: string): Float64Array {
    const { constant } = this.params;
    const numbers = typeof constant === 'number' ? [constant] : constant;
    if (numbers?.length === outputs) return Float64Array.from(numbers);
    const rule = `constant must be given${outputs > 1 ? ` for each of the ${outputs} outputs` : ''}`;
    throw new InvalidParamError({ action, rule, received: show(constant) });
  }
}

function weightedMean(y: Float64Array, weights: Float64Array | undefined): number {
  if (weights === undefined) return y.reduce((sum, number) => sum + number, 0) / y.length;
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return y.reduce((sum, number, i) => sum + weights[i]! * number, 0) / total;
}
