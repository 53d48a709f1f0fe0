import { Matrix } from '../../array/index.ts';
import { InvalidInputError, show } from '../../errors/index.ts';
import { inBlocks, type Work } from '../../work/index.ts';

/**
 * X less `origin`.
 *
 * @throws InvalidInputError if sums of squares leave the range of numbers.
 */
export function* moveOrigin(X: Matrix, origin: Float64Array, weights: Float64Array, action: string): Work<Matrix> {
  const { rows, columns } = X;
  const moved = Matrix.zeros(rows, columns);
  let squares = 0;
  yield* inBlocks(rows, columns, (from, to) => {
    moveRows(X, origin, from, to, moved);
    squares = addSquares(moved, weights, from, to, squares);
  });
  // Squared distances between samples are at most four times the greatest one from the mean.
  if (Number.isFinite(4 * squares) && Number.isFinite(sum(weights))) return moved;
  throw new InvalidInputError({
    action,
    rule: 'the squared distances of X and the sum of sampleWeight must not overflow',
    received: `a sum of squares of ${show(squares)}`,
    repair: 'divide X by a power of ten first',
  });
}

// Loops in functions of their own, whose sums are plain variables: engines box those that closures share.

function moveRows({ data, columns }: Matrix, origin: Float64Array, from: number, to: number, moved: Matrix): void {
  const out = moved.data;
  for (let i = from, at = from * columns; i < to; i++) {
    for (let j = 0; j < columns; j++, at++) out[at] = data[at]! - origin[j]!;
  }
}

/** `total` plus the squares of rows `from` to `to`, each times its row's weight where that is greater than 1. */
export function addSquares(
  { data, columns }: Matrix,
  weights: Float64Array | undefined,
  from: number,
  to: number,
  total: number,
): number {
  let sum = total;
  for (let i = from, at = from * columns; i < to; i++) {
    const weight = weights === undefined ? 1 : Math.max(1, weights[i]!);
    for (let j = 0; j < columns; j++, at++) {
      const value = data[at]!;
      sum += weight * value * value;
    }
  }
  return sum;
}

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0);
}
