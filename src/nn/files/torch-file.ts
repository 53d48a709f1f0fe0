/** torch's own files (`torch.save`): a zip archive with a pickle and the bytes of each storage. */
import { InvalidFileError, show } from '../../errors/index.ts';
import type { StateDict } from '../module/index.ts';
import { type Shape, sizeOf, Tensor } from '../tensor/index.ts';
import { fromBfloat, fromHalf } from './half-floats.ts';
import { type Constructor, unpickle } from './unpickle.ts';
import { readStoredZip } from './zip.ts';

export interface TorchFileOptions {
  /** Where the file holds more than a state dict: the key under which that stands. */
  readonly key?: string;
}

/** Bytes of a value, and how values become single-precision ones. */
interface StorageKind {
  readonly size: number;
  readonly read: (buffer: ArrayBuffer) => Float32Array;
}

const STORAGES: Readonly<Record<string, StorageKind>> = {
  FloatStorage: { size: 4, read: buffer => new Float32Array(buffer) },
  DoubleStorage: { size: 8, read: buffer => Float32Array.from(new Float64Array(buffer)) },
  HalfStorage: { size: 2, read: buffer => fromHalf(new Uint16Array(buffer)) },
  BFloat16Storage: { size: 2, read: buffer => fromBfloat(new Uint16Array(buffer)) },
  LongStorage: { size: 8, read: buffer => Float32Array.from(new BigInt64Array(buffer), Number) },
  IntStorage: { size: 4, read: buffer => Float32Array.from(new Int32Array(buffer)) },
  ShortStorage: { size: 2, read: buffer => Float32Array.from(new Int16Array(buffer)) },
  CharStorage: { size: 1, read: buffer => Float32Array.from(new Int8Array(buffer)) },
  ByteStorage: { size: 1, read: buffer => Float32Array.from(new Uint8Array(buffer)) },
  BoolStorage: { size: 1, read: buffer => Float32Array.from(new Uint8Array(buffer)) },
};

/**
 * The state dict in a file of `torch.save`, in single precision.
 *
 * @throws InvalidFileError if the file is damaged, names anything but tensors, or holds no state dict
 */
export function readTorchFile(bytes: Uint8Array, { key }: TorchFileOptions = {}): StateDict {
  const members = readStoredZip(bytes);
  const place = [...members.keys()].find(name => name.endsWith('/data.pkl'));
  if (place === undefined) refuse('it must hold data.pkl', show([...members.keys()]));
  const folder = place.slice(0, -'data.pkl'.length);
  const order = members.get(`${folder}byteorder`);
  if (order !== undefined && new TextDecoder().decode(order) !== 'little')
    refuse('its bytes must be little-endian', 'big');
  const root = unpickle(members.get(place)!, { globals: GLOBALS, persistent: id => storageOf(id, members, folder) });
  return asStateDict(key === undefined ? root : entryOf(root, key));
}

/** Storages are told by name first, and made when their place in the archive is known. */
const GLOBALS: Readonly<Record<string, Constructor>> = {
  'collections OrderedDict': () => new Map(),
  'torch._utils _rebuild_tensor_v2': rebuildTensor,
  ...Object.fromEntries(Object.entries(STORAGES).map(([name, stored]) => [`torch ${name}`, () => stored])),
};

function storageOf(id: unknown, members: ReadonlyMap<string, Uint8Array>, folder: string): Float32Array {
  const [kind, type, name] = Array.isArray(id) ? id : [];
  const stored = typeof type === 'function' ? ((type as Constructor)([]) as Partial<StorageKind>) : undefined;
  const bytes = members.get(`${folder}data/${name}`);
  if (kind !== 'storage' || stored?.read === undefined || stored.size === undefined || bytes === undefined) {
    return refuse('every storage must be in the archive', show(name));
  }
  if (bytes.length % stored.size !== 0) refuse('storages must be whole', show(name));
  // A copy, because a place in the archive need not be aligned for its type.
  return stored.read(bytes.slice().buffer);
}

/** `(storage, offset, shape, strides, ...)`, laid out row by row. */
function rebuildTensor([storage, offset, shape, strides]: readonly unknown[]): Tensor {
  const isWhole =
    storage instanceof Float32Array &&
    isCounts([offset]) &&
    isCounts(shape) &&
    isCounts(strides) &&
    shape.length === strides.length;
  if (!isWhole) refuse('every tensor must have a storage, a shape and strides', show(shape));
  const last = shape.reduce((at, length, axis) => at + (length - 1) * strides[axis]!, offset as number);
  const size = sizeOf(shape);
  // One that repeats values of its storage could ask for any amount of memory.
  if (size > storage.length || (size > 0 && last >= storage.length)) {
    refuse('every tensor must lie within its storage', show(shape));
  }
  const data = new Float32Array(size);
  gather(storage, offset as number, shape, strides, 0, data, 0);
  return new Tensor(data, shape);
}

/** Copies what lies below one axis; gives how far the copy has come. */
function gather(
  from: Float32Array,
  start: number,
  shape: Shape,
  strides: readonly number[],
  axis: number,
  to: Float32Array,
  at: number,
): number {
  if (to.length === 0) return 0;
  if (axis === shape.length) {
    to[at] = from[start]!;
    return at + 1;
  }
  let next = at;
  for (let i = 0; i < shape[axis]!; i++)
    next = gather(from, start + i * strides[axis]!, shape, strides, axis + 1, to, next);
  return next;
}

function entryOf(root: unknown, key: string): unknown {
  return root instanceof Map && root.has(key) ? root.get(key) : refuse(`it must hold ${show(key)}`, describe(root));
}

function asStateDict(root: unknown): StateDict {
  if (root instanceof Map && [...root.values()].every(value => value instanceof Tensor))
    return Object.fromEntries(root);
  const problem = { action: 'load a torch file', rule: 'it must hold a state dict: tensors by name' };
  throw new InvalidFileError({ ...problem, received: describe(root), repair: 'pass { key } where it is a part' });
}

function describe(root: unknown): string {
  return root instanceof Map ? `a dict with keys ${show([...root.keys()])}` : show(root);
}

function isCounts(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.every(item => Number.isSafeInteger(item) && item >= 0);
}

function refuse(rule: string, received: string): never {
  throw new InvalidFileError({ action: 'load a torch file', rule, received });
}
