import { checkParams, integer, type OptionsOf, type ParamsOf, real } from '../../../check/index.ts';
import type { Callback, TrainingContext } from '../callback.ts';
import type { Logs } from '../history.ts';
import { Monitor, monitorSpec } from './monitor.ts';

const spec = {
  ...monitorSpec,
  /** What the learning rate is multiplied by. Default 0.1. */
  factor: real({ above: 0, below: 1, default: 0.1 }),
  /** Epochs without improvement after which it is. Default 10. */
  patience: integer({ min: 0, default: 10 }),
  /** A change of less than this is no improvement. Default 1e-4. */
  minDelta: real({ default: 1e-4 }),
  /** Epochs after a reduction in which nothing is counted. Default 0. */
  cooldown: integer({ min: 0, default: 0 }),
  /** Least learning rate. Default 0. */
  minLr: real({ min: 0, default: 0 }),
};

export type ReduceLROnPlateauOptions = OptionsOf<typeof spec>;

/**
 * Lowers the learning rate when a log no longer gets better; Keras 3's rules: it fires once `patience` epochs have
 * passed, where torch's scheduler waits for one more and measures improvement as a share.
 */
export class ReduceLROnPlateau implements Callback {
  readonly #options: ParamsOf<typeof spec>;
  readonly #monitor: Monitor;
  #best: number | undefined;
  #wait = 0;
  #cooldown = 0;

  /** @throws InvalidParamError on options that are wrong */
  constructor(options: ReduceLROnPlateauOptions = {}) {
    this.#options = checkParams('ReduceLROnPlateau', spec, options);
    this.#monitor = new Monitor('ReduceLROnPlateau', this.#options);
  }

  onTrainBegin(): void {
    this.#best = undefined;
    this.#wait = 0;
    this.#cooldown = 0;
  }

  onEpochEnd(_epoch: number, logs: Logs, context: TrainingContext): void {
    const { patience, cooldown } = this.#options;
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
    const { factor, minLr } = this.#options;
    const rates = optimizer.settings('lr');
    if (!rates.some(rate => rate > minLr)) return false;
    optimizer.setSettings(
      'lr',
      rates.map(rate => (rate > minLr ? Math.max(rate * factor, minLr) : rate)),
    );
    return true;
  }
}
