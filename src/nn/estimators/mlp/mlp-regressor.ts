import type { Matrix, MatrixLike } from '../../../array/index.ts';
import { oneOf, type ParamsOf, type RegressionTarget, type Target } from '../../../check/index.ts';
import { type FitContext, type FitOptions, Regressor, type RegressorLearned } from '../../../core/index.ts';
import { InvalidInputError } from '../../../errors/index.ts';
import { r2Score } from '../../../metrics/index.ts';
import { drive, type Work } from '../../../work/index.ts';
import type { OutputActivation } from './activations.ts';
import { coefsOf, fitNetwork, interceptsOf, type MlpLearned, outputsOf } from './fit-network.ts';
import { mlpSpec } from './spec.ts';

const spec = {
  /** Half the squared error, or half the Poisson deviance, for which the output is an exponential and y >= 0. */
  loss: oneOf(['squaredError', 'poisson'], { default: 'squaredError' }),
  ...mlpSpec,
};

export type MLPRegressorParams = ParamsOf<typeof spec>;

interface MLPRegressorLearned extends RegressorLearned, MlpLearned {}

/**
 * A network of fully connected layers that learns numbers: minimises half the mean squared error, or half the mean
 * Poisson deviance, plus `alpha / (2 n) * |weights|²`.
 *
 * Scale the features first, and targets far from zero too. Cost of an epoch: about six multiplications per sample and
 * weight.
 *
 * Differs from scikit-learn: `partialFit` and `warmStartFrom` take the place of `warm_start`; `verbose` is `onProgress`;
 * negative targets are refused with `'poisson'`; all is computed in double precision.
 *
 * Source: G. Hinton, "Connectionist learning procedures", Artificial Intelligence 40 (1989).
 *
 * @example
 * import { MLPRegressor } from 'fitwise';
 * const X = [[0], [1], [2], [3]];
 * const model = await new MLPRegressor({ hiddenLayerSizes: [], solver: 'lbfgs', alpha: 0, randomState: 0 }).fit(X, [1, 3, 5, 7]);
 * (await model.predict([[4]]))[0].toFixed(2); // '9.00'
 */
export class MLPRegressor extends Regressor<typeof spec, MLPRegressorLearned> {
  static override readonly id = 'nn/MLPRegressor';
  static override readonly traits = {
    consumes: ['sampleWeight', 'warmStartFrom'],
    multiOutput: true,
    sparse: 'expanded',
    resamples: 'weights change the sums of a mini-batch, repeated rows its members',
  } as const;

  constructor(params: Partial<MLPRegressorParams> = {}) {
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

  /** The held-out samples' R² after each epoch; null without early stopping. */
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
   * @throws UnsupportedError for solver `'lbfgs'` and with early stopping.
   */
  partialFit(X: MatrixLike, y: Target, options: FitOptions = {}): Promise<this> {
    return drive(this.updateWork(X, y, options), options);
  }

  protected override *learnValues(X: Matrix, { values }: RegressionTarget, context: FitContext) {
    const { loss } = this.params;
    if (loss === 'poisson') checkCounts(values, context.action);
    const output: OutputActivation = loss === 'poisson' ? 'exp' : 'identity';
    const samples = { X, Y: values, weights: context.sampleWeight };
    const task = { samples, output, loss, strata: undefined, params: this.params, score, source: this.name };
    return yield* fitNetwork(task, context);
  }

  protected override regress(X: Matrix): Work<Matrix> {
    return outputsOf(this.learned, this.params, X, `predict with ${this.name}`);
  }
}

function score(targets: Matrix, outputs: Matrix, sampleWeight: Float64Array | undefined): number {
  return r2Score(targets, outputs, { sampleWeight });
}

function checkCounts({ data, columns }: Matrix, action: string): void {
  const at = data.findIndex(value => value < 0);
  if (at === -1) return;
  throw new InvalidInputError({
    action,
    rule: "y must be >= 0 for loss 'poisson'",
    received: `${data[at]} at row ${Math.floor(at / columns)}`,
  });
}
