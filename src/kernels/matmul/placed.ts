import { type Arena, sharedArena } from '../arena.ts';
import type { Floats, Operand } from './product.ts';

/** An operand in the arena: where it begins and its strides, in bytes. */
export interface Placed {
  readonly pointer: number;
  readonly row: number;
  readonly column: number;
}

/** An operand whose elements may be of either precision. */
export interface PlacedOperand extends Placed {
  /** Of one element. */
  readonly bytes: number;
}

/** Where an operand of `rows` x `columns` will lie: without gaps, in the order that it has now. */
export function placeAt(pointer: number, { data, column }: Operand, rows: number, columns: number): PlacedOperand {
  const bytes = data.BYTES_PER_ELEMENT;
  return column === 1
    ? { pointer, row: columns * bytes, column: bytes, bytes }
    : { pointer, row: bytes, column: rows * bytes, bytes };
}

export function copyIn(
  { pointer }: Placed,
  source: Operand,
  rows: number,
  columns: number,
  arena: Arena = sharedArena,
): void {
  const { data, start, row, column } = source;
  const [lines, length, stride] = column === 1 ? [rows, columns, row] : [columns, rows, column];
  const values = valuesOf(arena, data);
  let to = pointer / data.BYTES_PER_ELEMENT;
  if (stride === length) {
    values.set(part(data, start, lines * length), to);
    return;
  }
  for (let from = start, last = start + lines * stride; from < last; from += stride, to += length) {
    values.set(data.subarray(from, from + length), to);
  }
}

export function copyOut(
  { pointer }: Placed,
  { data, start, row }: Operand,
  rows: number,
  columns: number,
  arena: Arena = sharedArena,
): void {
  const values = valuesOf(arena, data);
  const from = pointer / data.BYTES_PER_ELEMENT;
  if (row === columns) {
    data.set(values.subarray(from, from + rows * columns), start);
    return;
  }
  for (let i = 0; i < rows; i++) {
    data.set(values.subarray(from + i * columns, from + (i + 1) * columns), start + i * row);
  }
}

/** The arena as elements of the same kind; good until the next loan. */
function valuesOf(arena: Arena, data: Floats): Floats {
  return data instanceof Float64Array ? arena.doubles : arena.floats;
}

function part(data: Floats, start: number, length: number): Floats {
  return start === 0 && data.length === length ? data : data.subarray(start, start + length);
}
