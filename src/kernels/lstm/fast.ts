/** The steps of an LSTM in the arena, where the weight stays packed from the first to the last. */
import { ownArena } from '../arena.ts';
import type { PanelExports } from '../matmul/blocked.ts';
import {
  multiplyByPacked,
  packColumnsOnce,
  packedColumnsBytes,
  packedRowsBytes,
  TILE_BYTES,
} from '../packed-weight.ts';
import { withRooms } from '../rooms.ts';
import type { LstmGradients, LstmMemory, LstmSize } from './sizes.ts';

export interface LstmKernels {
  readonly product: PanelExports;
  readonly stepForward: (gates: number, cells: number, states: number, batch: number, hidden: number) => void;
  readonly stepBack: (
    gates: number, before: number, after: number, grad: number, arriving: number, ofCell: number, batch: number,
    hidden: number,
  ) => void; // biome-ignore format: as the kernel's parameters
}

const FLOAT = Float32Array.BYTES_PER_ELEMENT;

export function runLstm(kernels: LstmKernels, memory: LstmMemory, weight: Float32Array, size: LstmSize): void {
  const { steps, batch, hidden } = size;
  const { gates, cells, states } = memory;
  const length = batch * hidden;
  withRooms(sizesOf(size), at => {
    ownArena.put(at.weight, weight);
    const b = { pointer: at.weight, row: FLOAT, column: hidden * FLOAT };
    packColumnsOnce(kernels.product, 4 * hidden, hidden, b, at.packed);
    ownArena.put(at.after, cells.subarray(0, length));
    ownArena.put(at.state, states.subarray(0, length));
    for (let t = 0; t < steps; t++) {
      const now = gates.subarray(4 * t * length, 4 * (t + 1) * length);
      ownArena.put(at.gates, now);
      const sizes = { m: batch, n: 4 * hidden, k: hidden };
      multiplyByPacked(kernels.product, sizes, at.state, at.packed, at.gates, true, at);
      kernels.stepForward(at.gates, at.after, at.state, batch, hidden);
      ownArena.take(at.gates, now);
      ownArena.take(at.after, cells.subarray((t + 1) * length, (t + 2) * length));
      ownArena.take(at.state, states.subarray((t + 1) * length, (t + 2) * length));
    }
  });
}

export function runLstmBack(
  kernels: LstmKernels,
  grad: Float32Array,
  { gates, cells }: LstmMemory,
  weight: Float32Array,
  size: LstmSize,
  { ofGates, ofState, ofCell }: LstmGradients,
): void {
  const { steps, batch, hidden } = size;
  const length = batch * hidden;
  withRooms(sizesOf(size), at => {
    ownArena.put(at.weight, weight);
    const b = { pointer: at.weight, row: hidden * FLOAT, column: FLOAT };
    packColumnsOnce(kernels.product, hidden, 4 * hidden, b, at.packed);
    ownArena.put(at.state, ofState);
    ownArena.put(at.ofCell, ofCell);
    for (let t = steps - 1; t >= 0; t--) {
      ownArena.put(at.gates, gates.subarray(4 * t * length, 4 * (t + 1) * length));
      ownArena.put(at.before, cells.subarray(t * length, (t + 1) * length));
      ownArena.put(at.after, cells.subarray((t + 1) * length, (t + 2) * length));
      ownArena.put(at.grad, grad.subarray(t * length, (t + 1) * length));
      kernels.stepBack(at.gates, at.before, at.after, at.grad, at.state, at.ofCell, batch, hidden);
      ownArena.take(at.gates, ofGates.subarray(4 * t * length, 4 * (t + 1) * length));
      const sizes = { m: batch, n: hidden, k: 4 * hidden };
      multiplyByPacked(kernels.product, sizes, at.gates, at.packed, at.state, false, at);
    }
    ownArena.take(at.state, ofState);
    ownArena.take(at.ofCell, ofCell);
  });
}

/** Bytes of what lies in the arena. */
function sizesOf({ batch, hidden }: LstmSize) {
  const bytes = batch * hidden * FLOAT;
  const packed = Math.max(packedColumnsBytes(4 * hidden, hidden), packedColumnsBytes(hidden, 4 * hidden));
  return {
    ...{ weight: 4 * hidden * hidden * FLOAT, packed, rows: packedRowsBytes(batch), tile: TILE_BYTES },
    ...{ gates: 4 * bytes, before: bytes, after: bytes, state: bytes, grad: bytes, ofCell: bytes },
  };
}
