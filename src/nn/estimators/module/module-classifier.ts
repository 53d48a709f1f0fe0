import { Matrix, type MatrixLike, toMatrix } from '../../../array/index.ts';
import { type ClassTarget, encodeWith, type Label, type ParamsOf, type Target } from '../../../check/index.ts';
import {
  argmaxRows,
  type ClassifierLearned,
  type FitContext,
  onlyOutput,
  ProbabilisticClassifier,
} from '../../../core/index.ts';
import { InvalidInputError } from '../../../errors/index.ts';
import type { Work } from '../../../work/index.ts';
import { crossEntropy } from '../../losses/index.ts';
import type { Module } from '../../module/index.ts';
import { Tensor } from '../../tensor/index.ts';
import { checkValidation, fitModule, type ModuleLearned, numbersOf, outputsOf, singleOf } from './fit-module.ts';
import { moduleSpec } from './spec.ts';

const spec = moduleSpec;

export type ModuleClassifierParams = ParamsOf<typeof spec>;

interface ModuleClassifierLearned extends ClassifierLearned, ModuleLearned {}

/**
 * Any module as a classifier, for pipelines and searches: it is given samples × features and gives a score per class,
 * of which the cross-entropy is minimised. All is computed in single precision.
 *
 * A model cannot be saved as a whole, because `module` is a function; `saveWeights(model.module_, path)` keeps what it
 * learned. Cost: that of the module, per sample and epoch.
 *
 * @example
 * import { Pipeline, StandardScaler } from 'fitwise';
 * import { Linear, ModuleClassifier, ReLU, Sequential } from 'fitwise/nn';
 * const network = new ModuleClassifier({
 *   module: ({ nFeatures, nOutputs }, random) =>
 *     new Sequential(new Linear(nFeatures, 8, { randomState: random }), new ReLU(), new Linear(8, nOutputs, { randomState: random })),
 *   lr: 0.05,
 *   randomState: 0,
 * });
 * const pipeline = new Pipeline([['scaler', new StandardScaler()], ['network', network]]);
 * const model = await pipeline.fit([[1, 5], [2, 6], [8, 1], [9, 0]], ['a', 'a', 'b', 'b']);
 * await model.predict([[1.5, 5], [8, 0]]); // ['a', 'b']
 */
export class ModuleClassifier extends ProbabilisticClassifier<typeof spec, ModuleClassifierLearned> {
  static override readonly id = 'nn/ModuleClassifier';
  static override readonly traits = { consumes: ['validation'], sparse: 'expanded' } as const;

  constructor(params: Partial<ModuleClassifierParams> = {}) {
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

  protected override *learnClasses(X: Matrix, y: ClassTarget, context: FitContext) {
    const { classes, codes } = onlyOutput(y);
    const { action } = context;
    const given = checkValidation(context);
    if (classes.length < 2) {
      throw new InvalidInputError({ action, rule: 'y must have at least 2 classes', received: '1 class' });
    }
    const x = singleOf('X', X, action);
    const validation = given && readValidation(given, classes, action);
    return yield* fitModule(
      {
        ...{ params: this.params, x, y: codesOf(codes), nOutputs: classes.length },
        ...{ loss: crossEntropy, strata: codes, validation },
      },
      context,
    );
  }

  protected override *probabilities(X: Matrix): Work<readonly Matrix[]> {
    const { data, shape } = yield* this.#scores(X);
    return [softmaxRows(new Matrix(Float64Array.from(data), X.rows, shape[1]!))];
  }

  protected override *classify(X: Matrix): Work<readonly Int32Array[]> {
    const { data, shape } = yield* this.#scores(X);
    return [argmaxRows(new Matrix(Float64Array.from(data), X.rows, shape[1]!))];
  }

  #scores(X: Matrix): Work<Tensor> {
    const { module, classes } = this.learned;
    return outputsOf(module, X, classes[0]!.length, `predict with ${this.name}`);
  }
}

/** Class numbers as a tensor. */
function codesOf(codes: Int32Array): Tensor {
  return new Tensor(Float32Array.from(codes), [codes.length]);
}

function readValidation(
  { X, y }: { readonly X: MatrixLike; readonly y: Target },
  classes: readonly Label[],
  action: string,
) {
  const x = singleOf('validation.X', toMatrix(X, action).matrix, action);
  return { x, y: codesOf(encodeWith(action, Array.from(y as ArrayLike<Label>), classes)) };
}

/** In double precision, so that the rows sum to one. */
function softmaxRows(scores: Matrix): Matrix {
  for (let i = 0; i < scores.rows; i++) {
    const row = scores.row(i);
    const max = row.reduce((most, value) => Math.max(most, value), -Infinity);
    let sum = 0;
    for (let k = 0; k < row.length; k++) sum += row[k] = Math.exp(row[k]! - max);
    for (let k = 0; k < row.length; k++) row[k]! /= sum;
  }
  return scores;
}
