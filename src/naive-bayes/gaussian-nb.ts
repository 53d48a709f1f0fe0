import { Matrix, type MatrixLike } from '../array/index.ts';
import { type ClassTarget, listOf, nullable, type ParamsOf, real, type Target } from '../check/index.ts';
import {
  argmaxRows,
  type ClassifierLearned,
  type FitContext,
  type FitOptions,
  onlyOutput,
  ProbabilisticClassifier,
} from '../core/index.ts';
import { InvalidInputError, InvalidParamError, show } from '../errors/index.ts';
import { drive, MAX_OPS, type Work } from '../work/index.ts';
import { type ClassMoments, classMoments, combineMoments } from './class-moments.ts';

const spec = {
  /** Probability of each class, in the order of `classes_`; null takes the classes' shares of the samples. */
  priors: nullable(listOf(real({ min: 0, default: 0 }), { default: [] })),
  /** This share of the greatest feature variance is added to all variances, so that none is zero. */
  varSmoothing: real({ min: 0, default: 1e-9 }),
};

export type GaussianNBParams = ParamsOf<typeof spec>;

interface Learned extends ClassifierLearned, ClassMoments {
  readonly priors: Float64Array;
  /** What was added to the variances. */
  readonly epsilon: number;
}

/**
 * Naive Bayes with Gaussian features: within each class the features are taken as independent normals, so that
 * `log P(c, x) = log P(c) - ½ Σ_j [log(2π var_cj) + (x_j - mean_cj)² / var_cj]`.
 *
 * Cost: O(samples × features) to fit, times the classes to predict.
 *
 * Differs from scikit-learn: a variance of zero is refused (there it gives NaN); raise `varSmoothing`.
 *
 * @example
 * import { GaussianNB } from 'fitwise';
 * const model = await new GaussianNB().fit([[-2], [-1], [1], [2]], ['low', 'low', 'high', 'high']);
 * await model.predict([[-0.8], [3]]); // ['low', 'high']
 */
export class GaussianNB extends ProbabilisticClassifier<typeof spec, Learned> {
  static override readonly id = 'naive-bayes/GaussianNB';
  static override readonly traits = { consumes: ['sampleWeight', 'classes'] } as const;

  constructor(params: Partial<GaussianNBParams> = {}) {
    super(spec, params);
  }

  /** Mean of each feature per class: classes × features. */
  get theta_(): Matrix {
    return this.learned.mean;
  }

  /** Variance of each feature per class, `epsilon_` included: classes × features. */
  get var_(): Matrix {
    return this.learned.variance;
  }

  /** Number (sum of weights) of the samples of each class. */
  get classCount_(): Float64Array {
    return this.learned.counts;
  }

  /** Probability of each class. */
  get classPrior_(): Float64Array {
    return this.learned.priors;
  }

  /** What was added to all variances. */
  get epsilon_(): number {
    return this.learned.epsilon;
  }

  /**
   * Goes on learning from more samples.
   *
   * @param X samples × features of the calls before
   * @param options `classes` names all labels in the first call
   * @throws InvalidInputError on data that break a rule; what was learned before stays.
   */
  partialFit(X: MatrixLike, y: Target, options: FitOptions = {}): Promise<this> {
    return drive(this.updateWork(X, y, options), options);
  }

  /**
   * Logarithms of the joint probabilities `P(class, x)`.
   *
   * @returns samples × classes
   */
  predictJointLogProba(X: MatrixLike): Promise<Matrix> {
    return this.run(this.predictJointLogProbaWork(X));
  }

  /** The work of `predictJointLogProba`. */
  *predictJointLogProbaWork(X: MatrixLike): Work<Matrix> {
    return yield* jointLogs(yield* this.entering(X, 'predict with'), this.learned, `predict with ${this.name}`);
  }

  protected override *learnClasses(X: Matrix, y: ClassTarget, context: FitContext) {
    const { classes, codes } = onlyOutput(y);
    const { action, sampleWeight, isUpdate } = context;
    const epsilon = this.params.varSmoothing * (yield* greatestVariance(X));
    const batch = yield* classMoments(X, codes, classes.length, sampleWeight);
    const before = isUpdate ? (context.previous as Learned | undefined) : undefined;
    // As in scikit-learn, it is this batch's epsilon that is taken off the old variances, not their own.
    const moments = before === undefined ? batch : combineMoments(shiftVariances(before, -epsilon), batch);
    const learned = { ...shiftVariances(moments, epsilon), epsilon };
    const at = [...learned.mean.data, ...learned.variance.data].findIndex(number => !Number.isFinite(number));
    if (at !== -1) {
      const column = at % X.columns;
      throw new InvalidInputError({
        action,
        rule: 'the squared values of X must not overflow',
        received: `column ${column}`,
      });
    }
    if (!isUpdate) checkVariances(learned, action);
    return { ...learned, priors: this.#priors(moments.counts, action) };
  }

  protected override *probabilities(X: Matrix): Work<readonly Matrix[]> {
    const [logs] = yield* this.logProbabilities(X);
    return [new Matrix(logs!.data.map(Math.exp), logs!.rows, logs!.columns)];
  }

  protected override *logProbabilities(X: Matrix): Work<readonly Matrix[]> {
    const joint = yield* jointLogs(X, this.learned, `predict with ${this.name}`);
    for (let i = 0; i < joint.rows; i++) {
      const row = joint.row(i);
      const most = Math.max(...row);
      const total = most + Math.log(row.reduce((sum, log) => sum + Math.exp(log - most), 0));
      row.forEach((log, k) => {
        row[k] = log - total;
      });
    }
    return [joint];
  }

  protected override *classify(X: Matrix): Work<readonly Int32Array[]> {
    return [argmaxRows(yield* jointLogs(X, this.learned, `predict with ${this.name}`))];
  }

  #priors(counts: Float64Array, action: string): Float64Array {
    const { priors } = this.params;
    const total = counts.reduce((sum, count) => sum + count, 0);
    if (priors === null) return counts.map(count => count / total);
    const sum = priors.reduce((all, prior) => all + prior, 0);
    if (priors.length === counts.length && Math.abs(sum - 1) <= 1e-8 + 1e-5) return Float64Array.from(priors);
    throw new InvalidParamError({
      action,
      rule: `priors must hold one probability per class (${counts.length}) and sum to 1`,
      received: `${show(priors)}, which sum to ${sum}`,
    });
  }
}

/** The greatest population variance of any feature. */
function* greatestVariance(X: Matrix): Work<number> {
  const { variance } = yield* classMoments(X, new Int32Array(X.rows), 1, undefined);
  return variance.data.reduce((most, v) => Math.max(most, v), 0);
}

function shiftVariances(moments: ClassMoments, by: number): ClassMoments {
  return { ...moments, variance: moments.variance.map(v => v + by) };
}

/** @throws InvalidInputError if a class that has samples has a feature without variance. */
function checkVariances({ variance, counts }: ClassMoments, action: string): void {
  const at = variance.data.findIndex((v, i) => !(v > 0) && counts[Math.floor(i / variance.columns)]! > 0);
  if (at === -1) return;
  throw new InvalidInputError({
    action,
    rule: 'variances must be > 0 in every class',
    received: `${variance.data[at]} for feature ${at % variance.columns}`,
    repair: 'raise varSmoothing, or leave out features that are constant',
  });
}

function* jointLogs(X: Matrix, learned: Learned, action: string): Work<Matrix> {
  const { mean, variance, counts, priors } = learned;
  checkVariances(learned, action);
  const constants = Float64Array.from(priors, (prior, k) => {
    const logs = variance.row(k).reduce((sum, v) => sum + Math.log(2 * Math.PI * v), 0);
    return Math.log(prior) - 0.5 * logs;
  });
  const result = Matrix.zeros(X.rows, priors.length);
  const chunk = Math.max(1, Math.floor(MAX_OPS / (X.columns * priors.length)));
  for (let i = 0; i < X.rows; i++) {
    const row = X.row(i);
    const out = result.row(i);
    for (let k = 0; k < priors.length; k++) {
      const isSeen = counts[k]! > 0 || variance.get(k, 0) > 0;
      out[k] = isSeen ? constants[k]! - 0.5 * squaredDistance(row, mean.row(k), variance.row(k)) : -Infinity;
    }
    if (Math.max(...out) === -Infinity) {
      throw new InvalidInputError({
        action,
        rule: 'some class must be possible',
        received: `${show(row)} at row ${i}`,
      });
    }
    if (i % chunk === chunk - 1) yield { ops: chunk * X.columns * priors.length };
  }
  return result;
}

function squaredDistance(x: Float64Array, mean: Float64Array, variance: Float64Array): number {
  let sum = 0;
  for (let j = 0; j < x.length; j++) {
    const deviation = x[j]! - mean[j]!;
    sum += (deviation * deviation) / variance[j]!;
  }
  return sum;
}
