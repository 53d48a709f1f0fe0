import { asWork, type Work } from '../work/index.ts';
import { addScaledInto, norm } from './vectors.ts';

/** A matrix that is known by its products. */
export interface LinearOperator {
  readonly rows: number;
  readonly columns: number;
  /** A x. */
  times(x: Float64Array): Float64Array | Work<Float64Array>;
  /** A' y. */
  timesTransposed(y: Float64Array): Float64Array | Work<Float64Array>;
}

export interface LsqrOptions {
  /** Solve min ||A x - b||^2 + damp^2 ||x||^2. */
  readonly damp?: number;
  /** Relative errors of A and b; the iteration stops when the residual is small for them. */
  readonly atol?: number;
  readonly btol?: number;
  /** Stop when the condition number seems larger. */
  readonly conlim?: number;
  /** Most iterations (default: twice the columns). */
  readonly maxIter?: number | null;
}

export interface LsqrResult {
  readonly x: Float64Array;
  readonly nIter: number;
  readonly stoppedBy: 'zero' | 'residual' | 'leastSquares' | 'condition' | 'maxIter';
}

/**
 * Least squares by Golub and Kahan's bidiagonalisation, with scipy's stopping rules. Cost: two products with A per
 * iteration.
 *
 * Source: C. Paige and M. Saunders, "LSQR: An algorithm for sparse linear equations and sparse least squares", 1982,
 * whose letters are used here.
 */
export function* lsqrWork(A: LinearOperator, b: Float64Array, options: LsqrOptions = {}): Work<LsqrResult> {
  const { damp = 0, atol = 1e-6, btol = 1e-6, conlim = 1e8 } = options;
  const maxIter = options.maxIter ?? 2 * A.columns;
  const x = new Float64Array(A.columns);
  const u = b.slice();
  let beta = normalize(u);
  const bNorm = beta;
  const v = beta > 0 ? (yield* asWork(A.timesTransposed(u))).slice() : new Float64Array(A.columns);
  let alpha = normalize(v);
  if (alpha * beta === 0) return { x, nIter: 0, stoppedBy: 'zero' };
  const w = v.slice();
  let [rhoBar, phiBar] = [alpha, beta];
  let [aNormSquare, dNormSquare, psiSquares] = [0, 0, 0];
  const size = new SolutionNorm();
  for (let nIter = 1; nIter <= maxIter; nIter++) {
    const alphaBefore = alpha;
    [beta, alpha] = yield* bidiagonalStep(A, u, v, alpha);
    if (beta > 0) aNormSquare += alphaBefore * alphaBefore + beta * beta + damp * damp;

    // One rotation takes the damping off the diagonal, the next one the entry below it.
    const damped = symmetricRotation(rhoBar, damp);
    psiSquares += damped.s * phiBar * (damped.s * phiBar);
    phiBar *= damped.c;
    const { c, s, r: rho } = symmetricRotation(damped.r, beta);
    const theta = s * alpha;
    rhoBar = -c * alpha;
    const phi = c * phiBar;
    phiBar *= s;

    addScaledInto(phi / rho, w, x);
    dNormSquare += squaredNorm(w) / (rho * rho);
    for (let i = 0; i < w.length; i++) w[i] = v[i]! - (theta / rho) * w[i]!;

    const xNorm = size.next(rho, theta, phi);
    const rNorm = Math.sqrt(phiBar * phiBar + psiSquares);
    const stoppedBy = stoppingRule(
      {
        ...{ aNorm: Math.sqrt(aNormSquare), dNorm: Math.sqrt(dNormSquare), xNorm, rNorm, bNorm },
        gradientNorm: alpha * Math.abs(s * phi),
      },
      { atol, btol, conlim },
    );
    if (stoppedBy !== undefined) return { x, nIter, stoppedBy };
    yield { ops: 4 * (A.rows + A.columns) };
  }
  return { x, nIter: maxIter, stoppedBy: 'maxIter' };
}

/** u <- A v - alpha u and v <- A'u - beta v, each normalised; returns the new beta and alpha. */
function* bidiagonalStep(
  A: LinearOperator,
  u: Float64Array,
  v: Float64Array,
  alpha: number,
): Work<readonly [number, number]> {
  const Av = yield* asWork(A.times(v));
  for (let i = 0; i < u.length; i++) u[i] = Av[i]! - alpha * u[i]!;
  const beta = normalize(u);
  if (beta === 0) return [beta, alpha];
  const Au = yield* asWork(A.timesTransposed(u));
  for (let i = 0; i < v.length; i++) v[i] = Au[i]! - beta * v[i]!;
  return [beta, normalize(v)];
}

/** ||x|| by a running QR factorisation of the bidiagonal matrix from the right. */
class SolutionNorm {
  #c = -1;
  #s = 0;
  #z = 0;
  #squares = 0;

  next(rho: number, theta: number, phi: number): number {
    const gammaBar = -this.#c * rho;
    const right = phi - this.#s * rho * this.#z;
    const zBar = right / gammaBar;
    const result = Math.sqrt(this.#squares + zBar * zBar);
    const gamma = Math.sqrt(gammaBar * gammaBar + theta * theta);
    this.#c = gammaBar / gamma;
    this.#s = theta / gamma;
    this.#z = right / gamma;
    this.#squares += this.#z * this.#z;
    return result;
  }
}

interface Norms {
  readonly aNorm: number;
  readonly dNorm: number;
  readonly xNorm: number;
  readonly rNorm: number;
  readonly bNorm: number;
  readonly gradientNorm: number;
}

/** Tolerances below the machine precision act as if they were equal to it. */
function stoppingRule(
  { aNorm, dNorm, xNorm, rNorm, bNorm, gradientNorm }: Norms,
  { atol, btol, conlim }: { readonly atol: number; readonly btol: number; readonly conlim: number },
): LsqrResult['stoppedBy'] | undefined {
  const residual = rNorm / bNorm;
  const gradient = gradientNorm / (aNorm * rNorm + Number.EPSILON);
  const inverseCondition = 1 / (aNorm * dNorm + Number.EPSILON);
  const growth = (aNorm * xNorm) / bNorm;
  if (residual <= btol + atol * growth || 1 + residual / (1 + growth) <= 1) return 'residual';
  if (gradient <= atol || 1 + gradient <= 1) return 'leastSquares';
  if (inverseCondition <= (conlim > 0 ? 1 / conlim : 0) || 1 + inverseCondition <= 1) return 'condition';
  return undefined;
}

/** The rotation of (a, b) onto (r, 0) that neither overflows nor loses the smaller one. */
function symmetricRotation(a: number, b: number): { c: number; s: number; r: number } {
  if (b === 0) return { c: a === 0 ? 0 : 1, s: 0, r: a };
  if (a === 0) return { c: 0, s: Math.sign(b), r: Math.abs(b) };
  if (Math.abs(b) > Math.abs(a)) {
    const ratio = a / b;
    const s = Math.sign(b) / Math.sqrt(1 + ratio * ratio);
    return { c: s * ratio, s, r: b / s };
  }
  const ratio = b / a;
  const c = Math.sign(a) / Math.sqrt(1 + ratio * ratio);
  return { c, s: c * ratio, r: a / c };
}

function squaredNorm(a: Float64Array): number {
  const length = norm(a);
  return length * length;
}

/** Divides a vector by its length, unless that is zero, and returns the length. */
function normalize(a: Float64Array): number {
  const length = norm(a);
  if (length > 0) for (let i = 0; i < a.length; i++) a[i]! /= length;
  return length;
}
