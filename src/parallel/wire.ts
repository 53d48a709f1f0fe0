/**
 * What crosses threads. Structured cloning carries plain data and typed arrays but drops classes, so every object is
 * put in an envelope that says what it is; arrays, typed arrays and primitives travel bare.
 */
import { CsrMatrix, Frame, Matrix } from '../array/index.ts';
import { show, UnsupportedError } from '../errors/index.ts';

export type TypedArray =
  | Float64Array
  | Float32Array
  | Int32Array
  | Uint32Array
  | Int16Array
  | Uint16Array
  | Int8Array
  | Uint8Array
  | Uint8ClampedArray;

export type Wire =
  | undefined
  | null
  | boolean
  | number
  | string
  | TypedArray
  | WebAssembly.Memory
  | readonly Wire[]
  | Envelope;

type Envelope =
  | { readonly is: 'object'; readonly entries: Readonly<Record<string, Wire>> }
  | { readonly is: 'matrix'; readonly data: Wire; readonly rows: number; readonly columns: number }
  | { readonly is: 'csr'; readonly arrays: readonly Wire[]; readonly rows: number; readonly columns: number }
  | { readonly is: 'frame'; readonly columns: Wire; readonly rows: number };

/** Says in which memory a typed array travels. */
export type Place = (array: TypedArray) => TypedArray;

/** Cloning a part of a buffer would clone all of it, so parts are copied out. */
export const compact: Place = array => (array.byteLength < array.buffer.byteLength ? array.slice() : array);

/** As {@link compact}, and out of shared memory, which others will reuse. */
export const detach: Place = array => (array.buffer instanceof ArrayBuffer ? compact(array) : array.slice());

/**
 * Plain data, or instances of Matrix, CsrMatrix and Frame, as they cross threads.
 *
 * @param name Names the value in the error sentence.
 * @throws UnsupportedError if there is anything else in it: functions, dates, other classes.
 */
export function encode(value: unknown, name: string, place: Place = compact): Wire {
  if (typeof value === 'object' && value !== null) return encodeObject(value, name, place);
  if (typeof value === 'function' || typeof value === 'symbol' || typeof value === 'bigint') refuse(value, name);
  return value as Wire;
}

function encodeObject(value: object, name: string, place: Place): Wire {
  if (ArrayBuffer.isView(value) && !(value instanceof DataView)) return place(value as TypedArray);
  // What is not shared cannot be sent; whoever gets it makes do without.
  if (isMemory(value)) return value.buffer instanceof ArrayBuffer ? undefined : value;
  if (Array.isArray(value)) return value.map((item, i) => encodeItem(item, i, name, place));
  if (value instanceof Matrix) {
    return { is: 'matrix', data: place(value.data), rows: value.rows, columns: value.columns };
  }
  if (value instanceof CsrMatrix) {
    const { data, indices, indptr, rows, columns } = value;
    return { is: 'csr', arrays: [place(data), place(indices), place(indptr)], rows, columns };
  }
  if (value instanceof Frame) {
    return { is: 'frame', columns: encode(value.columns, `${name}.columns`, place), rows: value.rows };
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) refuse(value, name);
  const entries = Object.entries(value).map(([key, item]) => [key, encode(item, `${name}.${key}`, place)] as const);
  return { is: 'object', entries: Object.fromEntries(entries) };
}

/** Kernels' memory; some hosts have none. */
function isMemory(value: object): value is WebAssembly.Memory {
  return typeof WebAssembly !== 'undefined' && value instanceof WebAssembly.Memory;
}

/** Long arrays hold numbers or strings, for which no name is made. */
function encodeItem(item: unknown, i: number, name: string, place: Place): Wire {
  return typeof item === 'number' || typeof item === 'string' ? item : encode(item, `${name}[${i}]`, place);
}

function refuse(value: unknown, name: string): never {
  throw new UnsupportedError({
    action: 'hand data to another thread',
    rule: `${name} must be plain data, typed arrays, Matrix, CsrMatrix or Frame`,
    received: show(value),
    repair: 'use nJobs 1',
  });
}

/** The value that {@link encode} was given; typed arrays are those of `wire`, not copies. */
export function decode(wire: Wire): unknown {
  if (typeof wire !== 'object' || wire === null || ArrayBuffer.isView(wire)) return wire;
  if (isMemory(wire)) return wire;
  if (!('is' in wire)) return wire.map(decode);
  switch (wire.is) {
    case 'matrix':
      return new Matrix(wire.data as Float64Array, wire.rows, wire.columns);
    case 'csr': {
      const [data, indices, indptr] = wire.arrays as [Float64Array, Int32Array, Int32Array];
      return new CsrMatrix(data, indices, indptr, wire.rows, wire.columns);
    }
    case 'frame':
      return new Frame(decode(wire.columns) as Frame['columns'], wire.rows);
    default:
      return Object.fromEntries(Object.entries(wire.entries).map(([key, item]) => [key, decode(item)]));
  }
}
