import { warn } from '../../errors/index.ts';
import type { BatchSource } from './batches.ts';

/**
 * Epochs of so many batches, whatever the source holds: each goes on where the last one stopped, and begins anew after
 * the last batch (Keras's `steps_per_epoch`). An epoch within which the source ends is shorter, with a warning.
 */
export class Steps<B> implements AsyncIterable<B> {
  /** Batches of an epoch. */
  readonly length: number;
  readonly #source: BatchSource<B>;
  #iterator: Iterator<B> | AsyncIterator<B> | undefined;

  constructor(source: BatchSource<B>, length: number) {
    this.#source = source;
    this.length = length;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<B, void, undefined> {
    const isGoingOn = this.#iterator !== undefined;
    for (let step = 0; step < this.length; step++) {
      let next = await this.#open().next();
      if (next.done && step === 0 && isGoingOn) {
        this.#iterator = undefined;
        next = await this.#open().next();
      }
      if (next.done) {
        this.#iterator = undefined;
        if (step > 0) this.#warn(step);
        return;
      }
      yield next.value;
    }
  }

  /** Tells the source that it is left, wherever it stands. */
  close(): void {
    Promise.resolve(this.#iterator?.return?.()).catch(() => {});
    this.#iterator = undefined;
  }

  #open(): Iterator<B> | AsyncIterator<B> {
    const source = this.#source;
    this.#iterator ??= Symbol.asyncIterator in source ? source[Symbol.asyncIterator]() : source[Symbol.iterator]();
    return this.#iterator;
  }

  #warn(step: number): void {
    const message = `the data ended after ${step} of ${this.length} steps`;
    warn({ kind: 'user', source: 'Trainer', message });
  }
}

/** A source as it is, or in epochs of so many batches. */
export function inSteps<B>(source: BatchSource<B>, steps: number | undefined): BatchSource<B> | Steps<B> {
  return steps === undefined ? source : new Steps(source, steps);
}
