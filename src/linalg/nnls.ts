import type { Matrix } from '../array/index.ts';
import { MAX_OPS, type Work } from '../work/index.ts';
import { applyReflector, reflectInPlace } from './householder.ts';
import { rotateRows, rotationFor } from './rotation.ts';

export interface NnlsResult {
  readonly x: Float64Array;
  /** ||A x - b||. */
  readonly residualNorm: number;
  /** False where the iteration limit was reached first. */
  readonly converged: boolean;
}

/**
 * The state of the active set method: columns of A as rows, reduced so that those in use are upper triangular, in the
 * order of `used`.
 */
interface Reduced {
  readonly columns: Matrix;
  readonly b: Float64Array;
  readonly used: number[];
}

/**
 * x >= 0 with ||A x - b|| least, by Lawson and Hanson's active set method with one QR factorisation that is kept up to
 * date. Cost: about 2 m n multiplications per variable that enters or leaves.
 *
 * Source: C. Lawson and R. Hanson, "Solving least squares problems", 1974, chapter 23.
 *
 * @param A shape (m, n)
 * @param b length m
 * @param options `maxIter`: most changes of the set (default: 3 n, as scipy)
 */
export function* nnlsWork(A: Matrix, b: Float64Array, options: { readonly maxIter?: number } = {}): Work<NnlsResult> {
  const maxIter = options.maxIter ?? 3 * A.columns;
  const state: Reduced = { columns: A.transpose(), b: b.slice(), used: [] };
  const x = new Float64Array(A.columns);
  const cost = 2 * A.rows * A.columns;
  let converged = true;
  let ops = 0;
  let nIter = 0;
  while (state.used.length < Math.min(A.rows, A.columns) && enterBest(state, x)) {
    ops += 2 * cost;
    let goal = solveUsed(state);
    for (;;) {
      if (++nIter >= maxIter) converged = false;
      const share = converged ? feasibleShare(x, goal, state.used) : 1;
      state.used.forEach((j, at) => {
        x[j]! += share * (goal[at]! - x[j]!);
      });
      if (share >= 1) break;
      leaveZeros(state, x, goal);
      goal = solveUsed(state);
      ops += cost;
    }
    if (!converged) break;
    if (ops < MAX_OPS) continue;
    yield { ops };
    ops = 0;
  }
  yield { ops };
  for (let j = 0; j < x.length; j++) x[j] = Math.max(0, x[j]!);
  return { x, residualNorm: tailNorm(state.b, state.used.length), converged };
}

/**
 * Takes the variable with the steepest descent into use, if there is one that is independent of those in use and would
 * become positive.
 */
function enterBest(state: Reduced, x: Float64Array): boolean {
  const { columns, b, used } = state;
  const rank = used.length;
  const isUsed = new Set(used);
  const candidates = Array.from(x.keys())
    .filter(j => !isUsed.has(j))
    .map(j => ({ j, descent: tailDot(columns.row(j), b, rank) }))
    .filter(({ descent }) => descent > 0)
    .sort((a, c) => c.descent - a.descent || a.j - c.j);
  for (const { j } of candidates) {
    const v = columns.row(j).slice();
    const known = Math.sqrt(headSquares(v, rank));
    const { tau, beta } = reflectInPlace(v, rank);
    if (known + Math.abs(beta) * 0.01 - known <= 0) continue;
    const reflected = b.slice();
    applyReflector(reflected, v, tau, rank);
    if (reflected[rank]! / beta <= 0) continue;
    b.set(reflected);
    for (const k of x.keys()) if (k !== j && !isUsed.has(k)) applyReflector(columns.row(k), v, tau, rank);
    const column = columns.row(j);
    column.fill(0, rank);
    column[rank] = beta;
    used.push(j);
    return true;
  }
  return false;
}

/** The solution over the variables in use, in their order. */
function solveUsed({ columns, b, used }: Reduced): Float64Array {
  const z = b.slice(0, used.length);
  for (let k = used.length - 1; k >= 0; k--) {
    const column = columns.row(used[k]!);
    z[k]! /= column[k]!;
    for (let i = 0; i < k; i++) z[i]! -= column[i]! * z[k]!;
  }
  return z;
}

/** How far x may go towards `goal` before a variable in use becomes negative; 1 where none does. */
function feasibleShare(x: Float64Array, goal: Float64Array, used: readonly number[]): number {
  return used.reduce((share, j, at) => {
    return goal[at]! <= 0 ? Math.min(share, x[j]! / (x[j]! - goal[at]!)) : share;
  }, 1);
}

/** Puts the variables that have reached zero on their way out of use. */
function leaveZeros(state: Reduced, x: Float64Array, goal: Float64Array): void {
  const { used } = state;
  const reached = (at: number) => x[used[at]!]! <= Number.EPSILON * Math.abs(goal[at]!) && goal[at]! <= 0;
  const leaving = used.filter((j, at) => reached(at) || x[j]! <= 0);
  for (const j of leaving) {
    x[j] = 0;
    removeFromUse(state, used.indexOf(j));
  }
}

/** Takes the variable at `position` out and makes the later ones triangular again by rotations. */
function removeFromUse({ columns, b, used }: Reduced, position: number): void {
  used.splice(position, 1);
  for (let k = position; k < used.length; k++) {
    const pivot = columns.row(used[k]!);
    const { c, s, r } = rotationFor(pivot[k]!, pivot[k + 1]!);
    for (let j = 0; j < columns.rows; j++) rotateEntries(columns.row(j), k, c, s);
    rotateEntries(b, k, c, s);
    pivot[k] = r;
    pivot[k + 1] = 0;
  }
}

function rotateEntries(vector: Float64Array, k: number, c: number, s: number): void {
  rotateRows(vector.subarray(k, k + 1), vector.subarray(k + 1, k + 2), c, s);
}

function headSquares(v: Float64Array, end: number): number {
  let sum = 0;
  for (let i = 0; i < end; i++) sum += v[i]! * v[i]!;
  return sum;
}

function tailDot(a: Float64Array, b: Float64Array, from: number): number {
  let sum = 0;
  for (let i = from; i < b.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

function tailNorm(b: Float64Array, from: number): number {
  return Math.sqrt(tailDot(b, b, from));
}
