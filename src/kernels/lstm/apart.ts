/** A layer of an LSTM by the operations that it is made of: linear maps and the steps. */
import { mapRowsBackInto, mapRowsInto } from '../linear/index.ts';
import { multiplySingleInto } from '../matmul-single/index.ts';
import type { LayerGradients, LstmGradients, LstmInput, LstmMemory, LstmSize } from './sizes.ts';

/** Projects the input to the gates, and runs the steps. */
export function runLayerApart(
  { x, inputs, weight: inputWeight, bias }: LstmInput,
  memory: LstmMemory,
  weight: Float32Array,
  size: LstmSize,
  runSteps: (memory: LstmMemory, weight: Float32Array, size: LstmSize) => void,
): void {
  mapRowsInto(x, inputWeight, bias, linearSize(size, inputs), memory.gates);
  runSteps(memory, weight, size);
}

/** Sends gradients back through the steps, and from all steps at once to the weights and the input. */
export function runLayerBackApart(
  grad: Float32Array,
  { x, inputs, weight: inputWeight }: LstmInput,
  memory: LstmMemory,
  weight: Float32Array,
  size: LstmSize,
  { ofX, ofInput, ofBias, ofWeight, ofState, ofCell }: LayerGradients,
  runStepsBack: (
    grad: Float32Array,
    memory: LstmMemory,
    weight: Float32Array,
    size: LstmSize,
    gradients: LstmGradients,
  ) => void,
): void {
  const { steps, batch, hidden } = size;
  const ofGates = new Float32Array(memory.gates.length);
  runStepsBack(grad, memory, weight, size, { ofGates, ofState, ofCell });
  if (ofWeight !== null) {
    const operands = { a: ofGates, aTransposed: true, b: memory.states, c: ofWeight };
    multiplySingleInto({ m: 4 * hidden, n: hidden, k: steps * batch, ...operands });
  }
  mapRowsBackInto(ofGates, x, inputWeight, linearSize(size, inputs), { ofX, ofWeight: ofInput, ofBias });
}

function linearSize({ steps, batch, hidden }: LstmSize, inputs: number) {
  return { rows: steps * batch, inputs, outputs: 4 * hidden };
}
