/**
 * The steps of an LSTM in single precision, from projected inputs to states and back. Cost: a product of batch x hidden
 * by hidden x 4 hidden a step, and some 120 operations a unit. The fast version agrees with the reference to the bit.
 */
import { ownArena } from '../arena.ts';
import { WASM_BASE64 } from '../generated/lstm.ts';
import { lazyKernel } from '../load.ts';
import { ownProductKernel } from '../matmul-single/own-kernel.ts';
import * as fast from './fast.ts';
import * as reference from './reference.ts';
import type { LstmGradients, LstmMemory, LstmSize } from './sizes.ts';

export type { LstmGradients, LstmMemory, LstmSize };

const kernel = lazyKernel<Omit<fast.LstmKernels, 'product'>>(WASM_BASE64, ownArena);

/** Runs the steps: the gates come in projected, and `cells` and `states` with the first of each. */
export function runLstm(memory: LstmMemory, weight: Float32Array, size: LstmSize): void {
  const kernels = kernelsOrNone();
  if (kernels === undefined) reference.runLstm(memory, weight, size);
  else fast.runLstm(kernels, memory, weight, size);
}

/** Sends gradients back from the last step to the first; `grad` is that of h_1 to h_T. */
export function runLstmBack(
  grad: Float32Array,
  memory: LstmMemory,
  weight: Float32Array,
  size: LstmSize,
  gradients: LstmGradients,
): void {
  const kernels = kernelsOrNone();
  if (kernels === undefined) reference.runLstmBack(grad, memory, weight, size, gradients);
  else fast.runLstmBack(kernels, grad, memory, weight, size, gradients);
}

function kernelsOrNone(): fast.LstmKernels | undefined {
  const steps = kernel();
  const product = ownProductKernel();
  return steps === undefined || product === undefined ? undefined : { ...steps, product };
}
