import { InvalidInputError } from '../../errors/index.ts';
import { type Work, waitFor } from '../../work/index.ts';
import { Tensor } from '../tensor/index.ts';

/** Samples that are learned from together. */
export interface TrainingBatch {
  /** What the model is given; a list where it takes several inputs. */
  readonly x: Tensor | readonly Tensor[];
  readonly y: Tensor;
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
export function countBatches(source: BatchSource): number | undefined {
  try {
    return (source as { readonly length?: number }).length;
  } catch {
    return undefined;
  }
}

/** Outputs of batches, one under the other. */
export function joinRows(outputs: readonly Tensor[]): Tensor {
  const [first] = outputs;
  if (first === undefined) {
    throw new InvalidInputError({ action: 'predict', rule: 'there must be a batch', received: 'none' });
  }
  const data = new Float32Array(outputs.reduce((sum, { size }) => sum + size, 0));
  let at = 0;
  for (const output of outputs) {
    data.set(output.data, at);
    at += output.size;
  }
  const rows = outputs.reduce((sum, { shape }) => sum + shape[0]!, 0);
  return new Tensor(data, [rows, ...first.shape.slice(1)]);
}
