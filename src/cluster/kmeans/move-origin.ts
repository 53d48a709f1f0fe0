import { Matrix } from '../../array/index.ts';
import { InvalidInputError, show } from '../../errors/index.ts';
import { centreRows, type Squares } from '../../kernels/index.ts';
import { inBlocks, type Work } from '../../work/index.ts';

/**
 * X less `origin`.
 *
 * @throws InvalidInputError if sums of squares leave the range of numbers.
 */
export function* moveOrigin(X: Matrix, origin: Float64Array, weights: Float64Array, action: string): Work<Matrix> {
  const { rows, columns } = X;
  const moved = Matrix.zeros(rows, columns);
  const squares = { plain: 0, weighted: 0 };
  yield* inBlocks(rows, columns, (from, to) => centreRows(X.data, origin, weights, moved.data, squares, from, to));
  checkRange(squares, weights, action);
  return moved;
}

/** @throws InvalidInputError if sums of squares leave the range of numbers. */
export function checkRange({ weighted }: Readonly<Squares>, weights: Float64Array, action: string): void {
  // Squared distances between samples are at most four times the greatest one from the mean.
  if (Number.isFinite(4 * weighted) && Number.isFinite(sum(weights))) return;
  throw new InvalidInputError({
    action,
    rule: 'the squared distances of X and the sum of sampleWeight must not overflow',
    received: `a sum of squares of ${show(weighted)}`,
    repair: 'divide X by a power of ten first',
  });
}

function sum(values: Float64Array): number {
  let total = 0;
  for (let i = 0; i < values.length; i++) total += values[i]!;
  return total;
}
