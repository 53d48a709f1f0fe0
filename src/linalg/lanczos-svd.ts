import { Matrix } from '../array/index.ts';
import type { RandomStream } from '../random/index.ts';
import { inBlocks, type Work } from '../work/index.ts';
import { type Svd, svdWork } from './svd.ts';
import { addScaledInto, dot, norm } from './vectors.ts';

export interface LanczosOptions {
  /** Residual of every wanted triplet relative to the largest singular value; 0 is machine precision. */
  readonly tol: number;
  readonly random: RandomStream;
}

/** Steps between two looks at the residuals. */
const LOOK_EVERY = 8;

/**
 * The `count` largest singular triplets by Golub and Kahan's bidiagonalisation with full reorthogonalisation: grows
 * two orthonormal bases P and Q with A Q = P B, until the wanted triplets of the small bidiagonal B have settled.
 *
 * Cost: two products with A per step and O((m + n) steps²) for the reorthogonalisation.
 * Source: G. Golub and C. Van Loan, "Matrix Computations", section 10.4.
 */
export function* lanczosSvdWork(A: Matrix, count: number, { tol, random }: LanczosOptions): Work<Svd> {
  if (A.rows < A.columns) {
    const { U, singularValues, Vt } = yield* lanczosSvdWork(A.transpose(), count, { tol, random });
    return { U: Vt.transpose(), singularValues, Vt: U.transpose() };
  }
  const size = A.columns;
  const bound = Math.max(tol, Number.EPSILON);
  const left: Float64Array[] = [];
  const right: Float64Array[] = [];
  const diagonal: number[] = [];
  const off: number[] = [];
  let next = freshVector(size, right, random);
  for (let step = 1; step <= size; step++) {
    right.push(next);
    const p = yield* timesVector(A, next);
    if (step > 1) addScaledInto(-off[step - 2]!, left[step - 2]!, p);
    const length = orthonormalise(p, left);
    if (length === 0) p.set(freshVector(A.rows, left, random));
    diagonal.push(length);
    left.push(p);
    const q = yield* transposeTimesVector(A, p);
    addScaledInto(-diagonal[step - 1]!, next, q);
    const residual = orthonormalise(q, right);
    off.push(residual);
    yield { ops: 4 * step * (A.rows + A.columns) };
    const isLook = step >= count && (step % LOOK_EVERY === 0 || step === size || residual === 0);
    if (isLook && (step === size || (yield* hasSettled(diagonal, off, count, bound)))) break;
    next = residual === 0 && step < size ? freshVector(size, right, random) : q;
  }
  return yield* tripletsOf(left, right, diagonal, off, count);
}

/** Whether the last row of B's left vectors, times what is left over, is small for the wanted triplets. */
function* hasSettled(diagonal: readonly number[], off: readonly number[], count: number, bound: number): Work<boolean> {
  const { U, singularValues } = yield* svdWork(bidiagonal(diagonal, off));
  const last = U.row(U.rows - 1);
  const leftOver = off[off.length - 1]!;
  return last.subarray(0, count).every(entry => Math.abs(entry * leftOver) <= bound * singularValues[0]!);
}

function* tripletsOf(
  left: readonly Float64Array[],
  right: readonly Float64Array[],
  diagonal: readonly number[],
  off: readonly number[],
  count: number,
): Work<Svd> {
  const { U, singularValues, Vt } = yield* svdWork(bidiagonal(diagonal, off));
  const combine = (basis: readonly Float64Array[], weights: (j: number) => number) => {
    const vector = new Float64Array(basis[0]!.length);
    for (const [j, column] of basis.entries()) addScaledInto(weights(j), column, vector);
    return vector;
  };
  const wanted = Array.from({ length: count }, (_, k) => k);
  return {
    U: Matrix.fromColumns(wanted.map(k => combine(left, j => U.get(j, k)))),
    singularValues: singularValues.slice(0, count),
    Vt: Matrix.fromRows(wanted.map(k => combine(right, j => Vt.get(k, j)))),
  };
}

function bidiagonal(diagonal: readonly number[], off: readonly number[]): Matrix {
  return Matrix.zeros(diagonal.length, diagonal.length).map((_, i, j) =>
    j === i ? diagonal[i]! : j === i + 1 ? off[i]! : 0,
  );
}

/** A random unit vector orthogonal to a basis. */
function freshVector(size: number, basis: readonly Float64Array[], random: RandomStream): Float64Array {
  const vector = random.uniform(-1, 1, size);
  orthonormalise(vector, basis);
  return vector;
}

/** Makes a vector orthogonal to a basis (twice is enough) and of length 1; gives the length it had, 0 if nothing was left. */
function orthonormalise(vector: Float64Array, basis: readonly Float64Array[]): number {
  const before = norm(vector);
  for (let pass = 0; pass < 2; pass++) for (const other of basis) addScaledInto(-dot(vector, other), other, vector);
  const length = norm(vector);
  if (length <= before * Number.EPSILON * 4) return 0;
  for (let i = 0; i < vector.length; i++) vector[i]! /= length;
  return length;
}

function* timesVector(A: Matrix, x: Float64Array): Work<Float64Array> {
  const result = new Float64Array(A.rows);
  yield* inBlocks(A.rows, 2 * A.columns, (from, to) => {
    for (let i = from; i < to; i++) result[i] = dot(A.row(i), x);
  });
  return result;
}

function* transposeTimesVector(A: Matrix, x: Float64Array): Work<Float64Array> {
  const result = new Float64Array(A.columns);
  yield* inBlocks(A.rows, 2 * A.columns, (from, to) => {
    for (let i = from; i < to; i++) addScaledInto(x[i]!, A.row(i), result);
  });
  return result;
}
