import { div } from '../ops/index.ts';
import type { Optimizer } from '../optimizers/index.ts';
import { noGrad, type Tensor } from '../tensor/index.ts';

/** Scales losses and takes an optimizer's steps: a {@link GradScaler}, or what stands for none. */
export interface LossScaling {
  /** What losses are multiplied by. */
  readonly factor: number;
  /** Takes a step with the gradients divided by the factor. */
  step(optimizer: Optimizer): unknown;
  update(): void;
}

const UNSCALED: LossScaling = { factor: 1, step: optimizer => optimizer.step(), update: () => {} };

/**
 * Gradients of several batches as if they were one: each batch's mean loss counts by its size, and the sum is divided
 * by the size of all, so that a window that is not full, or ends with a smaller batch, is right too.
 */
export class GradientWindow {
  readonly #parameters: readonly Tensor[];
  readonly #optimizer: Optimizer;
  readonly #batches: number;
  readonly #scaler: LossScaling;
  #filled = 0;
  #samples = 0;
  /** Gradients on a device that outlive the step they arose in. */
  #held: readonly Tensor[] = [];

  /** @param batches how many batches make a step */
  constructor(parameters: readonly Tensor[], optimizer: Optimizer, batches: number, scaler: LossScaling = UNSCALED) {
    this.#parameters = parameters;
    this.#optimizer = optimizer;
    this.#batches = batches;
    this.#scaler = scaler;
  }

  /** Adds the gradients of a batch's mean loss; takes a step when the window is full. */
  add(loss: Tensor, samples: number): void {
    if (this.#filled === 0) this.#optimizer.zeroGrad();
    const { factor } = this.#scaler;
    if (this.#batches === 1) {
      loss.backward({ grad: loss.like(Float32Array.of(factor)) });
      this.#step();
      return;
    }
    loss.backward({ grad: loss.like(Float32Array.of(factor * samples)) });
    this.#hold(this.#parameters.flatMap(({ grad }) => grad ?? []));
    this.#filled++;
    this.#samples += samples;
    if (this.#filled === this.#batches) this.flush();
  }

  /** Takes a step with what the window holds, if it holds anything. */
  flush(): void {
    if (this.#filled === 0) return;
    for (const parameter of this.#parameters) {
      if (parameter.grad !== null) parameter.grad = shareOf(parameter.grad, this.#samples);
    }
    this.#step();
    this.#filled = 0;
    this.#samples = 0;
    this.#hold([]);
  }

  /** Gives back what it holds. */
  close(): void {
    this.#hold([]);
  }

  #hold(gradients: readonly Tensor[]): void {
    for (const { device, storage } of gradients) device?.hold(storage.values!);
    for (const { device, storage } of this.#held) device?.letGo(storage.values!);
    this.#held = gradients;
  }

  #step(): void {
    this.#scaler.step(this.#optimizer);
    this.#scaler.update();
  }
}

function shareOf(grad: Tensor, samples: number): Tensor {
  if (grad.device !== null) return noGrad(() => div(grad, samples));
  return grad.like(grad.data.map(value => value / samples));
}
