import { InvalidInputError, show } from '../../errors/index.ts';
import { type Work, waitFor } from '../../work/index.ts';
import type { Module } from '../module/index.ts';
import { cat } from '../ops/index.ts';
import { Tensor } from '../tensor/index.ts';
import { mapLeaves, tensorsOf } from '../tensor/tree.ts';

/** Samples that the model is given together. */
export interface ModelInputs {
  /** A list where the model takes several inputs. */
  readonly x: Tensor | readonly Tensor[];
}

/** @throws InvalidInputError if the model gives no tensor */
export function outputOf<Output>(model: Module<readonly unknown[], Output>, x: ModelInputs['x']): Output {
  const output = model.forward(...(x instanceof Tensor ? [x] : x));
  if (tensorsOf(output).length > 0) return output;
  throw new InvalidInputError({ action: 'train', rule: 'the model must give a tensor', received: show(output) });
}

/** Samples that are learned from together. */
export interface TrainingBatch<Target = Tensor> extends ModelInputs {
  /** What the loss compares the output with: lists or records of tensors where it takes them. */
  readonly y: Target;
}

/** Samples of a batch: the length of the first axis of its first tensor. */
export function samplesIn(tree: unknown): number {
  return tensorsOf(tree)[0]?.[1].shape[0] ?? 1;
}

/** Batches, epoch after epoch: a DataLoader, or a list. */
export type BatchSource<B = TrainingBatch> = Iterable<B> | AsyncIterable<B>;

/** One pass over batches; `close` tells the source when it is left before its end. */
export class Pass<B> {
  readonly #iterator: Iterator<B> | AsyncIterator<B>;
  #isOver = false;

  constructor(source: BatchSource<B>) {
    this.#iterator = Symbol.asyncIterator in source ? source[Symbol.asyncIterator]() : source[Symbol.iterator]();
  }

  /** The next batch; undefined after the last. */
  *next(): Work<B | undefined> {
    const { done, value } = yield* waitFor(async () => this.#iterator.next());
    this.#isOver = done === true;
    return this.#isOver ? undefined : (value as B);
  }

  close(): void {
    if (this.#isOver) return;
    // Whoever leaves early has a reason of their own to tell; the source's complaint would hide it.
    Promise.resolve(this.#iterator.return?.()).catch(() => {});
  }
}

/** Batches per epoch; undefined where the source does not tell. */
export function countBatches(source: BatchSource<unknown>): number | undefined {
  try {
    return (source as { readonly length?: number }).length;
  } catch {
    return undefined;
  }
}

/** Batches, each changed by a function. */
export function mapBatches<B, R>(source: BatchSource<B>, change: (batch: B) => R): BatchSource<R> {
  return {
    get length() {
      return countBatches(source);
    },
    async *[Symbol.asyncIterator]() {
      for await (const batch of source) yield change(batch);
    },
  } as AsyncIterable<R>;
}

/** Outputs of batches, one under the other, in the lists and records of the first. */
export function joinRows<Output>(outputs: readonly Output[]): Output {
  const [first] = outputs;
  if (first === undefined) {
    throw new InvalidInputError({ action: 'predict', rule: 'there must be a batch', received: 'none' });
  }
  const parts = outputs.map(tensorsOf);
  let at = 0;
  const joined = mapLeaves(first, leaf => {
    if (!(leaf instanceof Tensor)) return leaf;
    const place = at++;
    return cat(parts.map(part => part[place]![1]));
  });
  return joined as Output;
}
