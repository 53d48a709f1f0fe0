import { type CsrMatrix, Matrix, type MatrixLike, SparseMatrix } from '../array/index.ts';
import {
  boolean,
  type ClassTarget,
  classWeight,
  type EncodedLabels,
  integer,
  oneOf,
  type ParamsOf,
  real,
  seed,
  weighClasses,
} from '../check/index.ts';
import {
  argmaxRows,
  type CallContext,
  type ClassifierLearned,
  type FitContext,
  onlyOutput,
  ProbabilisticClassifier,
} from '../core/index.ts';
import { InvalidInputError, warn } from '../errors/index.ts';
import { asWork, loadOnce, type Work } from '../work/index.ts';
import { bothClasses, type LinearWeights, linearScores, scoresTask } from './linear-scores.ts';
import type { LogisticTask } from './logistic-solvers.ts';

const fitting = loadOnce(() => import('./logistic-fitting.ts'));

const spec = {
  /** Reverse of the strength of the penalty; `Infinity` for none. */
  C: real({ above: 0, max: Infinity, default: 1 }),
  /** Share of the l1 penalty: 0 is l2 alone, 1 is l1 alone, between them lies the elastic net. */
  l1Ratio: real({ min: 0, max: 1, default: 0 }),
  /** Solve the dual problem; solver `'liblinear'` with the l2 penalty only. */
  dual: boolean({ default: false }),
  /** When a solver stops: for most, when no part of the mean loss's gradient is larger. */
  tol: real({ min: 0, default: 1e-4 }),
  /** Learn an intercept. */
  fitIntercept: boolean({ default: true }),
  /** The constant feature whose penalised coefficient makes the intercept of solver `'liblinear'`. */
  interceptScaling: real({ above: 0, default: 1 }),
  /** Weights of the classes: `'balanced'`, a record, a list of `[label, weight]`, or null for 1 each. */
  classWeight: classWeight(),
  /** Seed of the order in which `'sag'`, `'saga'` and `'liblinear'` visit samples or features. */
  randomState: seed(),
  /** The algorithm. `'liblinear'` is for two classes, l1 needs `'liblinear'` or `'saga'`, elastic net `'saga'`. */
  solver: oneOf(['lbfgs', 'liblinear', 'newton-cg', 'newton-cholesky', 'sag', 'saga'], { default: 'lbfgs' }),
  /** Most iterations of the solver. */
  maxIter: integer({ min: 0, default: 100 }),
};

/** Why the processor computes. */
const SPARSE = 'sparse samples, for which there are no GPU kernels';

/** Features beyond this would keep liblinear from ending. */
const LIBLINEAR_LIMIT = 1e30;

export type LogisticRegressionParams = ParamsOf<typeof spec>;

interface LogisticRegressionLearned extends ClassifierLearned, LinearWeights {
  readonly nIter: Int32Array;
}

/**
 * Logistic regression: minimises `C * sum_i weight_i * -log p(y_i | x_i) + (1 - l1Ratio) / 2 * |W|² + l1Ratio * |W|₁`,
 * where p is the sigmoid of one score for two classes and the softmax of a score per class for more. The intercept
 * is not penalised, except by solver `'liblinear'`.
 *
 * `'lbfgs'` suits most data, `'newton-cholesky'` many samples of few features, `'saga'` the l1 penalty on many
 * samples. Features of one scale make every solver faster. Cost of an iteration: O(samples × features × classes);
 * `'newton-cholesky'` times features × classes, and that squared in memory. On sparse samples `'lbfgs'` and
 * `'newton-cg'` work as they are, at the cost of the stored values; the other solvers expand them to dense ones.
 *
 * On a GPU (`device`): the Hessians of `'newton-cholesky'`, and `predictProba` in single precision.
 *
 * Differs from scikit-learn: `warmStartFrom` in `fit` takes the place of `warm_start`; `penalty` and `n_jobs`
 * (deprecated there) and `verbose` are not there; on sparse samples the intercept's steps of `'sag'` and `'saga'` are
 * not damped: the optimum is the same, not the way to it.
 *
 * Source: R.-E. Fan et al., "LIBLINEAR", JMLR 9 (2008); M. Schmidt et al. (2013) for `'sag'`; A. Defazio et al.
 * (2014) for `'saga'`.
 *
 * @example
 * import { LogisticRegression } from 'fitwise';
 * const X = [[1], [2], [3], [4]];
 * const model = await new LogisticRegression().fit(X, ['no', 'no', 'yes', 'yes']);
 * await model.predict([[1.5], [3.5]]); // ['no', 'yes']
 * (await model.predictProba([[2.5]])).toArray(); // [[0.5, 0.5]] up to rounding
 */
export class LogisticRegression extends ProbabilisticClassifier<
  typeof spec,
  LogisticRegressionLearned,
  Matrix | CsrMatrix
> {
  static override readonly id = 'linear-model/LogisticRegression';
  static override readonly traits = {
    consumes: ['sampleWeight', 'warmStartFrom'],
    sparse: 'native',
    gpu: ['fit', 'predictProba'],
  } as const;

  constructor(params: Partial<LogisticRegressionParams> = {}) {
    super(spec, params);
  }

  /** Coefficients: one row for two classes (towards the second), a row per class for more; features as columns. */
  get coef_(): Matrix {
    return this.learned.coef;
  }

  /** One intercept per row of `coef_`. */
  get intercept_(): Float64Array {
    return this.learned.intercept;
  }

  /** Iterations that the solver took, in a list of one. */
  get nIter_(): Int32Array {
    return this.learned.nIter;
  }

  /**
   * The score of each sample: above 0 means the second of two classes.
   *
   * @param X samples × features
   * @returns one score per sample for two classes; samples × classes for more
   * @throws NotFittedError before `fit`. @throws InvalidInputError on data that break a rule.
   */
  decisionFunction(X: MatrixLike): Promise<Float64Array | Matrix> {
    return this.run(this.decisionFunctionWork(X));
  }

  /** The work of `decisionFunction`. */
  *decisionFunctionWork(X: MatrixLike): Work<Float64Array | Matrix> {
    const scores = yield* linearScores(yield* this.entering(X, 'predict with'), this.learned);
    return scores.columns === 1 ? scores.data : scores;
  }

  protected override *learnClasses(
    X: Matrix | CsrMatrix,
    y: ClassTarget,
    context: FitContext,
  ): Work<Omit<LogisticRegressionLearned, keyof ClassifierLearned>> {
    const { checkFiniteWeights, checkLogisticParams, checkMagnitude, LOGISTIC_SOLVERS } = yield* fitting();
    checkLogisticParams(this.params, context);
    checkMagnitude('X', X, context.action, this.params.solver === 'liblinear' ? LIBLINEAR_LIMIT : undefined);
    const { solver } = this.params;
    if (solver !== 'newton-cholesky') context.compute.without(`solver '${solver}', which has no GPU kernels`);
    const task = this.#task(X, onlyOutput(y), context);
    const { coef, intercept, nIter, problem } = yield* LOGISTIC_SOLVERS[solver](task);
    if (problem !== undefined) warn({ kind: 'convergence', source: this.name, message: problem });
    return checkFiniteWeights({ coef, intercept, nIter: Int32Array.of(nIter) }, context.action);
  }

  #task(X: Matrix | CsrMatrix, labels: EncodedLabels, context: FitContext): LogisticTask {
    const { action, sampleWeight } = context;
    const { classes, codes } = labels;
    checkClassCount(classes.length, this.params.solver, action);
    const ofClass = weighClasses(this.params.classWeight, labels, sampleWeight, action);
    const weights = new Float64Array(codes.length);
    for (let i = 0; i < weights.length; i++) weights[i] = ofClass[codes[i]!]! * (sampleWeight?.[i] ?? 1);
    if (!weights.some(weight => weight > 0)) {
      throw new InvalidInputError({
        action,
        rule: 'sample and class weights must not be zero everywhere',
        received: 'zeros',
      });
    }
    const start = startOf(context.previous as LinearWeights | undefined, X.columns, outputsOf(classes.length), action);
    return { X, codes, outputs: outputsOf(classes.length), weights, start, params: this.params, context };
  }

  protected override *probabilities(X: Matrix | CsrMatrix, { compute }: CallContext): Work<readonly Matrix[]> {
    const isSparse = X instanceof SparseMatrix;
    const products = isSparse ? compute.without(SPARSE) : compute.products(scoresTask(X, this.learned));
    const softmaxScores = products?.softmaxScores;
    if (softmaxScores !== undefined && !isSparse) {
      const { coef, intercept } = bothClasses(this.learned);
      return [yield* softmaxScores(X, coef, intercept)];
    }
    const scores = yield* asWork(linearScores(X, this.learned));
    return [scores.columns === 1 ? sigmoids(scores) : softmaxRows(scores)];
  }

  protected override *classify(X: Matrix | CsrMatrix): Work<readonly Int32Array[]> {
    const scores = yield* asWork(linearScores(X, this.learned));
    return [scores.columns === 1 ? positive(scores.data) : argmaxRows(scores)];
  }
}

/** @throws InvalidInputError if there is one class only, or more than the solver can tell apart. */
function checkClassCount(count: number, solver: string, action: string): void {
  if (count < 2) throw new InvalidInputError({ action, rule: 'y must have at least 2 classes', received: '1 class' });
  if (count === 2 || solver !== 'liblinear') return;
  throw new InvalidInputError({
    action,
    rule: "y must have 2 classes for solver 'liblinear'",
    received: `${count} classes`,
    repair: "use another solver, e.g. 'lbfgs'",
  });
}

function outputsOf(classes: number): number {
  return classes === 2 ? 1 : classes;
}

/** The weights to start from: zero, or those of an earlier model of the same shape. */
function startOf(previous: LinearWeights | undefined, columns: number, outputs: number, action: string): LinearWeights {
  if (previous === undefined) return { coef: Matrix.zeros(outputs, columns), intercept: new Float64Array(outputs) };
  const { coef } = previous;
  if (coef.rows === outputs && coef.columns === columns) return previous;
  throw new InvalidInputError({
    action,
    rule: `warmStartFrom must have coefficients of shape (${outputs}, ${columns})`,
    received: `shape (${coef.rows}, ${coef.columns})`,
  });
}

/** 1 where the score of the second class is positive. */
function positive(scores: Float64Array): Int32Array {
  const codes = new Int32Array(scores.length);
  for (let i = 0; i < codes.length; i++) if (scores[i]! > 0) codes[i] = 1;
  return codes;
}

/** Scores of the second class as probabilities of both. */
function sigmoids({ data, rows }: Matrix): Matrix {
  const result = Matrix.zeros(rows, 2);
  for (let i = 0; i < rows; i++) {
    const p = 1 / (1 + Math.exp(-data[i]!));
    result.data[2 * i] = 1 - p;
    result.data[2 * i + 1] = p;
  }
  return result;
}

function softmaxRows(scores: Matrix): Matrix {
  const result = scores.clone();
  for (let i = 0; i < result.rows; i++) {
    const row = result.row(i);
    const max = row.reduce((most, value) => Math.max(most, value), -Infinity);
    let sum = 0;
    for (let k = 0; k < row.length; k++) sum += row[k] = Math.exp(row[k]! - max);
    for (let k = 0; k < row.length; k++) row[k]! /= sum;
  }
  return result;
}
