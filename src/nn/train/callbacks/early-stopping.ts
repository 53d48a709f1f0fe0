import type { StateDict } from '../../module/index.ts';
import type { AnyModule, Callback, TrainingContext } from '../callback.ts';
import type { Logs } from '../history.ts';
import { Monitor, type MonitorOptions } from './monitor.ts';

export interface EarlyStoppingOptions extends MonitorOptions {
  /** Epochs without improvement after which training stops. Default 0. */
  readonly patience?: number;
  /** A value that must be beaten before waiting begins anew. Default: none. */
  readonly baseline?: number;
  /** Give the model the weights of its best epoch when training ends, for whatever reason. Default false. */
  readonly restoreBestWeights?: boolean;
  /** Epochs before this one are not looked at. Default 0. */
  readonly startFromEpoch?: number;
}

/** Stops a training that no longer gets better; Keras 3's rules. */
export class EarlyStopping implements Callback {
  readonly #options: EarlyStoppingOptions;
  readonly #monitor: Monitor;
  #wait = 0;
  #best: number | undefined;
  #bestWeights: StateDict | undefined;
  #stoppedEpoch: number | undefined;

  constructor(options: EarlyStoppingOptions = {}) {
    this.#options = options;
    this.#monitor = new Monitor('EarlyStopping', options);
  }

  /** The epoch that was the last; undefined where the training ended by itself. */
  get stoppedEpoch(): number | undefined {
    return this.#stoppedEpoch;
  }

  /** The best value that was seen. */
  get best(): number | undefined {
    return this.#best;
  }

  onTrainBegin(): void {
    this.#wait = 0;
    this.#best = undefined;
    this.#bestWeights = undefined;
    this.#stoppedEpoch = undefined;
  }

  onEpochEnd(epoch: number, logs: Logs, context: TrainingContext): void {
    const { patience = 0, baseline, restoreBestWeights = false, startFromEpoch = 0 } = this.#options;
    const current = this.#monitor.read(logs);
    if (current === undefined || epoch < startFromEpoch) return;
    if (restoreBestWeights) this.#bestWeights ??= copyOf(context.model);
    this.#wait++;
    if (this.#monitor.isBetter(current, this.#best, context)) {
      this.#best = current;
      if (restoreBestWeights) this.#bestWeights = copyOf(context.model);
      if (this.#monitor.isBetter(current, baseline, context)) this.#wait = 0;
      return;
    }
    if (this.#wait < patience || epoch === 0) return;
    this.#stoppedEpoch = epoch;
    context.stop();
  }

  onTrainEnd({ model }: TrainingContext): void {
    if (this.#bestWeights !== undefined) model.loadStateDict(this.#bestWeights);
  }
}

function copyOf(model: AnyModule): StateDict {
  return Object.fromEntries(Object.entries(model.stateDict()).map(([name, values]) => [name, values.clone()]));
}
