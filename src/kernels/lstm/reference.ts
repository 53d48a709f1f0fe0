import { logistic, tanh } from '../elementary-single.ts';
import { multiplySingleInto } from '../matmul-single/index.ts';
import type { LstmGradients, LstmMemory, LstmSize } from './sizes.ts';

const { fround } = Math;

/**
 * Runs the steps: gates += W h, then c = f c + i g and h = o tanh(c), each operation rounded to single precision. The
 * gates come in projected, and `cells` and `states` with the first of each.
 *
 * @param weight W, shape (4 hidden, hidden)
 */
export function runLstm({ gates, cells, states }: LstmMemory, weight: Float32Array, size: LstmSize): void {
  const { steps, batch, hidden } = size;
  const length = batch * hidden;
  for (let t = 0; t < steps; t++) {
    const a = { a: states, aOffset: t * length, b: weight, bTransposed: true };
    const c = { c: gates, cOffset: 4 * t * length, isAdded: true };
    multiplySingleInto({ m: batch, n: 4 * hidden, k: hidden, ...a, ...c });
    forEachUnit(size, t, (at, i, f, g, o) => {
      gates[i] = logistic(gates[i]!);
      gates[f] = logistic(gates[f]!);
      gates[g] = tanh(gates[g]!);
      gates[o] = logistic(gates[o]!);
      const cell = fround(fround(gates[f]! * cells[at]!) + fround(gates[i]! * gates[g]!));
      cells[at + length] = cell;
      states[at + length] = gates[o]! * tanh(cell);
    });
  }
}

/**
 * Sends gradients back from the last step to the first.
 *
 * @param grad that of h_1 to h_T
 */
export function runLstmBack(
  grad: Float32Array,
  { gates, cells }: LstmMemory,
  weight: Float32Array,
  size: LstmSize,
  { ofGates, ofState, ofCell }: LstmGradients,
): void {
  const { steps, batch, hidden } = size;
  const length = batch * hidden;
  for (let t = steps - 1; t >= 0; t--) {
    forEachUnit(size, t, (at, i, f, g, o) => {
      const unit = at - t * length;
      const [input, forget, candidate, output] = [gates[i]!, gates[f]!, gates[g]!, gates[o]!];
      const squashed = tanh(cells[at + length]!);
      const state = fround(grad[at]! + ofState[unit]!);
      const slope = fround(1 - fround(squashed * squashed));
      const cell = fround(ofCell[unit]! + fround(fround(state * output) * slope));
      ofGates[i] = fround(cell * candidate) * fround(input * fround(1 - input));
      ofGates[f] = fround(cell * cells[at]!) * fround(forget * fround(1 - forget));
      ofGates[g] = fround(cell * input) * fround(1 - fround(candidate * candidate));
      ofGates[o] = fround(state * squashed) * fround(output * fround(1 - output));
      ofCell[unit] = cell * forget;
    });
    const a = { a: ofGates, aOffset: 4 * t * length, b: weight };
    multiplySingleInto({ m: batch, n: hidden, k: 4 * hidden, ...a, c: ofState });
  }
}

/** Visits the units of step t: places in states and cells before it, and in the gates. */
function forEachUnit(
  { batch, hidden }: LstmSize,
  t: number,
  visit: (at: number, i: number, f: number, g: number, o: number) => void,
): void {
  for (let b = 0; b < batch; b++) {
    const row = (t * batch + b) * hidden;
    for (let j = 0; j < hidden; j++) {
      const i = 4 * row + j;
      visit(row + j, i, i + hidden, i + 2 * hidden, i + 3 * hidden);
    }
  }
}
