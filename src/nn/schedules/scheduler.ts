import type { Optimizer } from '../optimizers/index.ts';
import { checkForm } from '../optimizers/state.ts';
import type { Schedule } from './schedule.ts';

/** Where a scheduler stands; plain data. */
export interface SchedulerState {
  readonly count: number;
  readonly lrs: readonly number[];
}

/**
 * Sets an optimiser's rate (and momentum) by a schedule: at once for step 0, then at each call of `step`.
 *
 * @example
 * import { Linear, Optimizer, Scheduler, sgd, stepDecay } from 'fitwise/nn';
 * const optimizer = new Optimizer(new Linear(2, 1).parameters(), sgd({ lr: 0.1 }));
 * const scheduler = new Scheduler(optimizer, stepDecay({ stepSize: 2 }));
 * scheduler.step();
 * scheduler.step();
 * optimizer.lr; // 0.01
 */
export class Scheduler {
  readonly #optimizer: Optimizer;
  readonly #schedule: Schedule;
  #state: SchedulerState;

  constructor(optimizer: Optimizer, schedule: Schedule) {
    this.#optimizer = optimizer;
    this.#schedule = schedule;
    this.#state = { count: 0, lrs: optimizer.settings('lr') };
    this.#apply();
  }

  /** Goes one step on; after the optimiser's step, or after an epoch. */
  step(): void {
    this.#state = { ...this.#state, count: this.#state.count + 1 };
    this.#apply();
  }

  getState(): SchedulerState {
    return this.#state;
  }

  /** @throws InvalidInputError on a state of another form */
  setState(state: SchedulerState): void {
    checkForm({ ...state }, { ...this.#state }, 'the state of the schedule');
    this.#state = state;
    this.#apply();
  }

  #apply(): void {
    const { count, lrs } = this.#state;
    const settings = lrs.map(lr => this.#schedule(count, lr));
    this.#optimizer.setSettings(
      'lr',
      settings.map(({ lr }) => lr),
    );
    const momenta = settings.flatMap(({ momentum }) => (momentum === undefined ? [] : [momentum]));
    if (momenta.length > 0) this.#optimizer.setSettings('momentum', momenta);
  }
}
