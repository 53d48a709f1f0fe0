import { Matrix } from '../array/index.ts';
import { upperFactorWork } from '../kernels/index.ts';
import { inBlocks, type Work } from '../work/index.ts';
import { isModerate, largestEntry } from './scale.ts';
import { type Svd, squareSvd, svdWork } from './svd.ts';

/**
 * Singular values and right singular vectors of A less `shift` in each row, without the left ones: those of the
 * triangular factor, where A has enough rows. Signs are as they fall. Cost: 2 m n^2 + 12 n^3 operations for m >= n.
 */
export function* rightSvdWork(A: Matrix, shift: Float64Array): Work<Pick<Svd, 'singularValues' | 'Vt'>> {
  if (A.rows >= A.columns) {
    const R = yield* upperFactorWork(A, shift);
    // Its columns are as long as those of the matrix: what overflowed on the way, or vanished, shows in them.
    if (isModerate(largestEntry(R.data))) return yield* squareSvd(R, 'right');
  }
  return yield* svdWork(yield* shifted(A, shift));
}

function* shifted({ data, rows, columns }: Matrix, shift: Float64Array): Work<Matrix> {
  const result = Matrix.zeros(rows, columns);
  yield* inBlocks(rows, Math.max(1, columns), (from, to) => {
    for (let i = from, at = from * columns; i < to; i++) {
      for (let j = 0; j < columns; j++, at++) result.data[at] = data[at]! - shift[j]!;
    }
  });
  return result;
}
