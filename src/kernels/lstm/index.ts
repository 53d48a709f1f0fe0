/**
 * The steps of an LSTM in single precision, from projected inputs to states and back. Cost: a product of batch x hidden
 * by hidden x 4 hidden a step, and some 120 operations a unit. The fast version agrees with the reference to the bit.
 */
import { ownArena } from '../arena.ts';
import { WASM_BASE64 } from '../generated/lstm.ts';
import { lazyKernel } from '../load.ts';
import { ownProductKernel } from '../matmul-single/own-kernel.ts';
import { runLayerApart, runLayerBackApart } from './apart.ts';
import * as fast from './fast.ts';
import * as layer from './layer.ts';
import * as reference from './reference.ts';
import type { LayerGradients, LstmGradients, LstmInput, LstmMemory, LstmSize } from './sizes.ts';

export type { LayerGradients, LstmGradients, LstmInput, LstmMemory, LstmSize };

const kernel = lazyKernel<Omit<layer.LayerKernels, 'product'>>(WASM_BASE64, ownArena);

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

/** {@link runLstm} of gates that are still to be projected, and come out as their values. */
export function runLstmLayer(input: LstmInput, memory: LstmMemory, weight: Float32Array, size: LstmSize): void {
  const kernels = kernelsOrNone();
  if (kernels === undefined) runLayerApart(input, memory, weight, size, runLstm);
  else layer.runLayer(kernels, input, memory, weight, size);
}

/** {@link runLstmBack}, and on to the weights and the input; the states before the steps belong to the memory. */
export function runLstmLayerBack(
  grad: Float32Array,
  input: LstmInput,
  memory: LstmMemory,
  weight: Float32Array,
  size: LstmSize,
  gradients: LayerGradients,
): void {
  const kernels = layer.fitsArena(input, size) ? kernelsOrNone() : undefined;
  if (kernels === undefined) runLayerBackApart(grad, input, memory, weight, size, gradients, runLstmBack);
  else layer.runLayerBack(kernels, grad, input, memory, weight, size, gradients);
}

function kernelsOrNone(): layer.LayerKernels | undefined {
  const steps = kernel();
  const product = ownProductKernel();
  return steps === undefined || product === undefined ? undefined : { ...steps, product };
}
