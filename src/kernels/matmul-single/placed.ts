import { arenaMemory } from '../arena.ts';
import type { SingleOperand } from './reference.ts';

const FLOAT = 4;

/** An operand in the arena: where it begins and its strides, in bytes. */
export interface Placed {
  readonly pointer: number;
  readonly row: number;
  readonly column: number;
}

/** Where an operand of `rows` x `columns` will lie; it takes 4 bytes an element. */
export function placeAt(pointer: number, { column }: SingleOperand, rows: number, columns: number): Placed {
  return column === 1
    ? { pointer, row: columns * FLOAT, column: FLOAT }
    : { pointer, row: FLOAT, column: rows * FLOAT };
}

export function copyIn(source: SingleOperand, rows: number, columns: number, { pointer }: Placed): void {
  const { data, start, row, column } = source;
  const [lines, length, stride] = column === 1 ? [rows, columns, row] : [columns, rows, column];
  const floats = heap();
  let to = pointer / FLOAT;
  if (stride === length) {
    floats.set(part(data, start, lines * length), to);
    return;
  }
  for (let from = start, last = start + lines * stride; from < last; from += stride, to += length) {
    floats.set(data.subarray(from, from + length), to);
  }
}

export function copyOut({ pointer }: Placed, { data, start, row }: SingleOperand, rows: number, columns: number): void {
  const floats = heap();
  const from = pointer / FLOAT;
  if (row === columns) {
    data.set(floats.subarray(from, from + rows * columns), start);
    return;
  }
  for (let i = 0; i < rows; i++) {
    data.set(floats.subarray(from + i * columns, from + (i + 1) * columns), start + i * row);
  }
}

let view = new Float32Array(0);

/** The arena as floats; good until it grows. */
function heap(): Float32Array {
  const { buffer } = arenaMemory();
  if (view.buffer !== buffer) view = new Float32Array(buffer);
  return view;
}

function part(data: Float32Array, start: number, length: number): Float32Array {
  return start === 0 && data.length === length ? data : data.subarray(start, start + length);
}
