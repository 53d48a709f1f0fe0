/**
 * The safetensors container (Hugging Face, 2022): eight bytes of header length, a JSON header with each tensor's
 * type, shape and place, then the bytes. Nothing in it can run, and every length is checked before use.
 */
import { InvalidFileError, show } from '../errors/index.ts';
import type { Tensor } from './encode.ts';

const DTYPES = {
  F64: Float64Array,
  F32: Float32Array,
  I32: Int32Array,
  U32: Uint32Array,
  I16: Int16Array,
  U16: Uint16Array,
  I8: Int8Array,
  U8: Uint8Array,
} as const;
type Dtype = keyof typeof DTYPES;

/** Longest header that is read. */
const MAX_HEADER = 100_000_000;
const ALIGN = 8;

interface TensorEntry {
  readonly dtype: Dtype;
  readonly shape: readonly number[];
  readonly data_offsets: readonly [from: number, to: number];
}

export interface Container {
  readonly metadata: Readonly<Record<string, string>>;
  /** By position: named `0`, `1`, ... in the file. */
  readonly tensors: readonly Tensor[];
}

/** The container as bytes; tensors are one-dimensional, named by their position. */
export function writeSafetensors({ metadata, tensors }: Container): Uint8Array {
  const entries: Record<string, unknown> = { __metadata__: metadata };
  let end = 0;
  tensors.forEach((tensor, i) => {
    entries[String(i)] = {
      dtype: dtypeOf(tensor),
      shape: [tensor.length],
      data_offsets: [end, end + tensor.byteLength],
    };
    end += tensor.byteLength;
  });
  return joinSafetensors(entries, tensors);
}

/** A file from its header and what the header describes, one behind the other. */
export function joinSafetensors(header: object, parts: readonly ArrayBufferView[]): Uint8Array {
  const json = new TextEncoder().encode(JSON.stringify(header));
  const padded = Math.ceil(json.length / ALIGN) * ALIGN;
  const end = parts.reduce((sum, { byteLength }) => sum + byteLength, 0);
  const bytes = new Uint8Array(8 + padded + end).fill(0x20, 8, 8 + padded);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(padded), true);
  bytes.set(json, 8);
  let at = 8 + padded;
  for (const { buffer, byteOffset, byteLength } of parts) {
    bytes.set(new Uint8Array(buffer, byteOffset, byteLength), at);
    at += byteLength;
  }
  return bytes;
}

/**
 * The container that bytes hold.
 *
 * @throws InvalidFileError if the bytes are cut short, a length lies, or tensors overlap or leave gaps.
 */
export function readSafetensors(given: Uint8Array): Container {
  const { metadata, entries, data } = openSafetensors(given);
  const count = Object.keys(entries).length;
  let expected = 0;
  const checked = Array.from({ length: count }, (_, i) => {
    const entry = checkEntry(entries[String(i)], String(i), expected, data.length);
    expected = entry.data_offsets[1];
    return entry;
  });
  if (expected !== data.length) {
    refuse('the file must end with its last tensor', `${data.length - expected} bytes more`);
  }
  return { metadata: checkMetadata(metadata), tensors: checked.map(entry => readTensor(data, entry)) };
}

/** The three parts of a file, the entries not yet looked at. */
export interface OpenContainer {
  readonly metadata: unknown;
  readonly entries: Readonly<Record<string, unknown>>;
  readonly data: Uint8Array;
}

/** @throws InvalidFileError if there is no header, or its length lies. */
export function openSafetensors(given: Uint8Array): OpenContainer {
  if (!(given instanceof Uint8Array)) refuse('the bytes must be a Uint8Array', show(given));
  // Node's Buffer is a Uint8Array whose slice is a view.
  const bytes = new Uint8Array(given.buffer, given.byteOffset, given.byteLength);
  if (bytes.length < 8) refuse('the file must begin with a length of 8 bytes', `${bytes.length} bytes`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = view.getBigUint64(0, true);
  if (length > BigInt(Math.min(MAX_HEADER, bytes.length - 8))) {
    refuse('the header must lie within the file', `header length ${length} in ${bytes.length} bytes`);
  }
  const dataStart = 8 + Number(length);
  const { __metadata__: metadata = {}, ...entries } = parseHeader(bytes.subarray(8, dataStart));
  return { metadata, entries, data: bytes.subarray(dataStart) };
}

function dtypeOf(tensor: Tensor): Dtype {
  return (Object.keys(DTYPES) as Dtype[]).find(dtype => tensor instanceof DTYPES[dtype])!;
}

function parseHeader(json: Uint8Array): Record<string, unknown> {
  let header: unknown;
  try {
    header = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(json));
  } catch {
    refuse('the header must be JSON', 'another text');
  }
  if (typeof header === 'object' && header !== null && !Array.isArray(header)) return header as Record<string, unknown>;
  return refuse('the header must be a JSON object', show(header));
}

export function checkMetadata(metadata: unknown): Record<string, string> {
  const isRecord = typeof metadata === 'object' && metadata !== null && Object.values(metadata).every(isText);
  return isRecord ? (metadata as Record<string, string>) : refuse('the metadata must be text by name', show(metadata));
}

function checkEntry(entry: unknown, name: string, expected: number, available: number): TensorEntry {
  const { dtype, shape, data_offsets: offsets } = (entry ?? {}) as Partial<TensorEntry>;
  if (typeof dtype !== 'string' || !Object.hasOwn(DTYPES, dtype))
    refuse(`tensor ${name} must have a known type`, show(dtype));
  if (!Array.isArray(shape) || shape.length !== 1 || !isCount(shape[0]))
    refuse(`tensor ${name} must have one dimension`, show(shape));
  if (!Array.isArray(offsets) || offsets.length !== 2 || !offsets.every(isCount)) {
    refuse(`tensor ${name} must have two offsets`, show(offsets));
  }
  const [from, to] = offsets as unknown as [number, number];
  const size = (shape[0] as number) * DTYPES[dtype as Dtype].BYTES_PER_ELEMENT;
  if (from !== expected || to - from !== size || to > available) {
    refuse(`tensor ${name} must lie right behind the one before and within the file`, `offsets ${show(offsets)}`);
  }
  return entry as TensorEntry;
}

/** Copies, because a place in the file need not be aligned for its type. */
function readTensor(data: Uint8Array, { dtype, data_offsets: [from, to] }: TensorEntry): Tensor {
  return new DTYPES[dtype](data.slice(from, to).buffer);
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function refuse(rule: string, received: string): never {
  throw new InvalidFileError({ action: 'load a model', rule, received });
}
