import { type OptionsOf, oneOf, type ParamsOf, real, text } from '../../../check/index.ts';
import { InvalidParamError, warn } from '../../../errors/index.ts';
import type { TrainingContext } from '../callback.ts';
import type { Logs } from '../history.ts';

/** What every callback that watches a log takes. */
export const monitorSpec = {
  /** The log that is watched. Default `'val_loss'`. */
  monitor: text({ default: 'val_loss' }),
  /** Whether less or more is better; `'auto'` knows it of `loss` and of the trainer's metrics. Default `'auto'`. */
  mode: oneOf(['auto', 'min', 'max'], { default: 'auto' }),
  /** A change of less than this is no improvement. Default 0. */
  minDelta: real({ default: 0 }),
};

export type MonitorOptions = OptionsOf<typeof monitorSpec>;

/** Watches one log: what it is now, and whether that is better than another value. */
export class Monitor {
  readonly name: string;
  readonly #mode: 'auto' | 'min' | 'max';
  readonly #minDelta: number;
  readonly #owner: string;

  constructor(owner: string, { monitor, mode, minDelta }: ParamsOf<typeof monitorSpec>) {
    this.name = monitor;
    this.#mode = mode;
    this.#minDelta = Math.abs(minDelta);
    this.#owner = owner;
  }

  /** The value in the logs; undefined, with a warning, where there is none. */
  read(logs: Logs): number | undefined {
    const value = logs[this.name];
    if (value === undefined) {
      const known = Object.keys(logs).join(', ');
      warn({ kind: 'user', source: this.#owner, message: `there is no '${this.name}' to watch, only ${known}` });
    }
    return value;
  }

  /** Whether a value is better than another; anything is better than none. NaN is never better. */
  isBetter(value: number, than: number | undefined, context: TrainingContext): boolean {
    if (than === undefined) return true;
    return this.#settle(context) === 'max' ? value - this.#minDelta > than : value + this.#minDelta < than;
  }

  #settle(context: TrainingContext): 'min' | 'max' {
    const mode = this.#mode === 'auto' ? context.direction(this.name) : this.#mode;
    if (mode !== undefined) return mode;
    throw new InvalidParamError({
      action: `watch '${this.name}' with ${this.#owner}`,
      rule: "mode must be 'min' or 'max' for what is no loss and no metric of the trainer",
      received: "'auto'",
    });
  }
}
