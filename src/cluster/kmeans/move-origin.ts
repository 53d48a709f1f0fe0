import { Matrix } from '../../array/index.ts';
import { InvalidInputError, show } from '../../errors/index.ts';
import { inBlocks, type Work } from '../../work/index.ts';

/** Rows less an origin, and the sum of their squares. */
export interface Moved {
  readonly X: Matrix;
  readonly squares: number;
}

/**
 * X less `origin`.
 *
 * @throws InvalidInputError if sums of squares leave the range of numbers.
 */
export function* moveOrigin(X: Matrix, origin: Float64Array, weights: Float64Array, action: string): Work<Moved> {
  const { rows, columns } = X;
  const moved = Matrix.zeros(rows, columns);
  const squares = { plain: 0, weighted: 0 };
  yield* inBlocks(rows, columns, (from, to) => moveRows(X, origin, weights, from, to, moved, squares));
  // Squared distances between samples are at most four times the greatest one from the mean.
  if (Number.isFinite(4 * squares.weighted) && Number.isFinite(sum(weights)))
    return { X: moved, squares: squares.plain };
  throw new InvalidInputError({
    action,
    rule: 'the squared distances of X and the sum of sampleWeight must not overflow',
    received: `a sum of squares of ${show(squares.weighted)}`,
    repair: 'divide X by a power of ten first',
  });
}

/** Adds the squares of the moved rows to `squares`, plain and times the row's weight where that is greater than 1. */
function moveRows(
  { data, columns }: Matrix,
  origin: Float64Array,
  weights: Float64Array,
  from: number,
  to: number,
  moved: Matrix,
  squares: { plain: number; weighted: number },
): void {
  const out = moved.data;
  let { plain, weighted } = squares;
  for (let i = from, at = from * columns; i < to; i++) {
    let own = 0;
    for (let j = 0; j < columns; j++, at++) {
      const value = data[at]! - origin[j]!;
      out[at] = value;
      own += value * value;
    }
    plain += own;
    weighted += Math.max(1, weights[i]!) * own;
  }
  squares.plain = plain;
  squares.weighted = weighted;
}

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0);
}
