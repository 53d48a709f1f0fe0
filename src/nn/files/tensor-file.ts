/**
 * Tensors by name in the safetensors container (Hugging Face, 2022), as torch and its relatives read and write it.
 * Nothing in a file can run, and every length is checked before anything is allocated.
 */
import type { Tensor as StoredArray } from '../../core/index.ts';
import { checkMetadata, joinSafetensors, openSafetensors } from '../../core/safetensors.ts';
import { InvalidFileError, show } from '../../errors/index.ts';
import { type Shape, sizeOf, Tensor } from '../tensor/index.ts';
import { fromBfloat, fromHalf } from './half-floats.ts';

export interface TensorFile {
  readonly tensors: Readonly<Record<string, Tensor>>;
  readonly metadata: Readonly<Record<string, string>>;
}

/** Bytes of a value, and how values become single-precision ones; 64-bit whole numbers must fit 53 bits. */
interface Dtype {
  readonly size: number;
  readonly read: (buffer: ArrayBuffer) => Float32Array;
  /** The array of this type. */
  readonly array?: new (
    buffer: ArrayBuffer,
  ) => StoredArray;
}

const DTYPES: Readonly<Record<string, Dtype>> = {
  F32: { size: 4, read: buffer => new Float32Array(buffer), array: Float32Array },
  F64: { size: 8, read: buffer => Float32Array.from(new Float64Array(buffer)), array: Float64Array },
  F16: { size: 2, read: buffer => fromHalf(new Uint16Array(buffer)) },
  BF16: { size: 2, read: buffer => fromBfloat(new Uint16Array(buffer)) },
  I64: { size: 8, read: buffer => Float32Array.from(new BigInt64Array(buffer), Number) },
  U64: { size: 8, read: buffer => Float32Array.from(new BigUint64Array(buffer), Number) },
  I32: { size: 4, read: buffer => Float32Array.from(new Int32Array(buffer)), array: Int32Array },
  U32: { size: 4, read: buffer => Float32Array.from(new Uint32Array(buffer)), array: Uint32Array },
  I16: { size: 2, read: buffer => Float32Array.from(new Int16Array(buffer)), array: Int16Array },
  U16: { size: 2, read: buffer => Float32Array.from(new Uint16Array(buffer)), array: Uint16Array },
  I8: { size: 1, read: buffer => Float32Array.from(new Int8Array(buffer)), array: Int8Array },
  U8: { size: 1, read: buffer => Float32Array.from(new Uint8Array(buffer)), array: Uint8Array },
  BOOL: { size: 1, read: buffer => Float32Array.from(new Uint8Array(buffer)) },
};

/** torch keeps these counts as 64-bit whole numbers. */
const isCount = (name: string): boolean => /(^|\.)num_batches_tracked$/.test(name);

/** What one name stands for in a file. */
interface Part {
  readonly name: string;
  readonly dtype: string;
  readonly shape: Shape;
  readonly values: ArrayBufferView;
}

/**
 * A file of tensors that Python's `safetensors.torch.load_file` reads.
 *
 * @example
 * import { Linear, tensorsFromBytes, tensorsToBytes } from 'fitwise/nn';
 * const { tensors } = tensorsFromBytes(tensorsToBytes(new Linear(3, 2).stateDict()));
 * tensors.weight.shape; // [2, 3]
 */
export function tensorsToBytes(
  tensors: Readonly<Record<string, Tensor>>,
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array {
  return packParts(tensors, {}, metadata);
}

/** As {@link tensorsToBytes}, with arrays besides the tensors. */
export function packParts(
  tensors: Readonly<Record<string, Tensor>>,
  arrays: Readonly<Record<string, StoredArray>>,
  metadata: Readonly<Record<string, string>>,
): Uint8Array {
  const parts = [...Object.entries(tensors).map(tensorPart), ...Object.entries(arrays).map(arrayPart)];
  // The widest values first, so that all are aligned; then by name, as the reference writer has it.
  const size = ({ dtype }: Part) => DTYPES[dtype]!.size;
  parts.sort((a, b) => size(b) - size(a) || (a.name < b.name ? -1 : 1));
  const header: Record<string, unknown> = { __metadata__: { format: 'pt', ...metadata } };
  let end = 0;
  for (const { name, dtype, shape, values } of parts) {
    header[name] = { dtype, shape, data_offsets: [end, end + values.byteLength] };
    end += values.byteLength;
  }
  return joinSafetensors(
    header,
    parts.map(({ values }) => values),
  );
}

function tensorPart([name, { data, shape }]: [string, Tensor]): Part {
  if (!isCount(name)) return { name, dtype: 'F32', shape, values: data };
  return { name, dtype: 'I64', shape, values: BigInt64Array.from(data, value => BigInt(value)) };
}

function arrayPart([name, values]: [string, StoredArray]): Part {
  const [dtype] = Object.entries(DTYPES).find(([, { array }]) => array !== undefined && values instanceof array)!;
  return { name, dtype, shape: [values.length], values };
}

/**
 * The tensors of a file, in single precision whatever they were stored in.
 *
 * @throws InvalidFileError if the bytes are cut short, a length lies, or tensors overlap or leave gaps
 */
export function tensorsFromBytes(bytes: Uint8Array): TensorFile {
  const { names, tensor, metadata } = openParts(bytes);
  return { tensors: Object.fromEntries(names.map(name => [name, tensor(name)])), metadata };
}

/** A checked file whose parts are read one by one. */
export interface OpenParts {
  readonly names: readonly string[];
  readonly metadata: Readonly<Record<string, string>>;
  tensor(name: string): Tensor;
  array(name: string): StoredArray;
}

/** As {@link tensorsFromBytes}, for those who tell tensors and arrays apart by name. */
export function openParts(bytes: Uint8Array): OpenParts {
  const { metadata, entries, data } = openSafetensors(bytes);
  const found = Object.entries(entries).map(([name, entry]) => checkEntry(name, entry, data.length));
  checkCover(found, data.length);
  const byName = new Map(found.map(entry => [entry.name, entry]));
  // Copies, because a place in the file need not be aligned for its type.
  const bufferOf = ({ from, to }: Entry) => data.slice(from, to).buffer as ArrayBuffer;
  return {
    names: [...byName.keys()],
    metadata: checkMetadata(metadata),
    tensor(name) {
      const entry = byName.get(name)!;
      return new Tensor(DTYPES[entry.dtype]!.read(bufferOf(entry)), entry.shape);
    },
    array(name) {
      const entry = byName.get(name)!;
      const { array } = DTYPES[entry.dtype]!;
      return array === undefined ? refuse(`${show(name)} must be an array`, entry.dtype) : new array(bufferOf(entry));
    },
  };
}

interface Entry {
  readonly name: string;
  readonly dtype: string;
  readonly shape: Shape;
  readonly from: number;
  readonly to: number;
}

function checkEntry(name: string, entry: unknown, available: number): Entry {
  const { dtype, shape, data_offsets: offsets } = (entry ?? {}) as Record<string, unknown>;
  if (name === '__proto__') refuse("no tensor may be called '__proto__'", 'one');
  if (typeof dtype !== 'string' || !Object.hasOwn(DTYPES, dtype)) {
    refuse(`tensor ${show(name)} must have one of the types ${Object.keys(DTYPES).join(', ')}`, show(dtype));
  }
  if (!isCounts(shape)) refuse(`tensor ${show(name)} must have a shape`, show(shape));
  if (!isCounts(offsets) || offsets.length !== 2) refuse(`tensor ${show(name)} must have two offsets`, show(offsets));
  const [from, to] = offsets as readonly [number, number];
  if (to > available || to - from !== sizeOf(shape) * DTYPES[dtype]!.size) {
    refuse(`tensor ${show(name)} must lie within the file and fill its shape`, `offsets ${show(offsets)}`);
  }
  return { name, dtype, shape, from, to };
}

/** Every byte belongs to one tensor. */
function checkCover(entries: readonly Entry[], length: number): void {
  let expected = 0;
  for (const { name, from, to } of [...entries].sort((a, b) => a.from - b.from || a.to - b.to)) {
    if (from !== expected) refuse(`tensor ${show(name)} must lie right behind the one before`, `offset ${from}`);
    expected = to;
  }
  if (expected !== length) refuse('the file must end with its last tensor', `${length - expected} bytes more`);
}

function isCounts(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.every(item => Number.isSafeInteger(item) && item >= 0);
}

function refuse(rule: string, received: string): never {
  throw new InvalidFileError({ action: 'load tensors', rule, received });
}
