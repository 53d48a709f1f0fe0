import { Matrix, type MatrixLike, toMatrix } from '../../../array/index.ts';
import { checkRegressionTarget, type ParamsOf, type RegressionTarget, type Target } from '../../../check/index.ts';
import { type FitContext, Regressor, type RegressorLearned } from '../../../core/index.ts';
import type { Work } from '../../../work/index.ts';
import { mse } from '../../losses/index.ts';
import type { Module } from '../../module/index.ts';
import { checkValidation, fitModule, type ModuleLearned, numbersOf, outputsOf, singleOf } from './fit-module.ts';
import { moduleSpec } from './spec.ts';

const spec = moduleSpec;

export type ModuleRegressorParams = ParamsOf<typeof spec>;

interface ModuleRegressorLearned extends RegressorLearned, ModuleLearned {
  readonly nOutputs: number;
}

/**
 * Any module as a regressor, for pipelines and searches: it is given samples × features and gives a value per target,
 * of which the mean squared error is minimised. All is computed in single precision: scale the targets too.
 *
 * A model cannot be saved as a whole, because `module` is a function; `saveWeights(model.module_, path)` keeps what it
 * learned. Cost: that of the module, per sample and epoch.
 *
 * @example
 * import { ModuleRegressor } from 'fitwise/nn';
 * const regressor = new ModuleRegressor({ lr: 0.1, maxIter: 200, batchSize: 4, randomState: 0 });
 * const model = await regressor.fit([[0], [1], [2], [3]], [1, 3, 5, 7]);
 * (await model.predict([[4]]))[0].toFixed(1); // '9.0'
 */
export class ModuleRegressor extends Regressor<typeof spec, ModuleRegressorLearned> {
  static override readonly id = 'nn/ModuleRegressor';
  static override readonly traits = { consumes: ['validation'], multiOutput: true, sparse: 'expanded' } as const;

  constructor(params: Partial<ModuleRegressorParams> = {}) {
    super(spec, params);
  }

  /** The trained module. */
  get module_(): Module {
    return this.learned.module;
  }

  /** Loss of each epoch, and of the held-out samples as `val_loss`. */
  get history_(): Record<string, Float64Array> {
    return numbersOf(this.learned.history);
  }

  protected override *learnValues(X: Matrix, { values }: RegressionTarget, context: FitContext) {
    const { action } = context;
    const given = checkValidation(context);
    const [x, y] = [singleOf('X', X, action), singleOf('y', values, action)];
    const validation = given && readValidation(given, action);
    const nOutputs = values.columns;
    const task = { params: this.params, x, y, nOutputs, loss: mse, strata: undefined, validation };
    return { ...(yield* fitModule(task, context)), nOutputs };
  }

  protected override *regress(X: Matrix): Work<Matrix> {
    const { module, nOutputs } = this.learned;
    const { data } = yield* outputsOf(module, X, nOutputs, `predict with ${this.name}`);
    return new Matrix(Float64Array.from(data), X.rows, nOutputs);
  }
}

function readValidation({ X, y }: { readonly X: MatrixLike; readonly y: Target }, action: string) {
  const { matrix } = toMatrix(X, action);
  const { values } = checkRegressionTarget(y, matrix.rows, action);
  return { x: singleOf('validation.X', matrix, action), y: singleOf('validation.y', values, action) };
}
