import { Matrix } from '../array/index.ts';
import { MAX_OPS, type Work } from '../work/index.ts';
import {
  accumulateReflectors,
  applyReflector,
  applyReflectors,
  REFLECTOR_BLOCK,
  reflectInPlace,
  rowsOf,
} from './householder.ts';
import { safeScale, scaleInPlace } from './scale.ts';

export interface Qr {
  /** Orthonormal columns, (m, k) with k = min(m, n). */
  readonly Q: Matrix;
  /** Upper triangular, (k, n). */
  readonly R: Matrix;
}

/**
 * The economy factorisation A = Q R by Householder reflections in blocks, as LAPACK's geqrf: the diagonal of R may be
 * negative. Cost: 4 m n^2 operations for m >= n.
 */
export function* qrWork(A: Matrix): Work<Qr> {
  // Columns of A as rows, so that a reflector and what it is applied to are contiguous.
  const W = A.transpose();
  const scale = safeScale(W.data);
  scaleInPlace(W.data, scale);
  const count = Math.min(A.rows, A.columns);
  const taus = new Float64Array(count);
  const diagonal = new Float64Array(count);
  for (let start = 0; start < count; start += REFLECTOR_BLOCK) {
    const end = Math.min(count, start + REFLECTOR_BLOCK);
    yield* factorPanel(W, start, end, taus, diagonal);
    const V = withoutHead(W, start, end);
    yield* applyReflectors(rowsOf(W, end, W.rows), V, taus.subarray(start, end), { transpose: false });
  }
  const R = takeUpper(W, diagonal);
  scaleInPlace(R.data, 1 / scale);
  for (let k = 0; k < count; k++) W.row(k).fill(0, 0, k);
  const Qt = yield* accumulateReflectors(rowsOf(W, 0, count), taus, count);
  return { Q: Qt.transpose(), R };
}

/** Makes the reflectors of rows `start .. end - 1` and applies each to the rows after it within the panel. */
function* factorPanel(W: Matrix, start: number, end: number, taus: Float64Array, diagonal: Float64Array): Work<void> {
  let ops = 0;
  for (let k = start; k < end; k++) {
    const v = W.row(k);
    const { tau, beta } = reflectInPlace(v, k);
    taus[k] = tau;
    diagonal[k] = beta;
    for (let j = k + 1; j < end; j++) {
      applyReflector(W.row(j), v, tau, k);
      ops += 2 * (v.length - k);
      if (ops < MAX_OPS) continue;
      yield { ops };
      ops = 0;
    }
  }
  yield { ops };
}

/** A copy of the panel without what stands before each reflector (that is part of R). */
function withoutHead(W: Matrix, start: number, end: number): Matrix {
  const V = rowsOf(W, start, end).clone();
  for (let k = start; k < end; k++) V.row(k - start).fill(0, 0, k);
  return V;
}

/** R out of the transposed work: its row j holds column j of R up to the diagonal. */
function takeUpper(W: Matrix, diagonal: Float64Array): Matrix {
  const count = diagonal.length;
  const R = Matrix.zeros(count, W.rows);
  for (let i = 0; i < count; i++) {
    R.set(i, i, diagonal[i]!);
    for (let j = i + 1; j < W.rows; j++) R.set(i, j, W.get(j, i));
  }
  return R;
}
