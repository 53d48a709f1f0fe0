/** Files of one array, as numpy's `save` writes them (NEP 1, R. Kern, 2007; `numpy.lib.format`). */
import { InvalidFileError, InvalidInputError, show, showShape } from '../../errors/index.ts';
import { type Shape, sizeOf } from '../tensor/index.ts';
import { checkBytes } from './check-bytes.ts';
import { fromHalf } from './half-floats.ts';
import { type NumberArray, type NumberData, type NumberType, readValues } from './number-array.ts';

const ACTION = 'read an npy file';
const MAGIC = Uint8Array.of(0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59);
/** The head ends, and the values begin, at a multiple of this. */
const ALIGNMENT = 64;
/** numpy refuses longer heads too. */
const LONGEST_HEAD = 10_000;

const TYPES: Readonly<Record<string, NumberType>> = {
  f8: { size: 8, read: bytes => new Float64Array(bytes) },
  f4: { size: 4, read: bytes => new Float32Array(bytes) },
  f2: { size: 2, read: bytes => fromHalf(new Uint16Array(bytes)) },
  i8: { size: 8, read: bytes => wholeNumbers(new BigInt64Array(bytes)) },
  u8: { size: 8, read: bytes => wholeNumbers(new BigUint64Array(bytes)) },
  i4: { size: 4, read: bytes => new Int32Array(bytes) },
  u4: { size: 4, read: bytes => new Uint32Array(bytes) },
  i2: { size: 2, read: bytes => new Int16Array(bytes) },
  u2: { size: 2, read: bytes => new Uint16Array(bytes) },
  i1: { size: 1, read: bytes => new Int8Array(bytes) },
  u1: { size: 1, read: bytes => new Uint8Array(bytes) },
  b1: { size: 1, read: bytes => new Uint8Array(bytes) },
};

/**
 * The array in a file of numpy's `save`: every type of number, either byte order, C and Fortran order, versions 1 to 3.
 * Halves become single, 64-bit whole numbers double precision, booleans 0 and 1.
 *
 * @throws InvalidFileError if it is damaged, a length lies, or it holds anything but numbers, or whole ones of more than
 * 53 bits
 *
 * @example
 * import { npyToBytes, readNpy, tensor } from 'fitwise/nn';
 * const array = readNpy(npyToBytes({ data: Int16Array.of(1, 2, 3, 4), shape: [2, 2] }));
 * tensor(array).toArray(); // [[1, 2], [3, 4]]
 */
export function readNpy(bytes: Uint8Array): NumberArray {
  checkBytes(ACTION, bytes);
  const { text, end } = headOf(bytes);
  const { descr, isFortran, shape } = parseHead(text);
  const [, order, code] = /^([<>=|]?)([a-z]\d)$/.exec(descr) ?? [];
  const type = code !== undefined && Object.hasOwn(TYPES, code) ? TYPES[code] : undefined;
  if (type === undefined) {
    return refuse(`its values must be of one of the types ${Object.keys(TYPES).join(', ')}`, show(descr));
  }
  const values = bytes.subarray(end);
  if (sizeOf(shape) * type.size !== values.length) {
    refuse(`it must hold the values of ${showShape(...shape)}`, `${values.length} bytes of ${type.size} a value`);
  }
  const data = readValues(values, type, order === '>');
  return { data: isFortran ? toRowOrder(data, shape) : data, shape };
}

const CODES: readonly (readonly [string, abstract: new (buffer: ArrayBuffer) => NumberData])[] = [
  ['<f8', Float64Array],
  ['<f4', Float32Array],
  ['<i4', Int32Array],
  ['<u4', Uint32Array],
  ['<i2', Int16Array],
  ['<u2', Uint16Array],
  ['|i1', Int8Array],
  ['|u1', Uint8Array],
];

/**
 * A file that numpy's `load` reads, of a tensor or of numbers with a shape.
 *
 * @throws InvalidInputError unless the shape holds the numbers
 */
export function npyToBytes({ data, shape }: NumberArray): Uint8Array {
  const descr = CODES.find(([, type]) => data instanceof type)?.[0];
  if (descr === undefined || !isShape(shape) || sizeOf(shape) !== data.length) {
    const rule = 'it must be a typed array of numbers with a shape that holds them';
    const received = descr === undefined ? show(data) : `${data.length} values and the shape ${show(shape)}`;
    throw new InvalidInputError({ action: 'write an npy file', rule, received });
  }
  const lengths = shape.length === 1 ? `${shape[0]},` : shape.join(', ');
  const head = `{'descr': '${descr}', 'fortran_order': False, 'shape': (${lengths}), }`;
  const start = MAGIC.length + 4;
  const end = Math.ceil((start + head.length + 1) / ALIGNMENT) * ALIGNMENT;
  const bytes = new Uint8Array(end + data.byteLength);
  bytes.set(MAGIC);
  bytes.set([1, 0, (end - start) & 255, (end - start) >> 8], MAGIC.length);
  bytes.set(new TextEncoder().encode(`${head.padEnd(end - start - 1)}\n`), start);
  bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), end);
  return bytes;
}

/** The text of the head, and where it ends. */
function headOf(bytes: Uint8Array): { readonly text: string; readonly end: number } {
  if (!MAGIC.every((byte, i) => bytes[i] === byte)) refuse("it must begin with '\\x93NUMPY'", 'other bytes');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const version = bytes[MAGIC.length];
  if (version === undefined || version < 1 || version > 3) refuse('its version must be 1, 2 or 3', `${version}`);
  const start = MAGIC.length + (version === 1 ? 4 : 6);
  if (start > bytes.length) refuse('its head must be whole', `${bytes.length} bytes`);
  const length = version === 1 ? view.getUint16(start - 2, true) : view.getUint32(start - 4, true);
  if (length > LONGEST_HEAD) refuse(`its head must have at most ${LONGEST_HEAD} bytes`, `${length}`);
  if (start + length > bytes.length) refuse('its head must be whole', `${length} bytes from ${bytes.length - start}`);
  const encoding = version === 3 ? 'utf-8' : 'latin1';
  return { text: new TextDecoder(encoding).decode(bytes.subarray(start, start + length)), end: start + length };
}

interface Head {
  readonly descr: string;
  readonly isFortran: boolean;
  readonly shape: Shape;
}

/** The head is a Python dict of three literals; nothing else is understood, and nothing evaluated. */
function parseHead(text: string): Head {
  const entry = /\s*'(descr|fortran_order|shape)'\s*:\s*(?:'([^']*)'|(True|False)|\(([\d\s,]*)\))\s*(?:,|(?=\}\s*$))/y;
  const found = new Map<string, RegExpExecArray>();
  const inner = /^\s*\{/.exec(text);
  let at = inner?.[0].length ?? 0;
  for (;;) {
    entry.lastIndex = at;
    const match = entry.exec(text);
    if (match === null) break;
    found.set(match[1]!, match);
    at = entry.lastIndex;
  }
  const [descr, order] = [found.get('descr')?.[2], found.get('fortran_order')?.[3]];
  const lengths = found
    .get('shape')?.[4]
    ?.split(',')
    .map(part => part.trim());
  const isWhole = inner !== null && /^\s*\}\s*$/.test(text.slice(at));
  if (!isWhole || descr === undefined || order === undefined || lengths === undefined) {
    return refuse('its head must be a dict of descr, fortran_order and shape', show(text.trimEnd()));
  }
  if (lengths.at(-1) === '') lengths.pop();
  const shape = lengths.map(length => (/^\d+$/.test(length) ? Number(length) : Number.NaN));
  if (!isShape(shape)) refuse('its shape must be whole numbers', show(lengths));
  return { descr, isFortran: order === 'True', shape };
}

/** Values that lie column by column, the first axis running fastest, row by row. */
function toRowOrder(data: NumberData, shape: Shape): NumberData {
  const out = data.slice();
  const strides = shape.map((_, axis) => sizeOf(shape.slice(0, axis)));
  const index = new Array<number>(shape.length).fill(0);
  let from = 0;
  for (let to = 0; to < out.length; to++) {
    out[to] = data[from]!;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      from += strides[axis]!;
      if (++index[axis]! < shape[axis]!) break;
      index[axis] = 0;
      from -= shape[axis]! * strides[axis]!;
    }
  }
  return out;
}

function wholeNumbers(values: BigInt64Array | BigUint64Array): Float64Array {
  const numbers = Float64Array.from(values as ArrayLike<unknown> as ArrayLike<bigint>, Number);
  const i = numbers.findIndex(value => !Number.isSafeInteger(value));
  return i < 0 ? numbers : refuse('whole numbers of 64 bits must fit 53', `${values[i]}`);
}

function isShape(shape: unknown): shape is Shape {
  return Array.isArray(shape) && shape.every(length => Number.isSafeInteger(length) && length >= 0);
}

function refuse(rule: string, received: string): never {
  throw new InvalidFileError({ action: ACTION, rule, received });
}
