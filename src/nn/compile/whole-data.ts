import { boolean, checkParams, integer, type OptionsOf, seed } from '../../check/index.ts';
import { InvalidInputError, InvalidParamError, showShape } from '../../errors/index.ts';
import { DataLoader } from '../data/index.ts';
import { Tensor } from '../tensor/index.ts';
import { mapLeaves, tensorsOf } from '../tensor/tree.ts';
import type { BatchSource } from '../train/index.ts';

const spec = {
  /** Samples in a batch, where the data come as a whole. Default 32. */
  batchSize: integer({ min: 1, default: 32 }),
  /** Visit whole data in another order in each epoch. Default true. */
  shuffle: boolean({ default: true }),
  /** Seed of that order. Default null: the platform's entropy. */
  randomState: seed(),
};

/** How whole data are cut into batches. */
export type BatchingOptions = OptionsOf<typeof spec>;

/** Batches, or one batch of all samples that has yet to be cut into smaller ones. */
export type Data<Batch> = BatchSource<Batch> | Batch;

/**
 * Batches of whole data; batches as they are.
 *
 * @throws InvalidInputError if first axes differ in length. @throws InvalidParamError on options for data that come in
 * batches already
 */
export function inBatches<Batch extends { readonly x: unknown }>(
  data: Data<Batch>,
  options: { readonly [K in keyof BatchingOptions]: BatchingOptions[K] | undefined },
): BatchSource<Batch> {
  if (!('x' in data)) {
    const [stray] = Object.entries(options).find(([, value]) => value !== undefined) ?? [];
    if (stray === undefined) return data;
    const rule = `${stray} must be left out where the data come in batches`;
    throw new InvalidParamError({ action: 'cut data into batches', rule, received: 'both' });
  }
  const { batchSize, shuffle, randomState } = checkParams('batches', spec, options as BatchingOptions);
  const rows = rowsOf(data);
  const positions = { length: rows, get: (index: number) => index };
  return new DataLoader(positions, {
    ...{ batchSize, shuffle, randomState },
    collate: chosen => mapLeaves(data, leaf => (leaf instanceof Tensor ? takeRows(leaf, chosen) : leaf)) as Batch,
  });
}

/** {@link inBatches}, in the order of the samples. */
export function inOrder<Batch extends { readonly x: unknown }>(data: Data<Batch>, batchSize: number | undefined) {
  return inBatches(data, 'x' in data ? { batchSize, shuffle: false, randomState: 0 } : { batchSize });
}

function rowsOf(data: unknown): number {
  const tensors = tensorsOf(data);
  const rows = tensors[0]?.[1].shape[0];
  const odd = tensors.find(([, { shape }]) => shape[0] !== rows);
  if (rows !== undefined && odd === undefined) return rows;
  const rule =
    rows === undefined ? 'there must be a tensor with an axis of samples' : `first axes must agree (${rows})`;
  const received = odd === undefined ? 'none' : `${odd[0]} of ${showShape(...odd[1].shape)}`;
  throw new InvalidInputError({ action: 'cut data into batches', rule, received });
}

function takeRows({ data, shape, size }: Tensor, rows: readonly number[]): Tensor {
  const width = size / shape[0]!;
  const taken = new Float32Array(rows.length * width);
  for (const [i, row] of rows.entries()) taken.set(data.subarray(row * width, (row + 1) * width), i * width);
  return new Tensor(taken, [rows.length, ...shape.slice(1)]);
}
