import { InvalidInputError, show, showShape } from '../../errors/index.ts';
import type { RandomState } from '../../random/index.ts';
import { checkTensor, Tensor } from '../tensor/index.ts';

/** Samples by their position, read when they are needed. */
export interface Dataset<Sample> {
  readonly length: number;
  /**
   * @param random the sample's own stream for this visit: augmentation that draws from it, and from nothing else, is
   * the same for any number of workers
   */
  get(index: number, random: RandomState): Sample | Promise<Sample>;
}

/** Samples that come one after the other: a file of lines, a queue. They cannot be shuffled. */
export type IterableDataset<Sample> = Iterable<Sample> | AsyncIterable<Sample>;

/**
 * Tensors whose first axes belong together; a sample is a record of their rows.
 *
 * @example
 * import { tensor, TensorDataset } from 'fitwise/nn';
 * const data = new TensorDataset({ x: tensor([[1, 2], [3, 4]]), y: tensor([0, 1]) });
 * data.get(1).x.toArray(); // [3, 4]
 */
export class TensorDataset<T extends Readonly<Record<string, Tensor>>> implements Dataset<{ [K in keyof T]: Tensor }> {
  readonly tensors: T;
  readonly length: number;

  /** @throws InvalidInputError if there is no tensor, or first axes differ in length */
  constructor(tensors: T) {
    const all = Object.entries(tensors);
    for (const [name, values] of all) checkTensor('make a TensorDataset', name, values);
    const length = all[0]?.[1].shape[0];
    const odd = all.find(([, { shape }]) => shape[0] !== length);
    if (length === undefined || odd !== undefined) {
      throw new InvalidInputError({
        action: 'make a TensorDataset',
        rule:
          length === undefined ? 'there must be a tensor with an axis of samples' : `first axes must agree (${length})`,
        received: odd === undefined ? 'none' : `${odd[0]} of ${showShape(...odd[1].shape)}`,
      });
    }
    this.tensors = tensors;
    this.length = length;
  }

  /** Row `index` of each tensor, as views. */
  get(index: number): { [K in keyof T]: Tensor } {
    checkIndex('read a TensorDataset', index, this.length);
    const rows = Object.entries(this.tensors).map(([name, values]) => [name, rowOf(values, index)] as const);
    return Object.fromEntries(rows) as { [K in keyof T]: Tensor };
  }
}

function rowOf({ data, shape }: Tensor, index: number): Tensor {
  const inner = shape.slice(1);
  const size = inner.reduce((product, length) => product * length, 1);
  return new Tensor(data.subarray(index * size, (index + 1) * size), inner);
}

/**
 * Another dataset's samples, each changed by a function: a transform.
 *
 * @param source the other dataset, or a list of samples
 * @param change must not write to the sample; draws from `random` only
 */
export function mapDataset<S, R>(
  source: Dataset<S> | readonly S[],
  change: (sample: S, random: RandomState) => R | Promise<R>,
): Dataset<R> {
  const dataset = positioned(source);
  return {
    length: dataset.length,
    async get(index, random) {
      return change(await dataset.get(index, random), random);
    },
  };
}

/** Some samples of another dataset, in the order of the positions. */
export function subset<S>(source: Dataset<S> | readonly S[], indices: ArrayLike<number>): Dataset<S> {
  const dataset = positioned(source);
  const chosen = Int32Array.from(indices);
  const stray = chosen.find((index, i) => index !== indices[i] || index < 0 || index >= dataset.length);
  if (stray !== undefined) {
    throw new InvalidInputError({
      action: 'take a subset',
      rule: `indices must be whole numbers from 0 to ${dataset.length - 1}`,
      received: `${stray}`,
    });
  }
  return { length: chosen.length, get: (index, random) => dataset.get(chosen[index]!, random) };
}

function positioned<S>(source: Dataset<S> | readonly S[]): Dataset<S> {
  const dataset = asDataset(source);
  if (isMapStyle(dataset)) return dataset;
  const rule = 'it must be a list, or have a length and a method get';
  throw new InvalidInputError({ action: 'make a dataset of another', rule, received: show(source) });
}

function checkIndex(action: string, index: number, length: number): void {
  if (Number.isInteger(index) && index >= 0 && index < length) return;
  const rule = `the position must be a whole number from 0 to ${length - 1}`;
  throw new InvalidInputError({ action, rule, received: show(index) });
}

/** A list as a dataset, and a dataset as itself; what can only be iterated over stays so. */
export function asDataset<S>(source: Dataset<S> | IterableDataset<S>): Dataset<S> | IterableDataset<S> {
  if (!Array.isArray(source)) return source;
  const list = source as readonly S[];
  return { length: list.length, get: index => list[index]! };
}

/** Whether samples can be had by position. */
export function isMapStyle<S>(dataset: Dataset<S> | IterableDataset<S>): dataset is Dataset<S> {
  return 'get' in dataset && typeof dataset.get === 'function' && 'length' in dataset;
}
