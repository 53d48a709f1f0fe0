import type { Tensor as TypedNumbers } from '../../core/index.ts';
import type { Shape } from '../tensor/index.ts';

/** What numbers are kept in: the arrays that the library's own files hold, too. */
export type NumberData = TypedNumbers;

/** Numbers of one type in any number of axes, row by row: what array files hold. `tensor` makes a tensor of it. */
export interface NumberArray<D extends NumberData = NumberData> {
  readonly data: D;
  readonly shape: Shape;
}

/** Bytes of a value, and how values are read. */
export interface NumberType {
  readonly size: number;
  /** @param bytes little-endian, in memory of their own that begins with them; whole values */
  readonly read: (bytes: ArrayBuffer) => NumberData;
}

/** The values in a copy of the bytes, which may be big-endian and need not be aligned. */
export function readValues(bytes: Uint8Array, { size, read }: NumberType, isBigEndian: boolean): NumberData {
  const copy = bytes.slice();
  if (isBigEndian && size > 1) for (let at = 0; at < copy.length; at += size) copy.subarray(at, at + size).reverse();
  return read(copy.buffer);
}
