import { Matrix } from '../array/index.ts';
import { MAX_OPS, type Work } from '../work/index.ts';
import { accumulateReflectors, applyReflector, reflectInPlace } from './householder.ts';

/** An upper bidiagonal matrix: `off[i]` stands right of `diagonal[i]`. */
export interface Bidiagonal {
  readonly diagonal: Float64Array;
  readonly off: Float64Array;
}

/** A = U B V' with B upper bidiagonal; U and V are given transposed. */
export interface Bidiagonalization extends Bidiagonal {
  readonly Ut: Matrix;
  readonly Vt: Matrix;
}

/** Which vectors are wanted; without the left ones, the rows of U' are empty. */
export type Sides = 'both' | 'right';

/**
 * Reduces a square matrix, which is used up, to bidiagonal form by reflections from the left and the right in turn.
 */
export function* bidiagonalize(A: Matrix, sides: Sides): Work<Bidiagonalization> {
  const n = A.rows;
  const left = Matrix.zeros(n, n);
  const right = Matrix.zeros(Math.max(0, n - 1), n);
  const leftTaus = new Float64Array(n);
  const rightTaus = new Float64Array(right.rows);
  const diagonal = new Float64Array(n);
  const off = new Float64Array(right.rows);
  let ops = 0;
  for (let k = 0; k < n; k++) {
    const column = left.row(k);
    for (let i = k; i < n; i++) column[i] = A.data[i * n + k]!;
    ({ tau: leftTaus[k], beta: diagonal[k] } = reflectInPlace(column, k));
    reflectFromLeft(A, column, leftTaus[k]!, k);
    if (k + 1 < n) {
      const row = right.row(k);
      row.set(A.row(k).subarray(k + 1), k + 1);
      ({ tau: rightTaus[k], beta: off[k] } = reflectInPlace(row, k + 1));
      for (let i = k + 1; i < n; i++) applyReflector(A.row(i), row, rightTaus[k]!, k + 1);
    }
    ops += 4 * (n - k) * (n - k);
    if (ops < MAX_OPS) continue;
    yield { ops };
    ops = 0;
  }
  yield { ops };
  const Ut = sides === 'right' ? Matrix.zeros(n, 0) : yield* accumulateReflectors(left, leftTaus, n);
  const Vt = yield* accumulateReflectors(right, rightTaus, n, 1);
  return { diagonal, off, Ut, Vt };
}

/** A <- H A on the rows from k on and the columns after k, row by row. */
function reflectFromLeft({ data, rows: n }: Matrix, v: Float64Array, tau: number, k: number): void {
  if (tau === 0) return;
  const w = new Float64Array(n);
  for (let i = k; i < n; i += 2) {
    // At the end of an odd number a row of no weight stands in.
    const next = i + 1 < n ? i + 1 : i;
    const [a, b] = [v[i]!, next > i ? v[next]! : 0];
    const ahead = (next - i) * n;
    for (let j = k + 1, at = i * n + k + 1; j < n; j++, at++) w[j]! += a * data[at]! + b * data[at + ahead]!;
  }
  for (let i = k; i < n; i++) {
    const scale = tau * v[i]!;
    for (let j = k + 1, at = i * n + k + 1; j < n; j++, at++) data[at]! -= scale * w[j]!;
  }
}
