import { checkParam, checkParams, integer, type OptionsOf, type ParamsOf, real } from '../../check/index.ts';
import { InvalidInputError } from '../../errors/index.ts';
import { mul } from '../ops/index.ts';
import type { Optimizer } from '../optimizers/index.ts';
import { checkForm } from '../optimizers/state.ts';
import { demandProcessor, type Tensor } from '../tensor/index.ts';

const spec = {
  /** The first scale. Default 65536. */
  initScale: real({ above: 0, default: 65536 }),
  /** What the scale is multiplied by after `growthInterval` steps in a row whose gradients were finite. Default 2. */
  growthFactor: real({ above: 1, default: 2 }),
  /** What it is multiplied by after a step whose gradients were not. Default 0.5. */
  backoffFactor: real({ above: 0, below: 1, default: 0.5 }),
  /** Default 2000. */
  growthInterval: integer({ min: 1, default: 2000 }),
};

export type GradScalerOptions = OptionsOf<typeof spec>;

/** Where a scaler stands: plain data, for checkpoints. */
export interface GradScalerState {
  readonly scale: number;
  readonly growthFactor: number;
  readonly backoffFactor: number;
  readonly growthInterval: number;
  /** Steps in a row whose gradients were finite. */
  readonly growthTracker: number;
}

/** How far an optimizer is since the last update. */
interface Progress {
  readonly areFinite: boolean;
  readonly isStepped: boolean;
}

/**
 * Scales losses so that small gradients do not vanish in half precision, and leaves out steps whose gradients are not
 * finite; torch's `GradScaler`, rule for rule.
 *
 * Gradients on the CPU are of single precision, where hardly one vanishes: what the scaler brings there is that a NaN or
 * an infinity does not reach the parameters. On a device, whose kernels may do as they like with both, nothing but reading
 * every gradient would find them: the scaler is refused there.
 *
 * @example
 * import { GradScaler, Linear, mean, Optimizer, sgd, square, zeros } from 'fitwise/nn';
 * const model = new Linear(3, 1);
 * const optimizer = new Optimizer(model.parameters(), sgd());
 * const scaler = new GradScaler();
 * scaler.scale(mean(square(model.forward(zeros([4, 3]))))).backward();
 * scaler.step(optimizer); // true: a step was taken
 * scaler.update();
 * scaler.factor; // 65536
 */
export class GradScaler {
  #options: Omit<ParamsOf<typeof spec>, 'initScale'>;
  /** Of single precision. */
  #scale: number;
  #growthTracker = 0;
  readonly #progress = new Map<Optimizer, Progress>();

  /** @throws InvalidParamError on options that are wrong */
  constructor(options: GradScalerOptions = {}) {
    const { initScale, ...rest } = checkParams('GradScaler', spec, options);
    this.#scale = Math.fround(initScale);
    this.#options = rest;
  }

  /** What losses are multiplied by. */
  get factor(): number {
    return this.#scale;
  }

  /** A loss times the scale, for `backward`. */
  scale(loss: Tensor): Tensor {
    return mul(loss, this.#scale);
  }

  /**
   * Divides the gradients of an optimizer's parameters by the scale, for those who look at them or clip them before
   * {@link step}, which does it otherwise.
   *
   * @throws InvalidInputError if that has been done since the last update. @throws UnsupportedError on a device
   */
  unscale(optimizer: Optimizer): void {
    const before = this.#progress.get(optimizer);
    if (before !== undefined) refuse('unscale gradients', before.isStepped ? 'one after a step' : 'another one');
    demandProcessor('unscale gradients', ...optimizer.parameters);
    const inverse = Math.fround(1 / this.#scale);
    let areFinite = true;
    for (const parameter of new Set(optimizer.parameters)) {
      const { grad } = parameter;
      if (grad === null) continue;
      areFinite &&= grad.data.every(Number.isFinite);
      parameter.grad = grad.like(grad.data.map(value => value * inverse));
    }
    this.#progress.set(optimizer, { areFinite, isStepped: false });
  }

  /**
   * Takes the optimizer's step, with gradients divided by the scale, if all of them are finite.
   *
   * @returns whether it was taken
   * @throws InvalidInputError if there has been one since the last update
   */
  step(optimizer: Optimizer): boolean {
    if (this.#progress.get(optimizer)?.isStepped) refuse('take a step', 'another one');
    if (!this.#progress.has(optimizer)) this.unscale(optimizer);
    const { areFinite } = this.#progress.get(optimizer)!;
    if (areFinite) optimizer.step();
    this.#progress.set(optimizer, { areFinite, isStepped: true });
    return areFinite;
  }

  /**
   * Changes the scale by what was seen since the last update.
   *
   * @param scale a new one, in place of the rule's
   * @throws InvalidInputError if no gradients were looked at since the last update
   */
  update(scale?: number): void {
    if (scale !== undefined) this.#scale = Math.fround(checkParam('GradScaler', 'scale', spec.initScale, scale));
    else {
      if (this.#progress.size === 0) {
        const rule = 'gradients must have been looked at since the last update';
        throw new InvalidInputError({
          action: 'update a GradScaler',
          rule,
          received: 'none',
          repair: 'call step first',
        });
      }
      this.#follow([...this.#progress.values()].every(({ areFinite }) => areFinite));
    }
    this.#progress.clear();
  }

  /** For checkpoints. */
  getState(): GradScalerState {
    return { scale: this.#scale, ...this.#options, growthTracker: this.#growthTracker };
  }

  /**
   * Goes on from an earlier state.
   *
   * @throws InvalidInputError if it has another form
   */
  setState(state: GradScalerState): void {
    checkForm({ ...state }, { ...this.getState() }, 'the scaler');
    const { scale, growthTracker, growthFactor, backoffFactor, growthInterval } = state;
    this.#scale = Math.fround(scale);
    this.#growthTracker = growthTracker;
    this.#options = { growthFactor, backoffFactor, growthInterval };
    this.#progress.clear();
  }

  #follow(areFinite: boolean): void {
    const { growthFactor, backoffFactor, growthInterval } = this.#options;
    if (!areFinite) {
      this.#scale = Math.fround(this.#scale * backoffFactor);
      this.#growthTracker = 0;
      return;
    }
    this.#growthTracker++;
    if (this.#growthTracker < growthInterval) return;
    const grown = Math.fround(this.#scale * growthFactor);
    if (Number.isFinite(grown)) this.#scale = grown;
    this.#growthTracker = 0;
  }
}

function refuse(action: string, received: string): never {
  const rule = 'an optimizer has one of a kind between two updates';
  throw new InvalidInputError({ action, rule, received, repair: 'call update after each step' });
}
