import { checkOptions } from '../../check/index.ts';
import { InvalidParamError } from '../../errors/index.ts';
import type { Module } from '../module/index.ts';
import type { Optimizer } from '../optimizers/index.ts';
import type { Tensor } from '../tensor/index.ts';
import type { EvaluateOptions, History, Logs, ModelInputs, Trainer, TrainOptions } from '../train/index.ts';
import { checkSteps, checkTrainOptions } from '../train/train-options.ts';
import type { ClassWeights } from './class-weight.ts';
import { type Weighted, type WeightedBatch, weighed } from './sample-weight.ts';
import { type BatchingOptions, type Data, inBatches, inOrder, isWhole, splitRows } from './whole-data.ts';

/** As {@link TrainOptions}, how whole data are cut into batches, and what is kept for validation. */
export interface FitOptions<Target = Tensor> extends Omit<TrainOptions<Target>, 'validationData'>, BatchingOptions {
  /** Batches, or whole data, which are not shuffled; samples may have weights. */
  readonly validationData?: Data<WeightedBatch<Target>> | undefined;
  /** Share of whole data that is kept for validation: the last samples, before any shuffling. Default: none. */
  readonly validationSplit?: number | undefined;
  /** Samples in a batch of whole validation data. Default: `batchSize`. */
  readonly validationBatchSize?: number | undefined;
  /** Factors of the losses in training by the numbers of classes, for one output. Default: all 1. */
  readonly classWeight?: ClassWeights | undefined;
}

/** As {@link EvaluateOptions}, and the size of the batches into which whole data are cut, 32 unless given. */
export interface BatchedRunOptions extends EvaluateOptions, Pick<BatchingOptions, 'batchSize'> {}

const RUN_OPTIONS = ['batchSize', 'steps', 'signal', 'onProgress'];
const FIT_OPTIONS = [
  ...['epochs', 'initialEpoch', 'stepsPerEpoch', 'batchSize', 'shuffle', 'randomState', 'classWeight', 'callbacks'],
  ...['validationData', 'validationSplit', 'validationBatchSize', 'validationSteps', 'validationFreq'],
  ...['signal', 'onProgress'],
];

/** A model with what it takes to train it; made by {@link compile}. */
export class CompiledModel<Output = Tensor> {
  readonly model: Module<readonly unknown[], Output>;
  /** Its learning rate can be set: `compiled.optimizer.lr = 0.01`. */
  readonly optimizer: Optimizer;
  readonly #trainer: Trainer<Output, Weighted<Output>>;

  /** @internal */
  constructor(trainer: Trainer<Output, Weighted<Output>>) {
    this.model = trainer.model;
    this.optimizer = trainer.optimizer;
    this.#trainer = trainer;
  }

  /**
   * Trains for some epochs and leaves the model in evaluation mode: {@link Trainer.fit}. The loss of a batch is the mean
   * of its samples' losses, each times its weight; the weights do not divide it, and batches count by their sizes.
   * Arguments are Keras's, but that weights of samples stand beside x and y, that `verbose` is {@link ProgressBar}, and
   * that what Keras would overrule or ignore is refused.
   *
   * @param data batches (a DataLoader, a list), or `{ x, y }` of all samples, which is cut and shuffled as Keras does;
   * `sampleWeight` beside them is what each sample's loss is multiplied by
   * @returns what was measured, epoch by epoch
   * @throws InvalidParamError on options that are wrong or do not go together. @throws InvalidInputError on data that
   * do not fit each other, the model or the losses
   *
   * @example
   * import { compile, Linear, tensor } from 'fitwise/nn';
   * const compiled = compile(new Linear(1, 1, { randomState: 0 }), { loss: 'mse', weightedMetrics: ['mae'] });
   * const data = { x: tensor([[1], [2], [3], [4]]), y: tensor([2, 4, 6, 9]), sampleWeight: tensor([1, 1, 1, 0]) };
   * const { values } = await compiled.fit(data, { epochs: 2, validationSplit: 0.25 });
   * Object.keys(values); // ['loss', 'mae', 'val_loss', 'val_mae']
   */
  fit(data: Data<WeightedBatch<Output>>, options: FitOptions<Output> = {}): Promise<History> {
    checkOptions(options, FIT_OPTIONS, 'train a compiled model');
    checkTrainOptions(options);
    const { batchSize, shuffle, randomState, classWeight, validationSplit, ...rest } = options;
    const { validationData, validationBatchSize, ...others } = rest;
    const [training, held] = validationSplit === undefined ? [data, validationData] : splitFor(options, data);
    const batches = inBatches(training, { batchSize, shuffle, randomState }, others.stepsPerEpoch);
    const source = weighed(batches, classWeight);
    if (held === undefined) return this.#trainer.fit(source, others);
    const size = validationBatchSize ?? (isWhole(held) ? batchSize : undefined);
    const validation = weighed(inOrder(held, size, others.validationSteps));
    return this.#trainer.fit(source, { ...others, validationData: validation });
  }

  /** The loss and the metrics of some data, whose samples may have weights, in evaluation mode. */
  evaluate(data: Data<WeightedBatch<Output>>, options: BatchedRunOptions = {}): Promise<Logs> {
    const { batchSize, ...rest } = checkRun(options, 'evaluate a compiled model');
    return this.#trainer.evaluate(weighed(inOrder(data, batchSize, rest.steps)), rest);
  }

  /** The model's outputs for some data, in order, in evaluation mode. */
  predict(data: Data<ModelInputs>, options: BatchedRunOptions = {}): Promise<Output> {
    const { batchSize, ...rest } = checkRun(options, 'predict with a compiled model');
    return this.#trainer.predict(inOrder(data, batchSize, rest.steps), rest);
  }
}

function splitFor<Output>(
  { validationSplit = 0, validationData }: FitOptions<Output>,
  data: Data<WeightedBatch<Output>>,
) {
  if (validationData === undefined) return splitRows(data, validationSplit);
  const rule = 'validationSplit must be left out where there are validationData';
  throw new InvalidParamError({ action: 'train a compiled model', rule, received: 'both' });
}

function checkRun(options: BatchedRunOptions, action: string): BatchedRunOptions {
  checkOptions(options, RUN_OPTIONS, action);
  checkSteps(action, 'steps', options.steps);
  return options;
}
