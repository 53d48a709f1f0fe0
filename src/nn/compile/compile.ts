import { checkOptions } from '../../check/index.ts';
import type { RunOptions } from '../../work/index.ts';
import type { Module } from '../module/index.ts';
import { Optimizer, type Transform } from '../optimizers/index.ts';
import type { Tensor } from '../tensor/index.ts';
import {
  type BatchMetric,
  type History,
  type Logs,
  type ModelInputs,
  Trainer,
  type TrainerOptions,
  type TrainingBatch,
  type TrainOptions,
} from '../train/index.ts';
import type { LossFunction, LossName } from './losses.ts';
import type { MetricName } from './metrics.ts';
import { OPTIMIZER_NAMES, type OptimizerName, ruleByName } from './optimizers.ts';
import { lossesIn, lossMetrics, metricsIn, refuseName, totalOf } from './per-output.ts';
import { type BatchingOptions, type Data, inBatches, inOrder } from './whole-data.ts';

/** One for the model's output, or where it gives several, one for each in the same lists and records. */
export type PerOutput<Output, T> = Output extends Tensor
  ? T
  : { readonly [K in keyof Output]: PerOutput<Output[K], T> };

/** Names of metrics, or metrics by the names that the logs shall have for them. */
export type Metrics = readonly MetricName[] | Readonly<Record<string, MetricName | BatchMetric>>;

export interface CompileOptions<Output = Tensor>
  extends Omit<TrainerOptions<Output>, 'optimizer' | 'loss' | 'metrics'> {
  /** A name for Keras's rule with Keras's defaults, a rule (`adam({ lr })`, torch's), or an optimizer. Default `'rmsprop'`. */
  readonly optimizer?: OptimizerName | Transform | Optimizer;
  /** A name for Keras's loss, or a function of output and target; several outputs may have one each. */
  readonly loss: PerOutput<Output, LossName | LossFunction> | LossFunction<Output>;
  /** Factors of the losses of several outputs. Default: all 1. */
  readonly lossWeights?: PerOutput<Output, number>;
  /** Measured beside the loss. Default: nothing. */
  readonly metrics?: PerOutput<Output, Metrics>;
}

/** As {@link TrainOptions}, and how whole data are cut into batches. */
export interface FitOptions<Target = Tensor> extends Omit<TrainOptions<Target>, 'validationData'>, BatchingOptions {
  /** Batches, or whole data, which are cut by `batchSize` and not shuffled. */
  readonly validationData?: Data<TrainingBatch<Target>>;
}

/** As {@link RunOptions}, and the size of the batches into which whole data are cut, 32 unless given. */
export interface BatchedRunOptions extends RunOptions, Pick<BatchingOptions, 'batchSize'> {}

const OPTIONS = ['optimizer', 'loss', 'lossWeights', 'metrics', 'accumulate', 'scaler', 'scope'];

/** A model with what it takes to train it; made by {@link compile}. */
export class CompiledModel<Output = Tensor> {
  readonly model: Module<readonly unknown[], Output>;
  /** Its learning rate can be set: `compiled.optimizer.lr = 0.01`. */
  readonly optimizer: Optimizer;
  readonly #trainer: Trainer<Output>;

  /** @internal */
  constructor(trainer: Trainer<Output>) {
    this.model = trainer.model;
    this.optimizer = trainer.optimizer;
    this.#trainer = trainer;
  }

  /**
   * Trains for some epochs and leaves the model in evaluation mode: {@link Trainer.fit}.
   *
   * @param data batches (a DataLoader, a list), or `{ x, y }` of all samples, which is cut and shuffled as Keras does
   * @returns what was measured, epoch by epoch
   */
  fit(data: Data<TrainingBatch<Output>>, options: FitOptions<Output> = {}): Promise<History> {
    const { batchSize, shuffle, randomState, validationData, ...rest } = options;
    const batches = inBatches(data, { batchSize, shuffle, randomState });
    if (validationData === undefined) return this.#trainer.fit(batches, rest);
    const validation = 'x' in validationData ? inOrder(validationData, batchSize) : validationData;
    return this.#trainer.fit(batches, { ...rest, validationData: validation });
  }

  /** The loss and the metrics of some data, in evaluation mode. */
  evaluate(data: Data<TrainingBatch<Output>>, { batchSize, ...options }: BatchedRunOptions = {}): Promise<Logs> {
    return this.#trainer.evaluate(inOrder(data, batchSize), options);
  }

  /** The model's outputs for some data, in order, in evaluation mode. */
  predict(data: Data<ModelInputs>, { batchSize, ...options }: BatchedRunOptions = {}): Promise<Output> {
    return this.#trainer.predict(inOrder(data, batchSize), options);
  }
}

/**
 * Joins a model with an optimiser, losses and metrics, with Keras's names (Keras's `model.compile`). Names stand for
 * Keras's rules: losses take probabilities, and optimisers have Keras's defaults; functions and rules are torch's.
 *
 * A function and not a method of {@link Module}, so that a page that only predicts does not load what trains.
 *
 * @throws InvalidParamError on a name that is not known, and on options that are wrong
 *
 * @example
 * import { compile, Linear, ReLU, Sequential, Softmax, tensor } from 'fitwise/nn';
 * const net = new Sequential(new Linear(2, 8, { randomState: 0 }), new ReLU(), new Linear(8, 2, { randomState: 1 }), new Softmax());
 * const compiled = compile(net, { optimizer: 'adam', loss: 'sparseCategoricalCrossentropy', metrics: ['accuracy'] });
 * const x = tensor([[0, 1], [1, 0], [0, 2], [2, 0]]);
 * const { values } = await compiled.fit({ x, y: tensor([0, 1, 0, 1]) }, { epochs: 3, batchSize: 2, randomState: 0 });
 * Object.keys(values); // ['loss', 'accuracy']
 * (await compiled.predict({ x })).shape; // [4, 2]
 */
export function compile<Output>(
  model: Module<readonly unknown[], Output>,
  options: CompileOptions<NoInfer<Output>>,
): CompiledModel<Output> {
  checkOptions(options, OPTIONS, 'compile a model');
  const { optimizer = 'rmsprop', loss, lossWeights, metrics = [], ...rest } = options;
  const losses = lossesIn(loss, lossWeights);
  const trainer = new Trainer<Output>(model, {
    ...rest,
    optimizer: optimizerFor(model, optimizer),
    loss: (output, target) => totalOf(losses, output, target),
    metrics: { ...lossMetrics(losses), ...Object.fromEntries(metricsIn(metrics)) },
  });
  return new CompiledModel(trainer);
}

function optimizerFor(model: Module<readonly unknown[], unknown>, given: OptimizerName | Transform | Optimizer) {
  if (given instanceof Optimizer) return given;
  if (typeof given === 'string') {
    if (!OPTIMIZER_NAMES.includes(given)) refuseName('optimizer', 'a rule, an optimizer', OPTIMIZER_NAMES, given);
    return new Optimizer(model.parameters(), ruleByName(given));
  }
  if (typeof given?.update !== 'function') refuseName('optimizer', 'a rule, an optimizer', OPTIMIZER_NAMES, given);
  return new Optimizer(model.parameters(), given);
}
