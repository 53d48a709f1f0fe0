import { InvalidParamError, show } from '../../../errors/index.ts';
import type { Callback, TrainingContext } from '../callback.ts';
import type { Logs } from '../history.ts';
import { Monitor, type MonitorOptions } from './monitor.ts';

export interface ReduceLROnPlateauOptions extends MonitorOptions {
  /** What the learning rate is multiplied by. Default 0.1. */
  readonly factor?: number;
  /** Epochs without improvement after which it is. Default 10. */
  readonly patience?: number;
  /** Default 1e-4. */
  readonly minDelta?: number;
  /** Epochs after a reduction in which nothing is counted. Default 0. */
  readonly cooldown?: number;
  /** Least learning rate. Default 0. */
  readonly minLr?: number;
}

/**
 * Lowers the learning rate when a log no longer gets better; Keras 3's rules: it fires once `patience` epochs have
 * passed, where torch's scheduler waits for one more and measures improvement as a share.
 */
export class ReduceLROnPlateau implements Callback {
  readonly #options: ReduceLROnPlateauOptions;
  readonly #monitor: Monitor;
  #best: number | undefined;
  #wait = 0;
  #cooldown = 0;

  /** @throws InvalidParamError if `factor` is not below 1 */
  constructor(options: ReduceLROnPlateauOptions = {}) {
    const { factor = 0.1, minDelta = 1e-4 } = options;
    if (!(factor < 1 && factor > 0)) {
      const rule = 'factor must be a number > 0 and < 1';
      throw new InvalidParamError({ action: 'make ReduceLROnPlateau', rule, received: show(factor) });
    }
    this.#options = options;
    this.#monitor = new Monitor('ReduceLROnPlateau', { ...options, minDelta });
  }

  onTrainBegin(): void {
    this.#best = undefined;
    this.#wait = 0;
    this.#cooldown = 0;
  }

  onEpochEnd(_epoch: number, logs: Logs, context: TrainingContext): void {
    const { patience = 10, cooldown = 0 } = this.#options;
    const current = this.#monitor.read(logs);
    if (current === undefined) return;
    if (this.#cooldown > 0) {
      this.#cooldown--;
      this.#wait = 0;
    }
    if (this.#monitor.isBetter(current, this.#best, context)) {
      this.#best = current;
      this.#wait = 0;
    } else if (this.#cooldown === 0 && ++this.#wait >= patience && this.#reduce(context)) {
      this.#cooldown = cooldown;
      this.#wait = 0;
    }
  }

  /** Lowers the rate of every group that is above the least; false where none is. */
  #reduce({ optimizer }: TrainingContext): boolean {
    const { factor = 0.1, minLr = 0 } = this.#options;
    const rates = optimizer.settings('lr');
    if (!rates.some(rate => rate > minLr)) return false;
    optimizer.setSettings(
      'lr',
      rates.map(rate => (rate > minLr ? Math.max(rate * factor, minLr) : rate)),
    );
    return true;
  }
}
