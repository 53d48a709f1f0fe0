/**
 * Newton's method with the full Hessian, solved by Cholesky's factorisation, and a backtracking line search.
 *
 * Source: S. Boyd and L. Vandenberghe, "Convex Optimization" (2004), section 9.5; constants and stopping rule are
 * scikit-learn's.
 */
import { Matrix } from '../array/index.ts';
import { matmulWork, type Products, type Task } from '../kernels/index.ts';
import { choleskyWork, dot, solveCholeskyWork } from '../linalg/index.ts';
import type { Work } from '../work/index.ts';
import type { LogisticLoss } from './logistic-loss.ts';
import { maxAbs, plusScaled, sumAbs } from './vectors.ts';

const SUFFICIENT = 2 ** -11;
const MAX_HALVINGS = 21;
/** Losses closer than this share are equal up to rounding. */
const ROUNDING = 16 * Number.EPSILON;

export interface NewtonResult {
  readonly w: Float64Array;
  readonly nIter: number;
  readonly converged: boolean;
  /** The Hessian was singular, or no step improved the loss: another solver must go on from `w`. */
  readonly stuck: boolean;
}

/** A point with its loss and gradient. */
interface Point {
  readonly w: Float64Array;
  readonly value: number;
  readonly gradient: Float64Array;
}

/** Stops when no part of the gradient and not half the squared Newton decrement is above `tol`. */
export function* newtonCholesky(
  loss: LogisticLoss<Matrix>,
  start: Float64Array,
  tol: number,
  maxIter: number,
  products: Products,
): Work<NewtonResult> {
  const free = freeCoefficients(loss);
  let point = yield* evaluate(loss, fromLastClass(loss, start, free));
  let stuck = false;
  let converged = false;
  let nIter = 0;
  while (nIter < maxIter && !converged) {
    const hessian = yield* hessianOf(loss, free, products);
    const newton = yield* newtonStep(hessian, point.gradient, free);
    const next = newton === undefined ? undefined : yield* lineSearch(loss, point, newton);
    if (newton === undefined || next === undefined) {
      stuck = true;
      break;
    }
    nIter++;
    point = next;
    converged = maxAbs(point.gradient) <= tol && 0.5 * (yield* quadratic(hessian, newton, free)) <= tol;
  }
  return { w: towardsMean(loss, point.w, free), nIter, converged, stuck };
}

/** The size of one Hessian: a product X' diag(h) X for each pair of classes, with features that travel anew. */
export function hessianTask({ stride, problem: { X, outputs } }: LogisticLoss<Matrix>): Task {
  const pairs = (outputs * (outputs + 1)) / 2;
  return { operations: (pairs * X.rows * stride * stride) / 2, numbers: pairs * (X.rows + stride) * stride };
}

function* evaluate(loss: LogisticLoss<Matrix>, w: Float64Array): Work<Point> {
  const gradient = new Float64Array(w.length);
  return { w, value: yield* loss.prepareCurvature(w, gradient), gradient };
}

/**
 * Positions of the coefficients that are moved. Adding a constant to an unpenalised coefficient of every class
 * changes no probability, so that of these the last class's stays fixed (at zero).
 */
function freeCoefficients({ size, stride, problem }: LogisticLoss<Matrix>): Int32Array {
  const { outputs, l2, X } = problem;
  const last = size - stride;
  const isFixed = (at: number): boolean => outputs > 1 && at >= last && (l2 === 0 || at - last >= X.columns);
  return Int32Array.from({ length: size }, (_, at) => at).filter(at => !isFixed(at));
}

/** Subtracts the last class's value from each coefficient that is free up to a common shift. */
function fromLastClass(loss: LogisticLoss<Matrix>, w: Float64Array, free: Int32Array): Float64Array {
  return shiftClasses(loss, w, free, values => values[values.length - 1]!);
}

/** The symmetric form: coefficients that are free up to a common shift sum to zero over the classes. */
function towardsMean(loss: LogisticLoss<Matrix>, w: Float64Array, free: Int32Array): Float64Array {
  return shiftClasses(loss, w, free, values => values.reduce((sum, value) => sum + value, 0) / values.length);
}

function shiftClasses(
  { size, stride, problem }: LogisticLoss<Matrix>,
  w: Float64Array,
  free: Int32Array,
  shiftOf: (values: readonly number[]) => number,
): Float64Array {
  const shifted = w.slice();
  const fixed = new Set(Array.from({ length: size }, (_, at) => at));
  for (const at of free) fixed.delete(at);
  for (const at of fixed) {
    const positions = Array.from({ length: problem.outputs }, (_, k) => (at % stride) + k * stride);
    const shift = shiftOf(positions.map(position => w[position]!));
    for (const position of positions) shifted[position]! -= shift;
  }
  return shifted;
}

/** Second derivatives of the loss by the free coefficients. */
function* hessianOf(loss: LogisticLoss<Matrix>, free: Int32Array, products: Products): Work<Matrix> {
  const { stride, size, problem } = loss;
  const { outputs, l2, X } = problem;
  const full = Matrix.zeros(size, size);
  const features = withOnes(X, stride);
  const bent = Matrix.zeros(X.rows, stride);
  for (let k = 0; k < outputs; k++) {
    for (let l = k; l < outputs; l++) {
      // X' diag(h) X with h of one sign, >= 0 for k = l and <= 0 otherwise: half the products, by symmetry.
      scaleRowsInto(features, loss.curvature(k, l).map(rootOfSize), bent);
      const part = yield* products.gram(bent);
      const sign = k === l ? 1 : -1;
      for (let a = 0; a < stride; a++) {
        for (let b = 0; b < stride; b++) {
          full.set(k * stride + a, l * stride + b, sign * part.get(a, b));
          full.set(l * stride + b, k * stride + a, sign * part.get(a, b));
        }
      }
    }
    for (let j = 0; j < X.columns; j++) full.data[(k * stride + j) * (size + 1)]! += l2;
  }
  return free.length === size ? full : full.takeRows(free).takeColumns(free);
}

function rootOfSize(value: number): number {
  return Math.sqrt(Math.abs(value));
}

function scaleRowsInto(A: Matrix, factors: Float64Array, result: Matrix): void {
  for (let i = 0, at = 0; i < A.rows; i++) {
    const factor = factors[i]!;
    for (let j = 0; j < A.columns; j++, at++) result.data[at] = factor * A.data[at]!;
  }
}

function withOnes(X: Matrix, stride: number): Matrix {
  if (stride === X.columns) return X;
  const result = new Matrix(new Float64Array(X.rows * stride).fill(1), X.rows, stride);
  for (let i = 0; i < X.rows; i++) result.data.set(X.row(i), i * stride);
  return result;
}

/** -H⁻¹ g on the free coefficients, 0 on the others; undefined where H is singular up to rounding. */
function* newtonStep(hessian: Matrix, gradient: Float64Array, free: Int32Array): Work<Float64Array | undefined> {
  const L = yield* choleskyWork(hessian);
  if (L === undefined || isIllConditioned(hessian, L)) return undefined;
  const right = Float64Array.from(free, at => -gradient[at]!);
  const { data } = yield* solveCholeskyWork(L, new Matrix(right, free.length, 1));
  const step = new Float64Array(gradient.length);
  free.forEach((at, i) => {
    step[at] = data[i]!;
  });
  return step;
}

function isIllConditioned(A: Matrix, L: Matrix): boolean {
  return Array.from({ length: A.rows }, (_, i) => i).some(i => L.get(i, i) ** 2 <= Number.EPSILON * A.get(i, i));
}

/** v' H v over the free coefficients. */
function* quadratic(hessian: Matrix, v: Float64Array, free: Int32Array): Work<number> {
  const own = Float64Array.from(free, at => v[at]!);
  const product = yield* matmulWork(hessian, new Matrix(own, own.length, 1));
  return dot(own, product.data);
}

/** Halves the step until the loss falls enough, or, at the limit of rounding, the gradient falls. */
function* lineSearch(loss: LogisticLoss<Matrix>, from: Point, newton: Float64Array): Work<Point | undefined> {
  const slope = dot(from.gradient, newton);
  if (slope > 0) return undefined;
  let t = 1;
  for (let i = 0; i < MAX_HALVINGS; i++) {
    const next = yield* evaluate(loss, plusScaled(from.w, t, newton));
    const change = next.value - from.value;
    if (change <= t * SUFFICIENT * slope) return next;
    const isEqual = Math.abs(change) <= ROUNDING * Math.abs(from.value);
    if (isEqual && sumAbs(next.gradient) < sumAbs(from.gradient)) return next;
    t /= 2;
  }
  return undefined;
}
