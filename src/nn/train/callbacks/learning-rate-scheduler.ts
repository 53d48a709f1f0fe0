import { InvalidParamError, show } from '../../../errors/index.ts';
import type { Callback, TrainingContext } from '../callback.ts';

/**
 * Sets the learning rate before each epoch.
 *
 * @example
 * import { LearningRateScheduler } from 'fitwise/nn';
 * new LearningRateScheduler((epoch, lr) => (epoch < 10 ? lr : lr * 0.9));
 */
export class LearningRateScheduler implements Callback {
  readonly #schedule: (epoch: number, lr: number) => number;

  /**
   * @param schedule from the epoch and the rate so far to the rate of this epoch
   * @throws InvalidParamError on what is no function
   */
  constructor(schedule: (epoch: number, lr: number) => number) {
    if (typeof schedule !== 'function') {
      const rule = 'the schedule must be a function of the epoch and the rate';
      throw new InvalidParamError({ action: 'make LearningRateScheduler', rule, received: show(schedule) });
    }
    this.#schedule = schedule;
  }

  onEpochBegin(epoch: number, { optimizer }: TrainingContext): void {
    optimizer.lr = this.#schedule(epoch, optimizer.lr);
  }
}
