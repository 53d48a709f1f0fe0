import { Matrix } from '../array/index.ts';
import { assert } from '../errors/index.ts';
import { isWorthApplying, Rotations, reflected, rotateRowsWork } from '../kernels/index.ts';
import { MAX_OPS, type Work } from '../work/index.ts';
import { accumulateReflectors, reflectInPlace } from './householder.ts';
import { largestEntry, safeScale, scaleInPlace } from './scale.ts';

export interface Eigh {
  /** Ascending. */
  readonly eigenvalues: Float64Array;
  /** Row j belongs to eigenvalue j; orthonormal; signs as they fall. */
  readonly eigenvectors: Matrix;
}

/** A symmetric tridiagonal matrix: `off[i]` stands beside `diagonal[i]` and `diagonal[i + 1]`. */
interface Tridiagonal {
  readonly diagonal: Float64Array;
  readonly off: Float64Array;
}

const MAX_SWEEPS = 60;

/**
 * Eigenvalues and eigenvectors of a symmetric matrix, of which the upper triangle is read: Householder reduction to
 * tridiagonal form, then QL steps with implicit shifts. Cost: about 9 n^3 operations.
 *
 * Source: H. Bowdler, R. S. Martin, C. Reinsch and J. H. Wilkinson, "The QR and QL algorithms for symmetric
 * matrices", 1968.
 */
export function* eighWork(symmetric: Matrix): Work<Eigh> {
  assert(symmetric.rows === symmetric.columns, `eigh of a ${symmetric.rows} x ${symmetric.columns} matrix`);
  const n = symmetric.rows;
  const scale = safeScale(symmetric.data);
  const A = symmetric.clone();
  scaleInPlace(A.data, scale);
  const V = Matrix.zeros(Math.max(0, n - 2), n);
  const taus = new Float64Array(V.rows);
  const tridiagonal = yield* reduce(A, V, taus);
  const Zt = yield* accumulateReflectors(V, taus, n, 1);
  yield* diagonalize(tridiagonal, Zt);
  return sorted(tridiagonal.diagonal, Zt, 1 / scale);
}

/** The eigenvalues alone, ascending. Cost: about 4 / 3 n^3 operations. */
export function* eigenvaluesWork(symmetric: Matrix): Work<Float64Array> {
  const n = symmetric.rows;
  const scale = safeScale(symmetric.data);
  const A = symmetric.clone();
  scaleInPlace(A.data, scale);
  const V = Matrix.zeros(Math.max(0, n - 2), n);
  const tridiagonal = yield* reduce(A, V, new Float64Array(V.rows));
  // Rotations of rows without columns cost nothing.
  yield* diagonalize(tridiagonal, Matrix.zeros(n, 0));
  return tridiagonal.diagonal.map(value => value / scale).sort();
}

/** Q'AQ is tridiagonal for Q = H_1 H_2 ...; A's upper triangle is used up, row k of V receives v_k. */
function* reduce(A: Matrix, V: Matrix, taus: Float64Array): Work<Tridiagonal> {
  const n = A.rows;
  const diagonal = new Float64Array(n);
  const off = new Float64Array(Math.max(0, n - 1));
  const rest = reflected(A);
  let ops = 0;
  try {
    for (let k = 0; k < n; k++) {
      const row = rest.row(k);
      diagonal[k] = row[k]!;
      if (k >= V.rows) {
        if (k + 1 < n) off[k] = row[k + 1]!;
        continue;
      }
      const v = V.row(k);
      v.set(row.subarray(k + 1), k + 1);
      const { tau, beta } = reflectInPlace(v, k + 1);
      taus[k] = tau;
      off[k] = beta;
      if (tau !== 0) rest.reflect(v, tau, k + 1);
      ops += 2 * (n - k) * (n - k);
      if (ops < MAX_OPS) continue;
      yield { ops };
      ops = 0;
    }
  } finally {
    rest.end();
  }
  yield { ops };
  return { diagonal, off };
}

/** QL steps until the diagonal holds the eigenvalues; the rows of Z are rotated along. */
function* diagonalize({ diagonal, off }: Tridiagonal, Z: Matrix): Work<void> {
  const rotations = new Rotations();
  // What is dropped below this changes the matrix by no more than its reduction did.
  const negligible = Number.EPSILON * largestEntry(diagonal, off);
  for (let first = 0; first < diagonal.length; first++) {
    for (let sweep = 0; ; sweep++) {
      const last = endOfBlock(off, first, negligible);
      if (last === first) break;
      assert(sweep < MAX_SWEEPS, 'eigh did not converge');
      qlStep(diagonal, off, first, last, rotations);
      if (isWorthApplying(rotations)) yield* rotateRowsWork(Z, rotations);
    }
  }
  yield* rotateRowsWork(Z, rotations);
}

/** The first index from `first` on whose off-diagonal neighbour is negligible. */
function endOfBlock(off: Float64Array, first: number, negligible: number): number {
  for (let i = first; i < off.length; i++) if (Math.abs(off[i]!) <= negligible) return i;
  return off.length;
}

/** One QL step with Wilkinson's shift on the block `first .. last`. */
function qlStep(diagonal: Float64Array, off: Float64Array, first: number, last: number, rotations: Rotations): void {
  const ratio = (diagonal[first + 1]! - diagonal[first]!) / (2 * off[first]!);
  const root = Math.sqrt(ratio * ratio + 1);
  let g = diagonal[last]! - diagonal[first]! + off[first]! / (ratio + (ratio < 0 ? -root : root));
  let s = 1;
  let c = 1;
  let shift = 0;
  for (let i = last - 1; i >= first; i--) {
    const f = s * off[i]!;
    const b = c * off[i]!;
    const r = Math.sqrt(f * f + g * g);
    if (i + 1 < last) off[i + 1] = r;
    if (r === 0) {
      // The block falls apart here: what was shifted so far is put back.
      diagonal[i + 1]! -= shift;
      if (last < off.length) off[last] = 0;
      return;
    }
    s = f / r;
    c = g / r;
    g = diagonal[i + 1]! - shift;
    const t = (diagonal[i]! - g) * s + 2 * c * b;
    shift = s * t;
    diagonal[i + 1] = g + shift;
    g = c * t - b;
    rotations.push(i + 1, i, c, s);
  }
  diagonal[first]! -= shift;
  off[first] = g;
  if (last < off.length) off[last] = 0;
}

function sorted(values: Float64Array, Zt: Matrix, scale: number): Eigh {
  const order = Array.from(values.keys()).sort((a, b) => values[a]! - values[b]! || a - b);
  return {
    eigenvalues: Float64Array.from(order, i => values[i]! * scale),
    eigenvectors: Zt.takeRows(order),
  };
}
