import type { Matrix, MatrixLike } from '../array/index.ts';
import { boolean, checkMatrix, type ParamsOf, type Target, value } from '../check/index.ts';
import type { FitContext, FitOptions } from '../core/index.ts';
import { InvalidInputError } from '../errors/index.ts';
import { type ColumnScaling, columnRangesWork } from '../kernels/index.ts';
import { drive, type Work } from '../work/index.ts';
import { ColumnScaler } from './column-scaler.ts';

const spec = {
  /** Least and greatest value of each feature after the transformation. */
  featureRange: value<readonly [min: number, max: number]>({
    default: [0, 1],
    expected: 'two finite numbers [min, max] with min < max',
    accepts: isRange,
  }),
  /** Cut values outside the range of `fit` to `featureRange`. */
  clip: boolean({ default: false }),
};

export type MinMaxScalerParams = ParamsOf<typeof spec>;

interface Learned {
  readonly dataMin: Float64Array;
  readonly dataMax: Float64Array;
  readonly scale: Float64Array;
  readonly min: Float64Array;
  readonly rows: number;
}

/** Ranges below this count as none: ten roundings at 1. */
const LEAST_RANGE = 10 * Number.EPSILON;

/**
 * Maps each feature's range in `fit` onto `featureRange`: `x * scale + min`. A constant feature becomes the least
 * value; missing values are passed over and stay missing. Outliers decide the range: see RobustScaler otherwise.
 *
 * Cost: O(samples × features) time, O(features) memory besides the result.
 *
 * Differs from scikit-learn: a `partialFit` without a value in some column leaves that column's range as it was
 * (there it becomes NaN for good).
 *
 * @example
 * import { MinMaxScaler } from 'fitwise';
 * const scaler = await new MinMaxScaler().fit([[2], [6]]);
 * (await scaler.transform([[2], [3], [8]])).toArray(); // [[0], [0.25], [1.5]]
 */
export class MinMaxScaler extends ColumnScaler<typeof spec, Learned> {
  static override readonly id = 'preprocessing/MinMaxScaler';
  static override readonly traits = { allowNaN: true, findsInfinite: true } as const;

  /** @throws InvalidParamError if `featureRange` is not `[min, max]` with min < max. */
  constructor(params: Partial<MinMaxScalerParams> = {}) {
    super(spec, params);
  }

  /** Least value of each feature. */
  get dataMin_(): Float64Array {
    return this.learned.dataMin;
  }

  /** Greatest value of each feature. */
  get dataMax_(): Float64Array {
    return this.learned.dataMax;
  }

  /** Greatest minus least value of each feature. */
  get dataRange_(): Float64Array {
    return this.dataMax_.map((max, j) => max - this.dataMin_[j]!);
  }

  /** What each feature is multiplied by. */
  get scale_(): Float64Array {
    return this.learned.scale;
  }

  /** What is added to each feature after the multiplication. */
  get min_(): Float64Array {
    return this.learned.min;
  }

  /** Number of samples seen. */
  get nSamplesSeen_(): number {
    return this.learned.rows;
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

  protected override *learn(X: Matrix, _y: unknown, { action, previous }: FitContext): Work<Learned> {
    const before = previous as Learned | undefined;
    const { dataMin, dataMax } = yield* rangesSoFar(X, before, action);
    const [low, high] = this.params.featureRange;
    const scale = dataMax.map((max, j) => {
      const range = max - dataMin[j]!;
      return (high - low) / (range < LEAST_RANGE ? 1 : range);
    });
    const min = scale.map((factor, j) => low - dataMin[j]! * factor);
    const at = scale.findIndex((factor, j) => factor === 0 || Math.abs(min[j]!) === Infinity);
    if (at !== -1) {
      throw new InvalidInputError({
        action,
        rule: 'the range of each column must not overflow',
        received: `column ${at} from ${dataMin[at]} to ${dataMax[at]}`,
      });
    }
    return { dataMin, dataMax, scale, min, rows: X.rows + (before?.rows ?? 0) };
  }

  protected override forward(): ColumnScaling {
    const { scale, min } = this.learned;
    const bounds = this.params.clip ? this.params.featureRange : undefined;
    return { rule: 'multiply and add', shift: min, scale, bounds };
  }

  protected override backward(): ColumnScaling {
    const { scale, min } = this.learned;
    return { rule: 'subtract and divide', shift: min, scale };
  }
}

function isRange(candidate: unknown): boolean {
  if (!Array.isArray(candidate) || candidate.length !== 2) return false;
  return candidate.every(bound => typeof bound === 'number' && Number.isFinite(bound)) && candidate[0] < candidate[1];
}

/**
 * Ranges of these and all earlier samples, `NaN` where no value was ever seen.
 *
 * @throws InvalidInputError if a value is infinite.
 */
function* rangesSoFar(
  X: Matrix,
  before: Learned | undefined,
  action: string,
): Work<Pick<Learned, 'dataMin' | 'dataMax'>> {
  const { least, greatest } = yield* columnRangesWork(X);
  if (least.includes(-Infinity) || greatest.includes(Infinity)) checkMatrix(X, action, { allowNaN: true });
  const isEmpty = (j: number) => least[j]! > greatest[j]!;
  const merge = (own: Float64Array, earlier: Float64Array | undefined, pick: (a: number, b: number) => number) =>
    own.map((value, j) => {
      const known = earlier?.[j] ?? Number.NaN;
      return isEmpty(j) ? known : Number.isNaN(known) ? value : pick(known, value);
    });
  return { dataMin: merge(least, before?.dataMin, Math.min), dataMax: merge(greatest, before?.dataMax, Math.max) };
}
