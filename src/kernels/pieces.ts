import { arenaMemory, borrow, giveBack } from './arena.ts';
import { Places } from './places.ts';

/** Floats of one array that lie in the arena at a time, where a unit is not longer: 64 kB, for the second-level cache. */
const PIECE = 16_384;
const [FLOAT, DOUBLE] = [Float32Array.BYTES_PER_ELEMENT, Float64Array.BYTES_PER_ELEMENT];
/** Bytes behind each piece, for kernels that read or write whole registers. */
const BEHIND = 16;

/** Arrays that a kernel passes over once. Inputs and outputs have one length; an array may be both. */
export interface Passed {
  readonly inputs: readonly Float32Array[];
  readonly outputs: readonly Float32Array[];
  /** Values that must stay together: the length is a multiple of it. Default 1. */
  readonly unit?: number;
  /** Lie in the arena as a whole, and are copied back at the end. */
  readonly tables?: readonly Float64Array[];
}

/** Pointers to a piece of each input and of each output, and to the tables; the piece has `count` units from unit `from` on. */
export type RunPiece = (
  inputs: readonly number[],
  outputs: readonly number[],
  tables: readonly number[],
  count: number,
  from: number,
) => void;

/** Takes arrays through the arena piece by piece. Outputs hold garbage before `run`. */
export function inPieces({ inputs, outputs, unit = 1, tables = [] }: Passed, run: RunPiece): void {
  const { length } = outputs[0] ?? inputs[0]!;
  const piece = Math.min(length, Math.max(1, Math.floor(PIECE / unit)) * unit);
  if (piece === 0) return;
  const places = new Places();
  const offsets = [...inputs, ...outputs].map(() => places.take(piece * FLOAT + BEHIND));
  const tableOffsets = tables.map(table => places.take(table.length * DOUBLE));
  const loan = borrow(places.bytes);
  try {
    const { buffer } = arenaMemory();
    const floats = new Float32Array(buffer);
    const pointers = offsets.map(offset => loan.pointer + offset);
    const [ins, outs] = [pointers.slice(0, inputs.length), pointers.slice(inputs.length)];
    const inArena = tableOffsets.map((at, i) => new Float64Array(buffer, loan.pointer + at, tables[i]!.length));
    for (const [i, view] of inArena.entries()) view.set(tables[i]!);
    const tablePointers = inArena.map(({ byteOffset }) => byteOffset);
    for (let from = 0; from < length; from += piece) {
      const to = Math.min(length, from + piece);
      for (let i = 0; i < ins.length; i++) floats.set(inputs[i]!.subarray(from, to), ins[i]! / FLOAT);
      run(ins, outs, tablePointers, (to - from) / unit, from / unit);
      for (let i = 0; i < outs.length; i++) {
        const at = outs[i]! / FLOAT;
        outputs[i]!.set(floats.subarray(at, at + to - from), from);
      }
    }
    for (const [i, view] of inArena.entries()) tables[i]!.set(view);
  } finally {
    giveBack(loan);
  }
}
