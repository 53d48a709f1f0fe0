import { boolean, checkParam, checkParams, integer, type OptionsOf, seed, share } from '../../check/index.ts';
import { InvalidInputError, InvalidParamError, showShape } from '../../errors/index.ts';
import { DataLoader } from '../data/index.ts';
import { Tensor } from '../tensor/index.ts';
import { mapLeaves, tensorsOf } from '../tensor/tree.ts';
import type { BatchSource } from '../train/index.ts';

const spec = {
  /** Samples in a batch, where the data come as a whole. Default 32, or what makes as many batches as there are steps. */
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
 * @param steps of an epoch, which choose the size of batches that has not been given
 * @throws InvalidInputError if first axes differ in length. @throws InvalidParamError on options for data that come in
 * batches already
 */
export function inBatches<Batch extends { readonly x: unknown }>(
  data: Data<Batch>,
  options: { readonly [K in keyof BatchingOptions]: BatchingOptions[K] | undefined },
  steps?: number,
): BatchSource<Batch> {
  if (!isWhole(data)) {
    const [stray] = Object.entries(options).find(([, value]) => value !== undefined) ?? [];
    if (stray === undefined) return data;
    const rule = `${stray} must be left out where the data come in batches`;
    throw new InvalidParamError({ action: 'cut data into batches', rule, received: 'both' });
  }
  const rows = rowsOf(data);
  const given = options.batchSize ?? (steps === undefined ? undefined : Math.ceil(rows / steps));
  const { batchSize, shuffle, randomState } = checkParams('batches', spec, { ...options, batchSize: given });
  const positions = { length: rows, get: (index: number) => index };
  return new DataLoader(positions, {
    ...{ batchSize, shuffle, randomState },
    collate: chosen => ofTensors(data, tensor => takeRows(tensor, chosen)),
  });
}

/** {@link inBatches}, in the order of the samples. */
export function inOrder<Batch extends { readonly x: unknown }>(
  data: Data<Batch>,
  batchSize: number | undefined,
  steps?: number,
) {
  return inBatches(data, isWhole(data) ? { batchSize, shuffle: false, randomState: 0 } : { batchSize }, steps);
}

/**
 * All samples but the last ones, and the last ones, which are so large a share of all, rounded up.
 *
 * @throws InvalidParamError on data that come in batches, and unless the share leaves samples on both sides
 */
export function splitRows<Batch extends { readonly x: unknown }>(data: Data<Batch>, split: number): [Batch, Batch] {
  checkParam('a split for validation', 'validationSplit', share({ default: 0.2 }), split);
  const action = 'split data for validation';
  if (!isWhole(data)) {
    const rule = 'validationSplit must be left out where the data come in batches';
    throw new InvalidParamError({ action, rule, received: 'both' });
  }
  const rows = rowsOf(data);
  const at = Math.floor(rows * (1 - split));
  if (at === 0 || at === rows) {
    const rule = 'validationSplit must leave samples on both sides';
    throw new InvalidParamError({ action, rule, received: `${split} of ${rows}` });
  }
  const part = (from: number, to: number) => ofTensors(data, tensor => rowsBetween(tensor, from, to));
  return [part(0, at), part(at, rows)];
}

export function isWhole<Batch extends { readonly x: unknown }>(data: Data<Batch>): data is Batch {
  return 'x' in data;
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

function ofTensors<Batch>(data: Batch, change: (tensor: Tensor) => Tensor): Batch {
  return mapLeaves(data, leaf => (leaf instanceof Tensor ? change(leaf) : leaf)) as Batch;
}

function takeRows({ data, shape, size }: Tensor, rows: readonly number[]): Tensor {
  const width = size / shape[0]!;
  const taken = new Float32Array(rows.length * width);
  for (const [i, row] of rows.entries()) taken.set(data.subarray(row * width, (row + 1) * width), i * width);
  return new Tensor(taken, [rows.length, ...shape.slice(1)]);
}

/** As a view. */
function rowsBetween({ data, shape, size }: Tensor, from: number, to: number): Tensor {
  const width = size / shape[0]!;
  return new Tensor(data.subarray(from * width, to * width), [to - from, ...shape.slice(1)]);
}
