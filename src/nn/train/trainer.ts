import { InvalidInputError, InvalidParamError, show } from '../../errors/index.ts';
import { drive, type RunOptions, type Work, waitFor } from '../../work/index.ts';
import type { GradScaler } from '../mixed-precision/index.ts';
import { costPerSample } from '../module/cost-per-sample.ts';
import type { Module } from '../module/index.ts';
import type { Optimizer } from '../optimizers/index.ts';
import { noGrad, Tensor } from '../tensor/index.ts';
import { tensorsOf } from '../tensor/tree.ts';
import {
  type BatchSource,
  countBatches,
  joinRows,
  type ModelInputs,
  Pass,
  samplesIn,
  type TrainingBatch,
} from './batches.ts';
import type { Callback, TrainingContext } from './callback.ts';
import { GradientWindow } from './gradient-window.ts';
import { History, type Logs } from './history.ts';
import { Measured } from './measured.ts';
import type { BatchMetric } from './metrics.ts';

export interface TrainerOptions<Output = Tensor, Target = Output> {
  readonly optimizer: Optimizer;
  /** The mean loss of a batch, as a scalar: `crossEntropy`, `mse`, one of your own. */
  readonly loss: (output: Output, target: Target) => Tensor;
  /** Measured beside the loss, under these names. */
  readonly metrics?: Readonly<Record<string, BatchMetric<Output, Target>>>;
  /** Batches whose gradients make one step. Default 1. */
  readonly accumulate?: number;
  /** Scales losses, and leaves out steps whose gradients are not finite. Default: none. */
  readonly scaler?: GradScaler;
  /** What each step runs inside: `autocast`, or `body => detectAnomaly(model, body)`. Default: nothing. */
  readonly scope?: <T>(body: () => T) => T;
}

export interface TrainOptions<Target = Tensor> extends RunOptions {
  /** Default 1. */
  readonly epochs?: number;
  /** Number of the first epoch, where a training goes on. Default 0. */
  readonly initialEpoch?: number;
  readonly validationData?: BatchSource<TrainingBatch<Target>>;
  readonly callbacks?: readonly Callback[];
}

/**
 * Trains a module, for those who do not write the loop: epochs, validation, metrics and callbacks, with Keras's names.
 * Means over an epoch are weighted by the sizes of the batches. What the model gives and what `y` holds may be lists and
 * records of tensors, where the loss takes them.
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

  /** @throws InvalidParamError if `accumulate` is no whole number >= 1, or a metric is called `loss` or `val_...` */
  constructor(model: Module<readonly unknown[], Output>, options: TrainerOptions<Output, Target>) {
    const { accumulate = 1, metrics = {} } = options;
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
  evaluate(data: BatchSource<TrainingBatch<Target>>, options: RunOptions = {}): Promise<Logs> {
    return drive(this.#evaluateWork(data), options);
  }

  /** The model's outputs for some batches, one under the other, in evaluation mode. */
  predict(data: BatchSource<ModelInputs>, options: RunOptions = {}): Promise<Output> {
    return drive(this.#predictWork(data), options);
  }

  /** {@link fit} as work, for those who compose it. */
  *fitWork(
    data: BatchSource<TrainingBatch<Target>>,
    options: Omit<TrainOptions<Target>, keyof RunOptions> = {},
  ): Work<History> {
    const { epochs = 1, initialEpoch = 0, validationData, callbacks = [] } = options;
    checkCount('train', 'epochs', epochs, 1);
    checkCount('train', 'initialEpoch', initialEpoch, 0);
    let isStopped = false;
    const context: TrainingContext = {
      ...{ model: this.model, optimizer: this.optimizer, scaler: this.#options.scaler },
      ...{ epochs, batches: countBatches(data) },
      direction: name => this.#direction(name),
      stop: () => {
        isStopped = true;
      },
    };
    const tell: Tell = call => inTurn(callbacks, call);
    const history = new History();
    yield* tell(callback => callback.onTrainBegin?.(context));
    for (let epoch = initialEpoch; epoch < epochs && !isStopped; epoch++) {
      yield* tell(callback => callback.onEpochBegin?.(epoch, context));
      const logs = yield* this.#epochWork(data, epoch, context, () => isStopped, tell);
      const validation = validationData === undefined ? {} : prefixed(yield* this.#evaluateWork(validationData));
      const all = { ...logs, ...validation };
      history.add(epoch, all);
      yield* tell(callback => callback.onEpochEnd?.(epoch, all, context));
    }
    this.model.eval();
    yield* tell(callback => callback.onTrainEnd?.(context));
    return history;
  }

  *#epochWork(
    data: BatchSource<TrainingBatch<Target>>,
    epoch: number,
    context: TrainingContext,
    isStopped: () => boolean,
    tell: Tell,
  ) {
    const { accumulate = 1, scaler, scope = run => run(), loss: lossOf } = this.#options;
    const window = new GradientWindow(this.model.parameters(), this.optimizer, accumulate, scaler);
    const measured = new Measured(this.#metrics);
    const pass = new Pass(data);
    const cost = costPerSample(this.model);
    let done = 0;
    this.model.train();
    try {
      while (!isStopped()) {
        const batch = yield* pass.next();
        if (batch === undefined) break;
        const samples = samplesIn(batch.y);
        scope(() => {
          const output = forward(this.model, batch.x);
          const loss = lossOf(output, batch.y);
          measured.add(loss.item(), output, batch.y, samples);
          window.add(loss, samples);
        });
        done++;
        const ops = cost * samples;
        yield { ops, progress: progressOf(epoch, done, context, measured.logs()) };
        yield* tell(callback => callback.onBatchEnd?.(done - 1, measured.logs(), context));
      }
    } finally {
      pass.close();
    }
    window.flush();
    if (done === 0 && !isStopped())
      throw new InvalidInputError({ action: 'train', rule: 'there must be a batch', received: 'none' });
    return measured.logs();
  }

  *#evaluateWork(data: BatchSource<TrainingBatch<Target>>): Work<Logs> {
    const measured = new Measured(this.#metrics);
    const { loss } = this.#options;
    yield* this.#visit(data, ({ y }, output) => {
      measured.add(noGrad(() => loss(output, y)).item(), output, y, samplesIn(y));
    });
    return measured.logs();
  }

  *#predictWork(data: BatchSource<ModelInputs>): Work<Output> {
    const outputs: Output[] = [];
    yield* this.#visit(data, (_, output) => outputs.push(output));
    return joinRows(outputs);
  }

  /** Shows every batch with the model's output in evaluation mode. */
  *#visit<B extends ModelInputs>(data: BatchSource<B>, see: (batch: B, output: Output) => void): Work<void> {
    const pass = new Pass(data);
    const cost = costPerSample(this.model);
    this.model.eval();
    try {
      for (let batch = yield* pass.next(); batch !== undefined; batch = yield* pass.next()) {
        const { x } = batch;
        const output = noGrad(() => forward(this.model, x));
        see(batch, output);
        yield { ops: cost * samplesIn(output) };
      }
    } finally {
      pass.close();
    }
  }

  #direction(name: string): 'min' | 'max' | undefined {
    const plain = name.replace(/^val_/, '');
    if (plain === 'loss') return 'min';
    if (!Object.hasOwn(this.#metrics, plain)) return undefined;
    return this.#metrics[plain]!.isBetterGreater ? 'max' : 'min';
  }
}

/** Calls each callback, one after the other. */
type Tell = (call: (callback: Callback) => void | Promise<void> | undefined) => Work<void>;

function* inTurn<T>(parts: readonly T[], call: (part: T) => void | Promise<void> | undefined): Work<void> {
  for (const part of parts) {
    const pending = call(part);
    if (pending instanceof Promise) yield* waitFor(() => pending);
  }
}

function forward<Output>(model: Module<readonly unknown[], Output>, x: ModelInputs['x']): Output {
  const output = model.forward(...(x instanceof Tensor ? [x] : x));
  if (tensorsOf(output).length > 0) return output;
  throw new InvalidInputError({ action: 'train', rule: 'the model must give a tensor', received: show(output) });
}

function prefixed(logs: Logs): Logs {
  return Object.fromEntries(Object.entries(logs).map(([name, value]) => [`val_${name}`, value]));
}

function progressOf(epoch: number, done: number, { epochs, batches }: TrainingContext, metrics: Logs) {
  const total = batches === undefined ? {} : { total: epochs * batches };
  return { type: 'step', task: 'Trainer', done: epoch * (batches ?? 0) + done, ...total, metrics } as const;
}

function checkCount(action: string, name: string, value: number, least: number): void {
  if (Number.isSafeInteger(value) && value >= least) return;
  throw new InvalidParamError({ action, rule: `${name} must be a whole number >= ${least}`, received: show(value) });
}
