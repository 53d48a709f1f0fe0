import { arenaMemory } from '../arena.ts';
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

export function copyIn({ pointer }: Placed, source: Operand, rows: number, columns: number): void {
  const { data, start, row, column } = source;
  const [lines, length, stride] = column === 1 ? [rows, columns, row] : [columns, rows, column];
  const arena = arenaAs(data);
  let to = pointer / data.BYTES_PER_ELEMENT;
  if (stride === length) {
    arena.set(part(data, start, lines * length), to);
    return;
  }
  for (let from = start, last = start + lines * stride; from < last; from += stride, to += length) {
    arena.set(data.subarray(from, from + length), to);
  }
}

export function copyOut({ pointer }: Placed, { data, start, row }: Operand, rows: number, columns: number): void {
  const arena = arenaAs(data);
  const from = pointer / data.BYTES_PER_ELEMENT;
  if (row === columns) {
    data.set(arena.subarray(from, from + rows * columns), start);
    return;
  }
  for (let i = 0; i < rows; i++) {
    data.set(arena.subarray(from + i * columns, from + (i + 1) * columns), start + i * row);
  }
}

let doubles = new Float64Array(0);
let floats = new Float32Array(0);

/** The arena as elements of the same kind; good until it grows. */
function arenaAs(data: Floats): Floats {
  const { buffer } = arenaMemory();
  if (data instanceof Float64Array) {
    if (doubles.buffer !== buffer) doubles = new Float64Array(buffer);
    return doubles;
  }
  if (floats.buffer !== buffer) floats = new Float32Array(buffer);
  return floats;
}

function part(data: Floats, start: number, length: number): Floats {
  return start === 0 && data.length === length ? data : data.subarray(start, start + length);
}
