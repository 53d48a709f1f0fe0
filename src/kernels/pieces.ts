import { ownArena } from './arena.ts';
import { Places } from './places.ts';

type Floats = Float32Array | Float64Array;

/** Bytes of one array that lie in the arena at a time, where a unit is not longer: they stay in the second-level cache. */
const PIECE = 65_536;
/** Bytes behind each piece, for kernels that read or write whole registers. */
const BEHIND = 16;

/** Arrays that a kernel passes over once. Inputs and outputs are of one kind and one length; an array may be both. */
export interface Passed {
  readonly inputs: readonly Floats[];
  readonly outputs: readonly Floats[];
  /** Whether each output is computed where the input of the same number lies, and may be that input. Default false. */
  readonly areOne?: boolean;
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

/** Takes arrays through this thread's own arena piece by piece. Outputs hold garbage before `run`. */
export function inPieces({ inputs, outputs, areOne = false, unit = 1, tables = [] }: Passed, run: RunPiece): void {
  const { length, BYTES_PER_ELEMENT: bytes } = inputs[0]!;
  const piece = Math.min(length, Math.max(1, Math.floor(PIECE / bytes / unit)) * unit);
  if (piece === 0) return;
  const places = new Places();
  const room = () => places.take(piece * bytes + BEHIND);
  const [ins, own] = [inputs.map(room), areOne ? [] : outputs.map(room)];
  const tableOffsets = tables.map(table => places.take(table.length * Float64Array.BYTES_PER_ELEMENT));
  const loan = ownArena.borrow(places.bytes);
  try {
    const { buffer } = ownArena.memory;
    const arena = inputs[0] instanceof Float32Array ? new Float32Array(buffer) : new Float64Array(buffer);
    const pointers = ins.map(offset => loan.pointer + offset);
    const outPointers = areOne ? pointers.slice(0, outputs.length) : own.map(offset => loan.pointer + offset);
    const inArena = tableOffsets.map((at, i) => new Float64Array(buffer, loan.pointer + at, tables[i]!.length));
    for (const [i, view] of inArena.entries()) view.set(tables[i]!);
    const tablePointers = inArena.map(({ byteOffset }) => byteOffset);
    for (let from = 0; from < length; from += piece) {
      const to = Math.min(length, from + piece);
      for (let i = 0; i < inputs.length; i++) arena.set(inputs[i]!.subarray(from, to), pointers[i]! / bytes);
      run(pointers, outPointers, tablePointers, (to - from) / unit, from / unit);
      for (let i = 0; i < outputs.length; i++) {
        const at = outPointers[i]! / bytes;
        outputs[i]!.set(arena.subarray(at, at + to - from), from);
      }
    }
    for (const [i, view] of inArena.entries()) tables[i]!.set(view);
  } finally {
    ownArena.giveBack(loan);
  }
}
