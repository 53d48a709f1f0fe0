import { boolean, checkParams, integer, nullable, type OptionsOf, type ParamsOf, real } from '../../../check/index.ts';
import { StateCopy } from '../../module/state-copy.ts';
import type { Callback, TrainingContext } from '../callback.ts';
import type { Logs } from '../history.ts';
import { Monitor, monitorSpec } from './monitor.ts';

const spec = {
  ...monitorSpec,
  /** Epochs without improvement after which training stops. Default 0. */
  patience: integer({ min: 0, default: 0 }),
  /** A value that must be beaten before waiting begins anew. Default null: none. */
  baseline: nullable(real({})),
  /** Give the model the weights of its best epoch when training ends, for whatever reason. Default false. */
  restoreBestWeights: boolean({ default: false }),
  /** Epochs before this one are not looked at. Default 0. */
  startFromEpoch: integer({ min: 0, default: 0 }),
};

export type EarlyStoppingOptions = OptionsOf<typeof spec>;

/** Stops a training that no longer gets better; Keras 3's rules. */
export class EarlyStopping implements Callback {
  readonly #options: ParamsOf<typeof spec>;
  readonly #monitor: Monitor;
  #wait = 0;
  #best: number | undefined;
  #bestWeights: StateCopy | undefined;
  #stoppedEpoch: number | undefined;

  /** @throws InvalidParamError on options that are wrong */
  constructor(options: EarlyStoppingOptions = {}) {
    this.#options = checkParams('EarlyStopping', spec, options);
    this.#monitor = new Monitor('EarlyStopping', this.#options);
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
    this.#keep(undefined);
    this.#stoppedEpoch = undefined;
  }

  onEpochEnd(epoch: number, logs: Logs, context: TrainingContext): void {
    const { patience, baseline, restoreBestWeights, startFromEpoch } = this.#options;
    const current = this.#monitor.read(logs);
    if (current === undefined || epoch < startFromEpoch) return;
    if (restoreBestWeights) this.#bestWeights ??= new StateCopy(context.model);
    this.#wait++;
    if (this.#monitor.isBetter(current, this.#best, context)) {
      this.#best = current;
      if (restoreBestWeights) this.#keep(new StateCopy(context.model));
      if (this.#monitor.isBetter(current, baseline ?? undefined, context)) this.#wait = 0;
      return;
    }
    if (this.#wait < patience || epoch === 0) return;
    this.#stoppedEpoch = epoch;
    context.stop();
  }

  onTrainEnd(): void {
    this.#bestWeights?.restore();
    this.#keep(undefined);
  }

  #keep(weights: StateCopy | undefined): void {
    this.#bestWeights?.letGo();
    this.#bestWeights = weights;
  }
}
