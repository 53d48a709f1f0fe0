import { CsrMatrix, type Matrix } from '../array/index.ts';
import { checkMatrix } from '../check/index.ts';
import { InvalidInputError, show } from '../errors/index.ts';
import { type MomentSums, momentSumsWork } from '../kernels/index.ts';
import type { Work } from '../work/index.ts';
import { overRows } from './over-rows.ts';

/** Per-column moments over the values that are not missing. */
export interface Moments {
  readonly mean: Float64Array;
  /** Population variance. */
  readonly variance: Float64Array;
  /** Sum of the weights of the values seen. */
  readonly seen: Float64Array;
}

/** Sums of one batch of rows, the squares less what the rounding of the mean added. */
type BatchSums = Omit<MomentSums, 'residual'>;

/**
 * Moments of batches of rows together with those of earlier ones: two passes over each (means, then squared
 * deviations with the correction of the mean's own rounding error: T. F. Chan, G. H. Golub and R. J. LeVeque,
 * "Algorithms for computing the sample variance", The American Statistician 37, 1983, eq. 1.7), then the update of
 * Youngs and Cramer (eq. 1.5 there). A column without a value in the batch stays as it was.
 *
 * @throws InvalidInputError if a value is infinite.
 */
export function* columnMoments(
  X: Matrix | CsrMatrix,
  weights: Float64Array | undefined,
  previous: Moments | undefined,
  action: string,
): Work<Moments> {
  let moments = previous;
  let areSumsFinite = true;
  const add = (sums: MomentSums) => {
    // Of an infinite value, whatever its weight, at least the sum is not finite.
    areSumsFinite &&= sums.sum.every(Number.isFinite);
    const batch = corrected(sums);
    moments = moments === undefined ? alone(batch) : combine(moments, batch);
  };
  if (X instanceof CsrMatrix) add(yield* sparseSums(X, weights));
  else {
    yield* momentSumsWork(X, weights, add);
    if (!areSumsFinite) checkMatrix(X, action, { allowNaN: true });
  }
  return moments!;
}

/** @throws InvalidInputError if a mean, or a variance where those are used, leaves the range of numbers. */
export function checkRange(moments: Moments, usesVariance: boolean, action: string): void {
  for (let j = 0; j < moments.mean.length; j++) {
    const isInRange = Number.isFinite(moments.mean[j]!) && (!usesVariance || Number.isFinite(moments.variance[j]!));
    if (moments.seen[j] === 0 || isInRange) continue;
    throw new InvalidInputError({
      action,
      rule: 'the squared values of X must not overflow',
      received: `column ${j} of mean ${show(moments.mean[j])} and variance ${show(moments.variance[j])}`,
      repair: 'divide the column by a power of ten first',
    });
  }
}

/** Whether a variance is what rounding alone leaves of a constant column of this mean. */
export function isConstant(variance: number, mean: number, count: number): boolean {
  const error = count * mean * Number.EPSILON;
  return variance <= count * Number.EPSILON * variance + error * error;
}

/** The sums of a sparse matrix, whose values that are not stored are zeros. */
function* sparseSums(X: CsrMatrix, weights: Float64Array | undefined): Work<MomentSums> {
  const [sum, seen, residual, squares] = [0, 0, 0, 0].map(() => new Float64Array(X.columns)) as Vectors;
  const total = weights === undefined ? X.rows : weights.reduce((all, weight) => all + weight, 0);
  const unstored = new Float64Array(X.columns).fill(total);
  const perRow = Math.ceil(X.stored / Math.max(1, X.rows));
  const overStored = (visit: (column: number, value: number, weight: number) => void) =>
    overRows(X.rows, perRow, i => {
      for (let at = X.indptr[i]!; at < X.indptr[i + 1]!; at++) {
        visit(X.indices[at]!, X.data[at]!, weights === undefined ? 1 : weights[i]!);
      }
    });
  seen.fill(total);
  yield* overStored((j, value, weight) => {
    unstored[j]! -= weight;
    if (Number.isNaN(value)) seen[j]! -= weight;
    else sum[j]! += weight * value;
  });
  yield* overStored((j, value, weight) => {
    const deviation = value - sum[j]! / seen[j]!;
    if (Number.isNaN(deviation)) return;
    residual[j]! += weight * deviation;
    squares[j]! += weight * deviation * deviation;
  });
  for (let j = 0; j < X.columns; j++) {
    const mean = sum[j]! / seen[j]!;
    residual[j]! -= unstored[j]! * mean;
    squares[j]! += unstored[j]! * mean * mean;
  }
  return { sum, seen, residual, squares };
}

type Vectors = [Float64Array, Float64Array, Float64Array, Float64Array];

function corrected({ sum, seen, residual, squares }: MomentSums): BatchSums {
  return { sum, seen, squares: squares.map((square, j) => square - (residual[j]! * residual[j]!) / seen[j]!) };
}

function alone({ sum, squares, seen }: BatchSums): Moments {
  return { mean: sum.map((s, j) => s / seen[j]!), variance: squares.map((s, j) => s / seen[j]!), seen };
}

function combine(previous: Moments, batch: BatchSums): Moments {
  const moments = { mean: previous.mean.slice(), variance: previous.variance.slice(), seen: previous.seen.slice() };
  const own = alone(batch);
  for (let j = 0; j < batch.sum.length; j++) {
    const [before, added] = [previous.seen[j]!, batch.seen[j]!];
    if (added === 0) continue;
    moments.seen[j] = before + added;
    if (before === 0) {
      moments.mean[j] = own.mean[j]!;
      moments.variance[j] = own.variance[j]!;
      continue;
    }
    const sum = previous.mean[j]! * before;
    const ratio = before / added;
    const gap = sum / ratio - batch.sum[j]!;
    const squares = previous.variance[j]! * before + batch.squares[j]! + (ratio / (before + added)) * gap * gap;
    moments.mean[j] = (sum + batch.sum[j]!) / (before + added);
    moments.variance[j] = squares / (before + added);
  }
  return moments;
}
