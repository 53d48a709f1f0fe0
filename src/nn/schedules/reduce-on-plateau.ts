import type { Optimizer } from '../optimizers/index.ts';

export interface ReduceOnPlateauOptions {
  /** Whether the metric should fall or rise. Default `'min'`. */
  readonly mode?: 'min' | 'max';
  /** What is left of the rate. Default 0.1. */
  readonly factor?: number;
  /** Steps without a better metric that are borne. Default 10. */
  readonly patience?: number;
  /** How much better is better: a share of the best, or an amount. Default 1e-4 and `'rel'` (Keras: an amount). */
  readonly threshold?: number;
  readonly thresholdMode?: 'rel' | 'abs';
  /** Steps after a fall that are not counted. Default 0. */
  readonly cooldown?: number;
  /** The lowest rate. Default 0. */
  readonly minLr?: number;
  /** Falls smaller than this are left out. Default 1e-8. */
  readonly eps?: number;
}

/** Where the rule stands; plain data. */
export interface PlateauState {
  readonly best: number;
  readonly badSteps: number;
  readonly cooling: number;
}

/** Lowers an optimiser's rate when a metric has stopped getting better: torch's `ReduceLROnPlateau`. */
export class ReduceOnPlateau {
  readonly #optimizer: Optimizer;
  readonly #options: Required<ReduceOnPlateauOptions>;
  #state: PlateauState;

  constructor(optimizer: Optimizer, options: ReduceOnPlateauOptions = {}) {
    const defaults = { mode: 'min', factor: 0.1, patience: 10, threshold: 1e-4, thresholdMode: 'rel' } as const;
    this.#optimizer = optimizer;
    this.#options = { ...defaults, cooldown: 0, minLr: 0, eps: 1e-8, ...options };
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

  setState(state: PlateauState): void {
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
