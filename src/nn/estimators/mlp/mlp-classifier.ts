import { Matrix, type MatrixLike } from '../../../array/index.ts';
import type { ClassTarget, EncodedLabels, Label, ParamsOf, Target } from '../../../check/index.ts';
import {
  argmaxRows,
  type ClassifierLearned,
  type FitContext,
  type FitOptions,
  ProbabilisticClassifier,
} from '../../../core/index.ts';
import { InvalidInputError, show } from '../../../errors/index.ts';
import { drive, type Work } from '../../../work/index.ts';
import type { OutputActivation } from './activations.ts';
import { coefsOf, fitNetwork, interceptsOf, type MlpLearned, outputsOf } from './fit-network.ts';
import type { LossName } from './losses.ts';
import { mlpSpec } from './spec.ts';

const spec = mlpSpec;

export type MLPClassifierParams = ParamsOf<typeof spec>;

interface MLPClassifierLearned extends ClassifierLearned, MlpLearned {}

/**
 * A network of fully connected layers that learns classes: minimises the mean of `-log p(y_i | x_i)` plus
 * `alpha / (2 n) * |weights|²`, where p is the softmax of the last layer, or its sigmoid for two classes and for
 * several labels per sample (a `y` of rows of 0 and 1).
 *
 * Scale the features first. Cost of an epoch: about six multiplications per sample and weight.
 *
 * Differs from scikit-learn: `partialFit` and `warmStartFrom` take the place of `warm_start`; `verbose` is `onProgress`;
 * a `y` of one class is refused; probabilities of several labels are a matrix of two columns per label; all is
 * computed in double precision.
 *
 * Source: G. Hinton, "Connectionist learning procedures", Artificial Intelligence 40 (1989).
 *
 * @example
 * import { MLPClassifier } from 'fitwise';
 * const X = [[0, 0], [0, 1], [1, 0], [1, 1]];
 * const y = ['same', 'other', 'other', 'same'];
 * const model = await new MLPClassifier({ hiddenLayerSizes: 5, solver: 'lbfgs', randomState: 1 }).fit(X, y);
 * await model.predict(X); // ['same', 'other', 'other', 'same']
 */
export class MLPClassifier extends ProbabilisticClassifier<typeof spec, MLPClassifierLearned> {
  static override readonly id = 'nn/MLPClassifier';
  static override readonly traits = {
    consumes: ['sampleWeight', 'warmStartFrom', 'classes'],
    multiOutput: true,
    sparse: 'expanded',
    resamples: 'weights change the sums of a mini-batch, repeated rows its members',
  } as const;

  constructor(params: Partial<MLPClassifierParams> = {}) {
    super(spec, params);
  }

  /** Weights of each layer: units before × units after. */
  get coefs_(): Matrix[] {
    return coefsOf(this.learned);
  }

  /** Biases of each layer. */
  get intercepts_(): Float64Array[] {
    return interceptsOf(this.learned);
  }

  /** The loss of each epoch; empty for solver `'lbfgs'`. */
  get lossCurve_(): Float64Array {
    return Float64Array.from(this.learned.training.lossCurve);
  }

  /** The loss at the end of the fit. */
  get loss_(): number {
    return this.learned.training.loss;
  }

  /** The least loss of an epoch; null with early stopping. */
  get bestLoss_(): number | null {
    return this.learned.training.bestLoss;
  }

  /** The held-out samples' accuracy after each epoch; null without early stopping. */
  get validationScores_(): Float64Array | null {
    const { validationScores } = this.learned.training;
    return validationScores === null ? null : Float64Array.from(validationScores);
  }

  /** The best of `validationScores_`. */
  get bestValidationScore_(): number | null {
    return this.learned.training.bestValidationScore;
  }

  /** Epochs, or iterations of `'lbfgs'`, of the last fit. */
  get nIter_(): number {
    return this.learned.training.nIter;
  }

  /** Training samples seen by the stochastic solvers: epochs times samples. */
  get t_(): number {
    return this.learned.training.samplesSeen;
  }

  /** Layers, input and output among them. */
  get nLayers_(): number {
    return this.learned.sizes.length;
  }

  /** Units of the output. */
  get nOutputs_(): number {
    return this.learned.sizes.at(-1)!;
  }

  /** What the last layer does with its sums. */
  get outActivation_(): OutputActivation {
    return this.learned.output;
  }

  /**
   * One more epoch, with the step sizes and means that the last one left.
   *
   * @param X samples × features of the calls before
   * @param options `classes` names all labels in the first call
   * @throws UnsupportedError for solver `'lbfgs'` and with early stopping.
   */
  partialFit(X: MatrixLike, y: Target, options: FitOptions = {}): Promise<this> {
    return drive(this.updateWork(X, y, options), options);
  }

  protected override *readY(y: Target | undefined, rows: number, context: FitContext): Work<ClassTarget> {
    const target = yield* super.readY(y, rows, context);
    if (target.outputs.length === 1) return target;
    return { ...target, outputs: target.outputs.map(output => asIndicator(output, context.action)) };
  }

  protected override *learnClasses(X: Matrix, { outputs, rows }: ClassTarget, context: FitContext) {
    const { classes, codes } = outputs[0]!;
    if (classes.length < 2) {
      throw new InvalidInputError({
        action: context.action,
        rule: 'y must have at least 2 classes',
        received: '1 class',
      });
    }
    const isBinary = outputs.length > 1 || classes.length === 2;
    const Y = isBinary
      ? Matrix.fromColumns(
          outputs.map(output => output.codes),
          rows,
        )
      : oneHot(codes, classes.length);
    const [output, loss]: [OutputActivation, LossName] = isBinary
      ? ['logistic', 'binaryLogLoss']
      : ['softmax', 'logLoss'];
    const samples = { X, Y, weights: context.sampleWeight };
    const strata = Y.columns === 1 ? codes : undefined;
    return yield* fitNetwork(
      {
        samples,
        output,
        loss,
        strata,
        params: this.params,
        score: accuracy(isBinary ? atHalf : likeliest),
        source: this.name,
      },
      context,
    );
  }

  protected override *probabilities(X: Matrix): Work<readonly Matrix[]> {
    const outputs = yield* this.#outputs(X);
    if (this.learned.output === 'softmax') return [outputs];
    return Array.from({ length: outputs.columns }, (_, k) => withOpposite(outputs.column(k)));
  }

  protected override *classify(X: Matrix): Work<readonly Int32Array[]> {
    const decide = this.learned.output === 'softmax' ? likeliest : atHalf;
    return decide(yield* this.#outputs(X));
  }

  #outputs(X: Matrix): Work<Matrix> {
    return outputsOf(this.learned, this.params, X, `predict with ${this.name}`);
  }
}

/** Labels of one column of several: 0 and 1, both known, whether both are there or not. */
function asIndicator({ classes, codes }: EncodedLabels, action: string): EncodedLabels {
  const stray = classes.find(label => label !== 0 && label !== 1 && typeof label !== 'boolean');
  if (stray !== undefined) {
    throw new InvalidInputError({
      action,
      rule: 'a y of several columns must hold 0 and 1, or false and true',
      received: show(stray),
    });
  }
  const known: readonly Label[] = typeof classes[0] === 'boolean' ? [false, true] : [0, 1];
  return { classes: known, codes: codes.map(code => known.indexOf(classes[code]!)) };
}

function oneHot(codes: Int32Array, count: number): Matrix {
  const Y = Matrix.zeros(codes.length, count);
  for (const [i, code] of codes.entries()) Y.set(i, code, 1);
  return Y;
}

/** Probabilities of no and yes. */
function withOpposite(yes: Float64Array): Matrix {
  return Matrix.fromColumns([yes.map(p => 1 - p), yes]);
}

/** Codes by output. */
type Decide = (outputs: Matrix) => Int32Array[];

const likeliest: Decide = outputs => [argmaxRows(outputs)];

/** Yes and no for each column. */
const atHalf: Decide = outputs =>
  Array.from({ length: outputs.columns }, (_, k) => Int32Array.from(outputs.column(k), p => (p > 0.5 ? 1 : 0)));

/** The weighted share of the rows whose every decision is right. */
function accuracy(decide: Decide) {
  return (targets: Matrix, outputs: Matrix, weights: Float64Array | undefined): number => {
    const [right, given] = [decide(targets), decide(outputs)];
    let hits = 0;
    let total = 0;
    for (let i = 0; i < targets.rows; i++) {
      const weight = weights?.[i] ?? 1;
      total += weight;
      if (right.every((codes, k) => codes[i] === given[k]![i])) hits += weight;
    }
    return hits / total;
  };
}
