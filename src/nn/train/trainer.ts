import { checkOptions } from '../../check/index.ts';
import { InvalidInputError, InvalidParamError, show } from '../../errors/index.ts';
import { drive, type RunOptions, type Work, waitFor } from '../../work/index.ts';
import type { GradScaler } from '../mixed-precision/index.ts';
import { costPerSample } from '../module/cost-per-sample.ts';
import type { Module } from '../module/index.ts';
import { Optimizer } from '../optimizers/index.ts';
import { noGrad, type Tensor } from '../tensor/index.ts';
import {
  type BatchSource,
  countBatches,
  joinRows,
  type ModelInputs,
  outputOf,
  Pass,
  samplesIn,
  type TrainingBatch,
} from './batches.ts';
import { type Callback, inTurn, progressOf, type TrainingContext } from './callback.ts';
import { GradientWindow } from './gradient-window.ts';
import { asValidation, History, type Logs } from './history.ts';
import type { BatchMetric } from './metrics.ts';
import { type Measurement, type Place, placeOf } from './place.ts';
import { inSteps, Steps } from './steps.ts';
import {
  checkCount,
  checkSteps,
  checkTrainOptions,
  type EvaluateOptions,
  isValidated,
  type TrainOptions,
} from './train-options.ts';

const OPTIONS = ['optimizer', 'loss', 'metrics', 'accumulate', 'scaler', 'scope'];

export interface TrainerOptions<Output = Tensor, Target = Output> {
  readonly optimizer: Optimizer;
  /** The mean loss of a batch, as a scalar: `crossEntropy`, `mse`, one of your own. */
  readonly loss: (output: Output, target: Target) => Tensor;
  /** Measured beside the loss, under these names; on a device by their `onTensors`, or of outputs that are read. */
  readonly metrics?: Readonly<Record<string, BatchMetric<Output, Target>>>;
  /** Batches whose gradients make one step. Default 1. */
  readonly accumulate?: number;
  /** Scales losses, and leaves out steps whose gradients are not finite. Default: none. */
  readonly scaler?: GradScaler;
  /** What each step runs inside: `autocast`, or `body => detectAnomaly(model, body)`. Default: nothing. */
  readonly scope?: <T>(body: () => T) => T;
}

/**
 * Trains a module, for those who do not write the loop: epochs, validation, metrics and callbacks, with Keras's names.
 * Means over an epoch are weighted by the sizes of the batches. What the model gives and what `y` holds may be lists and
 * records of tensors, where the loss takes them.
 *
 * A model on a device is trained there: batches are brought to it, and losses and metrics are read every 8 batches, so
 * that steps need not wait for each other; or after each one where a callback has `onBatchEnd`. Model and optimizer stay
 * there until their `toCpu()`; callbacks that save or restore weights read them.
 *
 * @example
 * import { adam, crossEntropy, DataLoader, Linear, Optimizer, tensor, TensorDataset, Trainer } from 'fitwise/nn';
 * const data = new TensorDataset({ x: tensor([[0, 1], [1, 0], [0, 2], [2, 0]]), y: tensor([0, 1, 0, 1]) });
 * const model = new Linear(2, 2, { randomState: 0 });
 * const optimizer = new Optimizer(model.parameters(), adam({ lr: 0.1 }));
 * const trainer = new Trainer(model, { optimizer, loss: crossEntropy });
 * const { values } = await trainer.fit(new DataLoader(data, { batchSize: 2 }), { epochs: 5 });
 * values.loss.length; // 5
 */
export class Trainer<Output = Tensor, Target = Output> {
  readonly model: Module<readonly unknown[], Output>;
  readonly optimizer: Optimizer;
  readonly #options: TrainerOptions<Output, Target>;
  readonly #metrics: Readonly<Record<string, BatchMetric<Output, Target>>>;

  /** @throws InvalidParamError without an optimizer or a loss, if `accumulate` is no whole number >= 1, or a metric is called `loss` or `val_...` */
  constructor(model: Module<readonly unknown[], Output>, options: TrainerOptions<Output, Target>) {
    const { accumulate = 1, metrics = {} } = options;
    checkOptions(options, OPTIONS, 'make a Trainer');
    if (!(options.optimizer instanceof Optimizer)) {
      const rule = 'optimizer must be an Optimizer, which binds a rule to parameters';
      throw new InvalidParamError({ action: 'make a Trainer', rule, received: show(options.optimizer) });
    }
    if (typeof options.loss !== 'function') {
      const rule = 'loss must be a function';
      throw new InvalidParamError({ action: 'make a Trainer', rule, received: show(options.loss) });
    }
    checkCount('make a Trainer', 'accumulate', accumulate, 1);
    const stray = Object.keys(metrics).find(name => name === 'loss' || name.startsWith('val_'));
    if (stray !== undefined) {
      const rule = "metrics must not be called 'loss' or begin with 'val_'";
      throw new InvalidParamError({ action: 'make a Trainer', rule, received: show(stray) });
    }
    this.model = model;
    this.optimizer = options.optimizer;
    this.#options = options;
    this.#metrics = metrics;
  }

  /**
   * Trains for some epochs; the model is left in evaluation mode. On abort the promise rejects with the signal's
   * reason, and the model is as the last step left it.
   *
   * @returns what was measured, epoch by epoch
   */
  fit(data: BatchSource<TrainingBatch<Target>>, options: TrainOptions<Target> = {}): Promise<History> {
    return drive(this.fitWork(data, options), options);
  }

  /** The loss and the metrics of some data, in evaluation mode. */
  evaluate(data: BatchSource<TrainingBatch<Target>>, options: EvaluateOptions = {}): Promise<Logs> {
    return drive(this.#evaluateWork(data, options), options);
  }

  /** The model's outputs for some batches, one under the other, in evaluation mode. */
  predict(data: BatchSource<ModelInputs>, options: EvaluateOptions = {}): Promise<Output> {
    return drive(this.#predictWork(data, options), options);
  }

  /** {@link fit} as work, for those who compose it. */
  *fitWork(
    data: BatchSource<TrainingBatch<Target>>,
    options: Omit<TrainOptions<Target>, keyof RunOptions> = {},
  ): Work<History> {
    const { epochs } = checkTrainOptions(options);
    const { stepsPerEpoch, callbacks = [] } = options;
    const batches = inSteps(data, stepsPerEpoch);
    let isStopped = false;
    const context: TrainingContext = {
      ...{ model: this.model, optimizer: this.optimizer, scaler: this.#options.scaler },
      ...{ epochs, batches: countBatches(batches), validates: options.validationData !== undefined },
      direction: name => this.#direction(name),
      stop: () => {
        isStopped = true;
      },
    };
    yield* inTurn(callbacks, callback => callback.onTrainBegin?.(context));
    try {
      const history = yield* this.#epochsWork(batches, options, context, () => isStopped);
      this.model.eval();
      yield* inTurn(callbacks, callback => callback.onTrainEnd?.(context));
      return history;
    } finally {
      if (batches instanceof Steps) batches.close();
    }
  }

  *#epochsWork(
    data: BatchSource<TrainingBatch<Target>>,
    options: Omit<TrainOptions<Target>, keyof RunOptions>,
    context: TrainingContext,
    isStopped: () => boolean,
  ) {
    const { initialEpoch = 0, validationData, validationSteps, validationFreq = 1, callbacks = [] } = options;
    const history = new History();
    for (let epoch = initialEpoch; epoch < context.epochs && !isStopped(); epoch++) {
      yield* inTurn(callbacks, callback => callback.onEpochBegin?.(epoch, context));
      const logs = yield* this.#epochWork(data, epoch, context, isStopped, callbacks);
      const held = isValidated(epoch, validationFreq) ? validationData : undefined;
      const validation =
        held === undefined ? {} : asValidation(yield* this.#evaluateWork(held, { steps: validationSteps }));
      const all = { ...logs, ...validation };
      history.add(epoch, all);
      yield* inTurn(callbacks, callback => callback.onEpochEnd?.(epoch, all, context));
    }
    return history;
  }

  *#epochWork(
    data: BatchSource<TrainingBatch<Target>>,
    epoch: number,
    context: TrainingContext,
    isStopped: () => boolean,
    callbacks: readonly Callback[],
  ): Work<Logs> {
    const { accumulate = 1, scaler, scope = run => run() } = this.#options;
    const window = new GradientWindow(this.model.parameters(), this.optimizer, accumulate, scaler);
    const place = placeOf(this.model);
    const measured = place.measure(this.#metrics);
    const pass = new Pass(data);
    const cost = costPerSample(this.model);
    // Nobody else needs the means of a batch, which a device would have to be waited for.
    const isHeard = callbacks.some(({ onBatchEnd }) => onBatchEnd !== undefined);
    let done = 0;
    this.model.train();
    try {
      while (!isStopped()) {
        const batch = yield* pass.next();
        if (batch === undefined) break;
        const samples = samplesIn(batch.y);
        yield* place.step(batch, given => scope(() => this.#learn(given, samples, measured, window)));
        done++;
        yield { ops: cost * samples, progress: progressOf(epoch, done, context, measured.known) };
        if (!isHeard) continue;
        const logs = yield* measured.logs();
        yield* inTurn(callbacks, callback => callback.onBatchEnd?.(done - 1, logs, context));
      }
      yield* place.step(null, () => window.flush());
      if (done > 0 || isStopped()) return yield* measured.logs();
    } finally {
      pass.close();
      window.close();
      measured.close();
    }
    throw new InvalidInputError({ action: 'train', rule: 'there must be a batch', received: 'none' });
  }

  #learn(
    { x, y }: TrainingBatch<Target>,
    samples: number,
    measured: Measurement<Output, Target>,
    window: GradientWindow,
  ): void {
    const output = outputOf(this.model, x);
    const loss = this.#options.loss(output, y);
    measured.add(loss, output, y, samples);
    window.add(loss, samples);
  }

  *#evaluateWork(data: BatchSource<TrainingBatch<Target>>, { steps }: EvaluateOptions): Work<Logs> {
    const { loss: lossOf } = this.#options;
    const place = placeOf(this.model);
    const measured = place.measure(this.#metrics);
    try {
      yield* this.#visit(place, data, steps, ({ y }, output) => {
        const loss = noGrad(() => lossOf(output, y));
        measured.add(loss, output, y, samplesIn(y));
      });
      return yield* measured.logs();
    } finally {
      measured.close();
    }
  }

  *#predictWork(data: BatchSource<ModelInputs>, { steps }: EvaluateOptions): Work<Output> {
    const place = placeOf(this.model);
    const outputs: (Output | Promise<Output>)[] = [];
    yield* this.#visit(place, data, steps, (_, output) => outputs.push(place.fetch(output)));
    return joinRows(yield* waitFor(() => Promise.all(outputs)));
  }

  /** Shows every batch, or the first ones, with the model's output in evaluation mode. */
  *#visit<B extends ModelInputs>(
    place: Place,
    data: BatchSource<B>,
    steps: number | undefined,
    see: (batch: B, output: Output) => void,
  ): Work<void> {
    checkSteps('run a model', 'steps', steps);
    const batches = inSteps(data, steps);
    const pass = new Pass(batches);
    const cost = costPerSample(this.model);
    this.model.eval();
    try {
      for (let batch = yield* pass.next(); batch !== undefined; batch = yield* pass.next()) {
        let samples = 0;
        yield* place.step(batch, given => {
          const output = noGrad(() => outputOf(this.model, given.x));
          samples = samplesIn(output);
          see(given, output);
        });
        yield { ops: cost * samples };
      }
    } finally {
      pass.close();
      if (batches instanceof Steps) batches.close();
    }
  }

  #direction(name: string): 'min' | 'max' | undefined {
    const plain = name.replace(/^val_/, '');
    if (plain === 'loss') return 'min';
    if (!Object.hasOwn(this.#metrics, plain)) return undefined;
    return this.#metrics[plain]!.isBetterGreater ? 'max' : 'min';
  }
}
