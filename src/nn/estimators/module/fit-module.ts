import type { Matrix } from '../../../array/index.ts';
import type { ParamsOf } from '../../../check/index.ts';
import type { FitContext } from '../../../core/index.ts';
import { InvalidInputError, show } from '../../../errors/index.ts';
import { holdOut } from '../../../model-selection/splitters/hold-out.ts';
import { RandomState } from '../../../random/index.ts';
import { MAX_OPS, type Work } from '../../../work/index.ts';
import { DataLoader, type Dataset, subset, TensorDataset } from '../../data/index.ts';
import { costPerSample } from '../../module/cost-per-sample.ts';
import { Module } from '../../module/index.ts';
import { Optimizer, type Transform } from '../../optimizers/index.ts';
import { noGrad, Tensor } from '../../tensor/index.ts';
import { EarlyStopping, Trainer } from '../../train/index.ts';
import { type moduleSpec, ruleOf } from './spec.ts';

export type ModuleParams = ParamsOf<typeof moduleSpec>;

/** A trained network, and the course of its training. */
export interface ModuleLearned {
  readonly module: Module;
  /** By name, one value per epoch. */
  readonly history: Readonly<Record<string, readonly number[]>>;
}

export interface ModuleTask {
  readonly params: ModuleParams;
  readonly x: Tensor;
  readonly y: Tensor;
  readonly nOutputs: number;
  readonly loss: (output: Tensor, target: Tensor) => Tensor;
  /** Class of each sample, where the held-out samples shall have the classes' shares. */
  readonly strata: Int32Array | undefined;
  /** Held-out samples that the caller gave. */
  readonly validation: { readonly x: Tensor; readonly y: Tensor } | undefined;
}

/** Trains a network of the caller's from its first weights. */
export function* fitModule(task: ModuleTask, context: FitContext): Work<ModuleLearned> {
  const { params, x, nOutputs, loss } = task;
  const random = new RandomState(context.seed);
  const module = checkModule(params.module({ nFeatures: x.shape[1]!, nOutputs }, random), context.action);
  const rule = checkRule(ruleOf(params.optimizer, params.lr), context.action);
  const optimizer = new Optimizer(module.parameters(), rule);
  const { training, validation } = divide(task, random, context.action);
  const randomState = random.randint(0, 2 ** 31 - 1);
  const data = new DataLoader(training, { batchSize: params.batchSize, shuffle: params.shuffle, randomState });
  const stopping = new EarlyStopping({
    ...{ patience: params.nIterNoChange, minDelta: params.tol },
    restoreBestWeights: true,
  });
  const trainer = new Trainer(module, { optimizer, loss });
  const { values } = yield* trainer.fitWork(data, {
    epochs: params.maxIter,
    ...(validation === undefined ? {} : { validationData: validation, callbacks: [stopping] }),
  });
  checkWeights(module, context.action);
  return { module, history: values };
}

function checkModule(made: unknown, action: string): Module {
  if (made instanceof Module) return made;
  throw new InvalidInputError({ action, rule: 'module must make a Module', received: show(made) });
}

function checkRule(made: unknown, action: string): Transform {
  const { init, update } = (made ?? {}) as Partial<Transform>;
  if (typeof made === 'object' && typeof init === 'function' && typeof update === 'function') return made as Transform;
  throw new InvalidInputError({
    action,
    rule: 'optimizer must make a rule with init and update',
    received: show(made),
  });
}

/**
 * The held-out samples that the caller gave, where there are any.
 *
 * @throws InvalidInputError if `validation` does not hold X and y
 */
export function checkValidation({ options, action }: FitContext) {
  const { validation } = options;
  if (validation === undefined) return undefined;
  if (typeof validation === 'object' && validation !== null && 'X' in validation && 'y' in validation)
    return validation;
  throw new InvalidInputError({ action, rule: 'validation must hold X and y', received: show(validation) });
}

type Samples = Dataset<{ readonly x: Tensor; readonly y: Tensor }>;

/** What is trained on, and what early stopping looks at. */
function divide({ params, x, y, strata, validation }: ModuleTask, random: RandomState, action: string) {
  const all = new TensorDataset({ x, y });
  if (validation !== undefined) return { training: all, validation: loaderOf(new TensorDataset(validation), params) };
  if (!params.earlyStopping) return { training: all, validation: undefined };
  const { train, test } = holdOut(all.length, { testSize: params.validationFraction, strata }, random, action);
  return { training: subset(all, train), validation: loaderOf(subset(all, test), params) };
}

function loaderOf(data: Samples, { batchSize }: ModuleParams) {
  return new DataLoader(data, { batchSize, randomState: 0 });
}

/**
 * What a trained network gives for some samples, in evaluation mode: (n, features) gives (n, outputs).
 *
 * @throws InvalidInputError if the output is not one finite row per sample
 */
export function* outputsOf(module: Module, X: Matrix, nOutputs: number, action: string): Work<Tensor> {
  const x = singleOf('X', X, action);
  const cost = costPerSample(module);
  const height = Math.max(1, Math.floor(MAX_OPS / cost));
  const data = new Float32Array(X.rows * nOutputs);
  module.eval();
  for (let from = 0; from < X.rows; from += height) {
    const to = Math.min(X.rows, from + height);
    const part = new Tensor(x.data.subarray(from * X.columns, to * X.columns), [to - from, X.columns]);
    const output = noGrad(() => module.forward(part));
    checkOutput(output, to - from, nOutputs, action);
    data.set(output.data, from * nOutputs);
    yield { ops: (to - from) * cost };
  }
  return new Tensor(data, [X.rows, nOutputs]);
}

/** A matrix in single precision. */
export function singleOf(name: string, { data, rows, columns }: Matrix, action: string): Tensor {
  const single = new Float32Array(data);
  const at = single.findIndex(value => !Number.isFinite(value));
  if (at === -1) return new Tensor(single, [rows, columns]);
  throw new InvalidInputError({
    action,
    rule: `${name} must lie within the range of single precision (±3.4e38)`,
    received: `${show(data[at])} at row ${Math.floor(at / columns)}, column ${at % columns}`,
  });
}

function checkOutput(output: Tensor, rows: number, nOutputs: number, action: string): void {
  if (output.ndim !== 2 || output.shape[0] !== rows || output.shape[1] !== nOutputs) {
    throw new InvalidInputError({
      action,
      rule: `the module must give a row of ${nOutputs} outputs per sample (${rows})`,
      received: `shape (${output.shape.join(', ')})`,
    });
  }
  if (output.data.every(Number.isFinite)) return;
  throw new InvalidInputError({
    action,
    rule: 'the outputs must be finite',
    received: 'an overflow',
    repair: 'scale X',
  });
}

function checkWeights(module: Module, action: string): void {
  const stray = module.namedParameters().find(([, { data }]) => !data.every(Number.isFinite));
  if (stray === undefined) return;
  throw new InvalidInputError({
    action,
    rule: 'the weights must stay finite',
    received: `an overflow in ${stray[0]}`,
    repair: 'scale X and y, or lower lr',
  });
}

/** A course as arrays of numbers. */
export function numbersOf(history: ModuleLearned['history']): Record<string, Float64Array> {
  return Object.fromEntries(Object.entries(history).map(([name, values]) => [name, Float64Array.from(values)]));
}
