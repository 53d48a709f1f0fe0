import { checkParams, integer, type OptionsOf, oneOf, type ParamsOf, real } from '../../check/index.ts';
import type { Optimizer } from '../optimizers/index.ts';
import { checkForm } from '../optimizers/state.ts';

const spec = {
  /** Whether the metric should fall or rise. Default `'min'`. */
  mode: oneOf(['min', 'max'], { default: 'min' }),
  /** What is left of the rate. Default 0.1. */
  factor: real({ min: 0, below: 1, default: 0.1 }),
  /** Steps without a better metric that are borne. Default 10. */
  patience: integer({ min: 0, default: 10 }),
  /** How much better is better: a share of the best, or an amount. Default 1e-4 and `'rel'` (Keras: an amount). */
  threshold: real({ min: 0, default: 1e-4 }),
  thresholdMode: oneOf(['rel', 'abs'], { default: 'rel' }),
  /** Steps after a fall that are not counted. Default 0. */
  cooldown: integer({ min: 0, default: 0 }),
  /** The lowest rate. Default 0. */
  minLr: real({ min: 0, default: 0 }),
  /** Falls smaller than this are left out. Default 1e-8. */
  eps: real({ min: 0, default: 1e-8 }),
};

export type ReduceOnPlateauOptions = OptionsOf<typeof spec>;

/** Where the rule stands; plain data. */
export interface PlateauState {
  readonly best: number;
  readonly badSteps: number;
  readonly cooling: number;
}

/** Lowers an optimiser's rate when a metric has stopped getting better: torch's `ReduceLROnPlateau`. */
export class ReduceOnPlateau {
  readonly #optimizer: Optimizer;
  readonly #options: ParamsOf<typeof spec>;
  #state: PlateauState;

  /** @throws InvalidParamError on options that are wrong */
  constructor(optimizer: Optimizer, options: ReduceOnPlateauOptions = {}) {
    this.#optimizer = optimizer;
    this.#options = checkParams('ReduceOnPlateau', spec, options);
    this.#state = { best: this.#options.mode === 'min' ? Infinity : -Infinity, badSteps: 0, cooling: 0 };
  }

  /** Takes the metric of an epoch; a NaN counts as worse. */
  step(metric: number): void {
    const { patience, cooldown } = this.#options;
    const isBetter = this.#isBetter(metric);
    const cooling = Math.max(0, this.#state.cooling - 1);
    const wasCooling = this.#state.cooling > 0;
    const badSteps = isBetter || wasCooling ? 0 : this.#state.badSteps + 1;
    const falls = badSteps > patience;
    if (falls) this.#lower();
    this.#state = {
      best: isBetter ? metric : this.#state.best,
      badSteps: falls ? 0 : badSteps,
      cooling: falls ? cooldown : cooling,
    };
  }

  getState(): PlateauState {
    return this.#state;
  }

  /** @throws InvalidInputError on a state of another form */
  setState(state: PlateauState): void {
    checkForm({ ...state }, { ...this.#state }, 'the state of the schedule');
    this.#state = state;
  }

  #isBetter(metric: number): boolean {
    const { mode, threshold, thresholdMode } = this.#options;
    const { best } = this.#state;
    const sign = mode === 'min' ? -1 : 1;
    const bound = thresholdMode === 'rel' ? best * (1 + sign * threshold) : best + sign * threshold;
    return sign * metric > sign * bound;
  }

  #lower(): void {
    const { factor, minLr, eps } = this.#options;
    const lowered = (lr: number) => Math.max(lr * factor, minLr);
    const lrs = this.#optimizer.settings('lr');
    this.#optimizer.setSettings(
      'lr',
      lrs.map(lr => (lr - lowered(lr) > eps ? lowered(lr) : lr)),
    );
  }
}
