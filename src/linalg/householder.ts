/**
 * Householder reflectors H = I - tau v v', with v stored as (part of) a contiguous row: `rows.row(k)` holds v_k, zero
 * before position k + offset and one there. Products of many reflectors are applied in blocks, as I - V' T V (R.
 * Schreiber and C. Van Loan, "A storage-efficient WY representation", 1989), so that the matrix product does the work.
 */
import { Matrix } from '../array/index.ts';
import { matmulWork } from '../kernels/index.ts';
import { inBlocks, type Work } from '../work/index.ts';
import { dot } from './vectors.ts';

/** Reflectors of one block: enough for the matrix product to pay. */
export const REFLECTOR_BLOCK = 32;

/**
 * Overwrites `x[from..]` with the v that reflects it onto its first axis: H x = (beta, 0, ..., 0).
 *
 * @returns `tau` (0 where x is there already) and `beta`.
 */
export function reflectInPlace(x: Float64Array, from: number): { tau: number; beta: number } {
  const alpha = x[from]!;
  let tail = 0;
  for (let i = from + 1; i < x.length; i++) tail += x[i]! * x[i]!;
  x[from] = 1;
  if (tail === 0) return { tau: 0, beta: alpha };
  const norm = Math.sqrt(alpha * alpha + tail);
  const beta = alpha > 0 ? -norm : norm;
  const scale = 1 / (alpha - beta);
  for (let i = from + 1; i < x.length; i++) x[i]! *= scale;
  return { tau: (beta - alpha) / beta, beta };
}

/** row <- row H, for the reflector of v that starts at `from`. */
export function applyReflector(row: Float64Array, v: Float64Array, tau: number, from: number): void {
  const scale = tau * dot(row.subarray(from), v.subarray(from));
  for (let i = from; i < v.length; i++) row[i]! -= scale * v[i]!;
}

/**
 * rows <- rows H_1 H_2 ... H_b, or rows (H_1 ... H_b)' with `transpose`, for reflectors whose vectors are the rows of V.
 */
export function* applyReflectors(
  rows: Matrix,
  V: Matrix,
  taus: Float64Array,
  { transpose }: { readonly transpose: boolean },
): Work<void> {
  if (rows.rows === 0 || V.rows === 0) return;
  const T = triangularFactor(V, taus, (yield* matmulWork(V, V, { transposeB: true })).data);
  const projections = yield* matmulWork(rows, V, { transposeB: true });
  const scaled = yield* matmulWork(projections, T, { transposeB: transpose });
  const change = yield* matmulWork(scaled, V);
  yield* inBlocks(change.data.length, 1, (from, to) => {
    for (let i = from; i < to; i++) rows.data[i]! -= change.data[i]!;
  });
}

/** T of H_1 ... H_b = I - V' T V: upper triangular, column by column. */
function triangularFactor(V: Matrix, taus: Float64Array, products: Float64Array): Matrix {
  const size = V.rows;
  const T = Matrix.zeros(size, size);
  for (let j = 0; j < size; j++) {
    T.set(j, j, taus[j]!);
    for (let i = 0; i < j; i++) {
      let sum = 0;
      for (let k = i; k < j; k++) sum += T.get(i, k) * products[k * size + j]!;
      T.set(i, j, -taus[j]! * sum);
    }
  }
  return T;
}

/**
 * The first `count` columns of Q = H_1 H_2 ... H_k as the rows of a matrix, that is, the first rows of Q'.
 *
 * @param V row k holds v_k: zero before position k + offset, one there.
 */
export function* accumulateReflectors(V: Matrix, taus: Float64Array, count: number, offset = 0): Work<Matrix> {
  const Z = Matrix.zeros(count, V.columns);
  for (let i = 0; i < count; i++) Z.set(i, i, 1);
  const lastBlock = Math.floor((V.rows - 1) / REFLECTOR_BLOCK) * REFLECTOR_BLOCK;
  for (let start = lastBlock; start >= 0; start -= REFLECTOR_BLOCK) {
    const end = Math.min(V.rows, start + REFLECTOR_BLOCK);
    // Rows before start + offset are still rows of the identity, which these reflectors leave alone.
    const touched = rowsOf(Z, Math.min(count, start + offset), count);
    yield* applyReflectors(touched, rowsOf(V, start, end), taus.subarray(start, end), { transpose: true });
  }
  return Z;
}

/** Rows `from .. to - 1` as a view. */
export function rowsOf(matrix: Matrix, from: number, to: number): Matrix {
  const { columns } = matrix;
  return new Matrix(matrix.data.subarray(from * columns, to * columns), to - from, columns);
}
