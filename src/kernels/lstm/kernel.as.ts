/** What an LSTM does at one step besides the product, four units at a time; reference.ts says what. */
import { logistic, tanh } from '../elementary-single.as';

export { addColumns } from '../column-sums/kernel.as';
export { repeatRow } from '../linear/kernel.as';

const FLOAT: usize = 4;
const QUAD: usize = 16; // bytes of four floats, one register

/** Turns gates (batch, 4 hidden) into their values, and a cell (batch, hidden) into the next one, with its state. */
export function stepForward(gates: usize, cells: usize, states: usize, batch: i32, hidden: i32): void {
  const gate = (<usize>hidden) * FLOAT;
  for (let b = 0; b < batch; b++, gates += 3 * gate) {
    const end = gates + gate;
    for (; gates + QUAD <= end; gates += QUAD, cells += QUAD, states += QUAD) {
      const input = logistic(v128.load(gates));
      const forget = logistic(v128.load(gates + gate));
      const candidate = tanh(v128.load(gates + 2 * gate));
      const output = logistic(v128.load(gates + 3 * gate));
      const cell = f32x4.add(f32x4.mul(forget, v128.load(cells)), f32x4.mul(input, candidate));
      v128.store(gates, input);
      v128.store(gates + gate, forget);
      v128.store(gates + 2 * gate, candidate);
      v128.store(gates + 3 * gate, output);
      v128.store(cells, cell);
      v128.store(states, f32x4.mul(output, tanh(cell)));
    }
    for (; gates < end; gates += FLOAT, cells += FLOAT, states += FLOAT) {
      const input = lane(logistic(v128.load32_splat(gates)));
      const forget = lane(logistic(v128.load32_splat(gates + gate)));
      const candidate = lane(tanh(v128.load32_splat(gates + 2 * gate)));
      const output = lane(logistic(v128.load32_splat(gates + 3 * gate)));
      const cell = forget * load<f32>(cells) + input * candidate;
      store<f32>(gates, input);
      store<f32>(gates + gate, forget);
      store<f32>(gates + 2 * gate, candidate);
      store<f32>(gates + 3 * gate, output);
      store<f32>(cells, cell);
      store<f32>(states, output * lane(tanh(f32x4.splat(cell))));
    }
  }
}

/**
 * Turns the values of gates into their gradients; `arriving` and `grad` are parts of the gradient of the state after the
 * step, and `ofCell` turns from that of the cell after it into that of the cell `before`.
 */
export function stepBack(
  gates: usize, before: usize, after: usize, grad: usize, arriving: usize, ofCell: usize, batch: i32, hidden: i32,
): void {
  const gate = (<usize>hidden) * FLOAT;
  const one = f32x4.splat(1);
  for (let b = 0; b < batch; b++, gates += 3 * gate) {
    const end = gates + gate;
    for (; gates + QUAD <= end; gates += QUAD) {
      const input = v128.load(gates), forget = v128.load(gates + gate);
      const candidate = v128.load(gates + 2 * gate), output = v128.load(gates + 3 * gate);
      const squashed = tanh(v128.load(after));
      const state = f32x4.add(v128.load(grad), v128.load(arriving));
      const slope = f32x4.sub(one, f32x4.mul(squashed, squashed));
      const cell = f32x4.add(v128.load(ofCell), f32x4.mul(f32x4.mul(state, output), slope));
      v128.store(gates, f32x4.mul(f32x4.mul(cell, candidate), f32x4.mul(input, f32x4.sub(one, input))));
      v128.store(
        gates + gate,
        f32x4.mul(f32x4.mul(cell, v128.load(before)), f32x4.mul(forget, f32x4.sub(one, forget))),
      );
      v128.store(
        gates + 2 * gate,
        f32x4.mul(f32x4.mul(cell, input), f32x4.sub(one, f32x4.mul(candidate, candidate))),
      );
      v128.store(gates + 3 * gate, f32x4.mul(f32x4.mul(state, squashed), f32x4.mul(output, f32x4.sub(one, output))));
      v128.store(ofCell, f32x4.mul(cell, forget));
      before += QUAD; after += QUAD; grad += QUAD; arriving += QUAD; ofCell += QUAD;
    }
    for (; gates < end; gates += FLOAT) {
      const input = load<f32>(gates), forget = load<f32>(gates + gate);
      const candidate = load<f32>(gates + 2 * gate), output = load<f32>(gates + 3 * gate);
      const squashed = lane(tanh(v128.load32_splat(after)));
      const state = load<f32>(grad) + load<f32>(arriving);
      const cell = load<f32>(ofCell) + (state * output) * (1 - squashed * squashed);
      store<f32>(gates, (cell * candidate) * (input * (1 - input)));
      store<f32>(gates + gate, (cell * load<f32>(before)) * (forget * (1 - forget)));
      store<f32>(gates + 2 * gate, (cell * input) * (1 - candidate * candidate));
      store<f32>(gates + 3 * gate, (state * squashed) * (output * (1 - output)));
      store<f32>(ofCell, cell * forget);
      before += FLOAT; after += FLOAT; grad += FLOAT; arriving += FLOAT; ofCell += FLOAT;
    }
  }
}

// @ts-ignore: a decorator of AssemblyScript
@inline
function lane(quad: v128): f32 {
  return f32x4.extract_lane(quad, 0);
}
