/**
 * A layer of an LSTM in the arena: the input is projected step by step, and the gradients of the gates of all steps stay
 * there until the weights have theirs, so that neither passes through ordinary memory.
 */
import { ownArena } from '../arena.ts';
import { multiplyPlaced } from '../matmul/at-once.ts';
import { PRODUCT_SCRATCH, type SingleExports } from '../matmul-single/own-kernel.ts';
import {
  multiplyByPacked,
  packColumnsOnce,
  packedColumnsBytes,
  packedRowsBytes,
  TILE_BYTES,
} from '../packed-weight.ts';
import { withRooms } from '../rooms.ts';
import type { LstmKernels } from './fast.ts';
import type { LayerGradients, LstmInput, LstmMemory, LstmSize } from './sizes.ts';

export interface LayerKernels extends LstmKernels {
  readonly product: SingleExports;
  readonly repeatRow: (row: number, columns: number, rows: number, out: number) => void;
  readonly addColumns: (x: number, rows: number, columns: number, totals: number) => void;
}

const FLOAT = Float32Array.BYTES_PER_ELEMENT;
const DOUBLE = Float64Array.BYTES_PER_ELEMENT;
/** Most bytes of a pass back in the arena. */
const MOST_BYTES = 2 ** 26;

export function runLayer(
  kernels: LayerKernels,
  { x, inputs, weight: inputWeight, bias }: LstmInput,
  { gates, cells, states }: LstmMemory,
  weight: Float32Array,
  { steps, batch, hidden }: LstmSize,
): void {
  const { product } = kernels;
  const [width, length, row] = [4 * hidden, batch * hidden, batch * inputs];
  const bytes = {
    ...{ weight: width * Math.max(hidden, inputs) * FLOAT, bias: width * FLOAT },
    ...{ packed: packedColumnsBytes(width, hidden), packedInput: packedColumnsBytes(width, inputs) },
    ...{ rows: packedRowsBytes(batch), tile: TILE_BYTES },
    ...{ x: row * FLOAT, gates: 4 * length * FLOAT, cell: length * FLOAT, state: length * FLOAT },
  };
  withRooms(bytes, at => {
    pack(product, inputWeight, width, inputs, at.weight, at.packedInput);
    pack(product, weight, width, hidden, at.weight, at.packed);
    if (bias !== null) ownArena.put(at.bias, bias);
    ownArena.put(at.cell, cells.subarray(0, length));
    ownArena.put(at.state, states.subarray(0, length));
    for (let t = 0; t < steps; t++) {
      ownArena.put(at.x, x.subarray(t * row, (t + 1) * row));
      if (bias !== null) kernels.repeatRow(at.bias, width, batch, at.gates);
      const sizes = { m: batch, n: width };
      multiplyByPacked(product, { ...sizes, k: inputs }, at.x, at.packedInput, at.gates, bias !== null, at);
      multiplyByPacked(product, { ...sizes, k: hidden }, at.state, at.packed, at.gates, true, at);
      kernels.stepForward(at.gates, at.cell, at.state, batch, hidden);
      ownArena.take(at.gates, gates.subarray(4 * t * length, 4 * (t + 1) * length));
      ownArena.take(at.cell, cells.subarray((t + 1) * length, (t + 2) * length));
      ownArena.take(at.state, states.subarray((t + 1) * length, (t + 2) * length));
    }
  });
}

/** Whether {@link runLayerBack} has work, and room for it. */
export function fitsArena(input: LstmInput, size: LstmSize): boolean {
  return size.steps > 0 && Object.values(roomsBack(input, size)).reduce((sum, bytes) => sum + bytes) <= MOST_BYTES;
}

export function runLayerBack(
  kernels: LayerKernels,
  grad: Float32Array,
  input: LstmInput,
  memory: LstmMemory,
  weight: Float32Array,
  size: LstmSize,
  gradients: LayerGradients,
): void {
  withRooms(roomsBack(input, size), at => {
    runStepsBack(kernels, grad, memory, weight, size, gradients, at);
    sendToWeights(kernels, input, memory, size, gradients, at);
  });
}

type RoomsBack = ReturnType<typeof roomsBack>;

function roomsBack({ inputs }: LstmInput, { steps, batch, hidden }: LstmSize) {
  const [width, rows, most] = [4 * hidden, steps * batch, Math.max(hidden, inputs)];
  const step = batch * hidden * FLOAT;
  return {
    ...{ weight: width * most * FLOAT, packed: packedColumnsBytes(hidden, width), rows: packedRowsBytes(batch) },
    ...{ tile: TILE_BYTES, scratch: PRODUCT_SCRATCH, totals: width * DOUBLE, gates: rows * width * FLOAT },
    ...{ before: step, after: step, state: step, grad: step, ofCell: step, right: rows * most * FLOAT },
  };
}

/** Leaves the gradients of all gates in the arena. */
function runStepsBack(
  { product, stepBack }: LayerKernels,
  grad: Float32Array,
  { gates, cells }: LstmMemory,
  weight: Float32Array,
  { steps, batch, hidden }: LstmSize,
  { ofState, ofCell }: LayerGradients,
  at: RoomsBack,
): void {
  const [width, length] = [4 * hidden, batch * hidden];
  ownArena.put(at.weight, weight);
  packColumnsOnce(product, hidden, width, { pointer: at.weight, row: hidden * FLOAT, column: FLOAT }, at.packed);
  ownArena.put(at.state, ofState);
  ownArena.put(at.ofCell, ofCell);
  let [before, after] = [at.before, at.after];
  ownArena.put(before, cells.subarray(steps * length, (steps + 1) * length));
  for (let t = steps - 1; t >= 0; t--) {
    [before, after] = [after, before];
    const now = at.gates + 4 * t * length * FLOAT;
    ownArena.put(now, gates.subarray(4 * t * length, 4 * (t + 1) * length));
    ownArena.put(before, cells.subarray(t * length, (t + 1) * length));
    ownArena.put(at.grad, grad.subarray(t * length, (t + 1) * length));
    stepBack(now, before, after, at.grad, at.state, at.ofCell, batch, hidden);
    multiplyByPacked(product, { m: batch, n: hidden, k: width }, now, at.packed, at.state, false, at);
  }
  ownArena.take(at.state, ofState);
  ownArena.take(at.ofCell, ofCell);
}

/** From the gradients of the gates of all steps to those of the weights and of the input. */
function sendToWeights(
  { product, addColumns }: LayerKernels,
  { x, inputs, weight }: LstmInput,
  { states }: LstmMemory,
  { steps, batch, hidden }: LstmSize,
  { ofX, ofInput, ofBias, ofWeight }: LayerGradients,
  at: RoomsBack,
): void {
  const [width, rows] = [4 * hidden, steps * batch];
  const placed = (pointer: number, columns: number) => ({ pointer, row: columns * FLOAT, column: FLOAT });
  const turned = { pointer: at.gates, row: FLOAT, column: width * FLOAT };
  for (const [values, columns, to] of [[states, hidden, ofWeight] as const, [x, inputs, ofInput] as const]) {
    if (to === null) continue;
    ownArena.put(at.right, values.subarray(0, rows * columns));
    const [right, out] = [placed(at.right, columns), placed(at.weight, columns)];
    multiplyPlaced(product, { m: width, n: columns, k: rows }, turned, right, out, false, at.scratch);
    ownArena.take(at.weight, to);
  }
  if (ofX !== null) {
    ownArena.put(at.weight, weight);
    const [left, w, out] = [placed(at.gates, width), placed(at.weight, inputs), placed(at.right, inputs)];
    multiplyPlaced(product, { m: rows, n: inputs, k: width }, left, w, out, false, at.scratch);
    ownArena.take(at.right, ofX);
  }
  if (ofBias !== null) {
    const totals = ownArena.doubles.subarray(at.totals / DOUBLE, at.totals / DOUBLE + width).fill(0);
    addColumns(at.gates, rows, width, at.totals);
    ofBias.set(totals);
  }
}

/** Packs a weight (n, k), turned over. */
function pack(product: SingleExports, weight: Float32Array, n: number, k: number, at: number, packed: number): void {
  ownArena.put(at, weight);
  packColumnsOnce(product, n, k, { pointer: at, row: FLOAT, column: k * FLOAT }, packed);
}
