/** The rules by which the stochastic solvers change parameters; their states are plain, so that they can be stored. */
import { inBlocks, type Work } from '../../../work/index.ts';
import type { Workspace } from './workspace.ts';

export interface SgdState {
  readonly kind: 'sgd';
  readonly learningRate: number;
  readonly velocity: Float64Array;
}

export interface AdamState {
  readonly kind: 'adam';
  /** beta1 and beta2 to the power of the updates made: what the running means still lack of the whole. */
  readonly missing: readonly [ofMean: number, ofSquare: number];
  /** Running means of the gradient, and of its square. */
  readonly mean: Float64Array;
  readonly square: Float64Array;
}

export type UpdaterState = SgdState | AdamState;

/** Changes parameters against their gradient, in place. */
export interface Updater {
  update(params: Float64Array, gradient: Float64Array): Work<void>;
  /** Called after each pass over the samples; `samplesSeen` counts those of all passes. */
  endEpoch(samplesSeen: number): void;
  /** Makes the steps smaller, where the rule can; false where training has to stop. */
  shrink(): boolean;
  /** A copy of what it knows. */
  state(): UpdaterState;
}

export interface SgdSettings {
  readonly learningRate: 'constant' | 'invscaling' | 'adaptive';
  readonly learningRateInit: number;
  readonly powerT: number;
  readonly momentum: number;
  readonly nesterovsMomentum: boolean;
}

/** An adaptive learning rate below this is not made smaller. */
const LEAST_RATE = 1e-6;

/** Stochastic gradient descent with momentum; Nesterov's looks one step ahead. */
export class Sgd implements Updater {
  readonly #settings: SgdSettings;
  readonly #velocity: Float64Array;
  #rate: number;

  constructor(settings: SgdSettings, size: number, from?: SgdState) {
    this.#settings = settings;
    this.#velocity = from?.velocity.slice() ?? new Float64Array(size);
    this.#rate = from?.learningRate ?? settings.learningRateInit;
  }

  *update(params: Float64Array, gradient: Float64Array): Work<void> {
    const { momentum, nesterovsMomentum } = this.#settings;
    const velocity = this.#velocity;
    const rate = this.#rate;
    yield* inBlocks(params.length, 1, (from, to) => {
      for (let at = from; at < to; at++) {
        const step = rate * gradient[at]!;
        const speed = momentum * velocity[at]! - step;
        velocity[at] = speed;
        params[at]! += nesterovsMomentum ? momentum * speed - step : speed;
      }
    });
  }

  endEpoch(samplesSeen: number): void {
    const { learningRate, learningRateInit, powerT } = this.#settings;
    if (learningRate === 'invscaling') this.#rate = learningRateInit / Math.exp(powerT * Math.log(samplesSeen + 1));
  }

  shrink(): boolean {
    if (this.#settings.learningRate !== 'adaptive' || this.#rate <= LEAST_RATE) return false;
    this.#rate /= 5;
    return true;
  }

  state(): SgdState {
    return { kind: 'sgd', learningRate: this.#rate, velocity: this.#velocity.slice() };
  }
}

export interface AdamSettings {
  readonly learningRateInit: number;
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
}

/** Adam (D. Kingma and J. Ba, ICLR 2015, end of section 2): the corrections of the means are part of the rate. */
export class Adam implements Updater {
  readonly #settings: AdamSettings;
  readonly #mean: Float64Array;
  readonly #square: Float64Array;
  readonly #workspace: Workspace;
  #missing: AdamState['missing'];

  constructor(settings: AdamSettings, workspace: Workspace, size: number, from?: AdamState) {
    this.#settings = settings;
    this.#workspace = workspace;
    this.#mean = workspace.zeros(size);
    this.#square = workspace.zeros(size);
    if (from !== undefined) {
      this.#mean.set(from.mean);
      this.#square.set(from.square);
    }
    this.#missing = from?.missing ?? [1, 1];
  }

  *update(params: Float64Array, gradient: Float64Array): Work<void> {
    const { learningRateInit, beta1, beta2, epsilon } = this.#settings;
    this.#missing = [this.#missing[0] * beta1, this.#missing[1] * beta2];
    const rate = (learningRateInit * Math.sqrt(1 - this.#missing[1])) / (1 - this.#missing[0]);
    const arrays = { params, gradient, mean: this.#mean, square: this.#square };
    yield* this.#workspace.descend(arrays, { beta1, beta2, rate, epsilon });
  }

  endEpoch(): void {}

  shrink(): boolean {
    return false;
  }

  state(): AdamState {
    return { kind: 'adam', missing: this.#missing, mean: this.#mean.slice(), square: this.#square.slice() };
  }
}
