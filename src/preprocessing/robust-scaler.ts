import { CsrMatrix, Matrix } from '../array/index.ts';
import { boolean, type ParamsOf, value } from '../check/index.ts';
import type { FitContext } from '../core/index.ts';
import { InvalidInputError, InvalidParamError, show, UnsupportedError } from '../errors/index.ts';
import {
  type ColumnScaling,
  columnNeighboursWork,
  linearQuantile,
  medianOf,
  type Neighbours,
} from '../kernels/index.ts';
import type { Work } from '../work/index.ts';
import { ColumnScaler } from './column-scaler.ts';
import { normalQuantile } from './normal-quantile.ts';
import { sparseColumns } from './sparse-columns.ts';

const spec = {
  /** Subtract each feature's median. */
  withCentering: boolean({ default: true }),
  /** Divide by the range between each feature's quantiles. */
  withScaling: boolean({ default: true }),
  /** The two quantiles, in percent. */
  quantileRange: value<readonly [min: number, max: number]>({
    default: [25, 75],
    expected: 'two numbers [min, max] with 0 <= min <= max <= 100',
    accepts: isQuantileRange,
  }),
  /** Scale further, so that a normally distributed feature has variance 1; the quantiles must then be 0 < min < max < 100. */
  unitVariance: boolean({ default: false }),
};

export type RobustScalerParams = ParamsOf<typeof spec>;

interface Learned {
  /** 0 without `withCentering`. */
  readonly center: Float64Array;
  /** 1 without `withScaling`. */
  readonly scale: Float64Array;
}

/** Ranges below this count as none: ten roundings at 1. */
const LEAST_RANGE = 10 * Number.EPSILON;

/**
 * Scales features by what outliers hardly move: `z = (x - median) / (quantile - quantile)`, over the values that are
 * not missing, the quantiles on the straight line between neighbouring values. A constant feature is centred and left
 * unscaled. Sparse samples are scaled without `withCentering` only, and stay sparse.
 *
 * Cost: O(samples × features) time by selection, and about a tenth of the samples as memory besides the result.
 *
 * Differs from scikit-learn: there is no `copy`, as inputs are never written to; with `unitVariance`, quantiles at which
 * the normal distribution has none or no distance are refused (there the scale becomes 0 or infinite).
 *
 * @example
 * import { RobustScaler } from 'fitwise';
 * const scaler = await new RobustScaler().fit([[1], [2], [3], [4], [1000]]);
 * (await scaler.transform([[3], [5]])).toArray(); // [[0], [1]]
 */
export class RobustScaler extends ColumnScaler<typeof spec, Learned> {
  static override readonly id = 'preprocessing/RobustScaler';
  static override readonly traits = { allowNaN: true, sparse: 'native' } as const;

  /** @throws InvalidParamError on a range of quantiles outside its rule. */
  constructor(params: Partial<RobustScalerParams> = {}) {
    super(spec, params);
    const [min, max] = this.params.quantileRange;
    if (!this.params.unitVariance || (min > 0 && min < max && max < 100)) return;
    throw new InvalidParamError({
      action: `make ${this.name}`,
      rule: 'quantileRange must be [min, max] with 0 < min < max < 100 where unitVariance is true',
      received: show([min, max]),
    });
  }

  /** Median of each feature; null without `withCentering`. */
  get center_(): Float64Array | null {
    const { center } = this.learned;
    return this.params.withCentering ? center : null;
  }

  /** What each feature is divided by; null without `withScaling`. */
  get scale_(): Float64Array | null {
    const { scale } = this.learned;
    return this.params.withScaling ? scale : null;
  }

  protected override *learn(X: Matrix | CsrMatrix, _y: unknown, { action }: FitContext): Work<Learned> {
    this.checkForm(X, action);
    const { withCentering, withScaling, quantileRange } = this.params;
    const [min, max] = quantileRange;
    const shares = [...(withCentering ? [0.5] : []), ...(withScaling ? [min / 100, max / 100] : [])];
    const neighbours = yield* neighboursIn(X, shares);
    const center = Float64Array.from(neighbours, list => (withCentering ? medianOf(list[0]!) : 0));
    const ranges = Float64Array.from(neighbours, list => (withScaling ? rangeOf(list.slice(-2)) : 1));
    checkRanges(center, ranges, action);
    const adjust = this.params.unitVariance ? normalQuantile(max / 100) - normalQuantile(min / 100) : 1;
    return { center, scale: ranges.map(range => (range < LEAST_RANGE ? 1 : range) / (withScaling ? adjust : 1)) };
  }

  protected override checkForm(X: Matrix | CsrMatrix, action: string): void {
    if (!(X instanceof CsrMatrix && this.params.withCentering)) return;
    throw new UnsupportedError({
      action,
      rule: 'a sparse X must not be centred',
      received: 'withCentering true',
      repair: 'make it with withCentering: false, or call toDense() first',
    });
  }

  protected override forward(): ColumnScaling {
    const { center, scale } = this.learned;
    return { rule: 'subtract and divide', shift: center, scale };
  }

  protected override backward(): ColumnScaling {
    const { center, scale } = this.learned;
    return { rule: 'multiply and add', shift: center, scale };
  }
}

function isQuantileRange(candidate: unknown): boolean {
  if (!Array.isArray(candidate) || candidate.length !== 2) return false;
  const [min, max] = candidate;
  return typeof min === 'number' && typeof max === 'number' && min >= 0 && min <= max && max <= 100;
}

/** The neighbours of each share of each column; values that a sparse matrix does not store are zeros. */
function* neighboursIn(X: Matrix | CsrMatrix, shares: readonly number[]): Work<Neighbours[][]> {
  if (X instanceof Matrix) return yield* columnNeighboursWork(X, shares);
  const found: Neighbours[][] = [];
  for (const column of sparseColumns(X)) {
    found.push(...(yield* columnNeighboursWork(new Matrix(column, X.rows, 1), shares)));
  }
  return found;
}

function rangeOf([lower, upper]: readonly Neighbours[]): number {
  return linearQuantile(upper!) - linearQuantile(lower!);
}

/** @throws InvalidInputError if the median or the range of a column leaves the range of numbers. */
function checkRanges(center: Float64Array, ranges: Float64Array, action: string): void {
  const at = ranges.findIndex((range, j) => Math.abs(range) === Infinity || Math.abs(center[j]!) === Infinity);
  if (at === -1) return;
  throw new InvalidInputError({
    action,
    rule: 'the median and the range of each column must not overflow',
    received: `column ${at} of median ${show(center[at])} and range ${show(ranges[at])}`,
    repair: 'divide the column by a power of ten first',
  });
}
