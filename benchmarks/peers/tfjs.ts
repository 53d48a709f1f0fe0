/** TensorFlow.js, which works in single precision. */
import type { Matrix } from 'fitwise';
import { loadPeer } from '../paths.ts';

export interface Tensor {
  data(): Promise<ArrayLike<number>>;
}

export interface TensorFlow {
  setBackend(name: Backend): Promise<boolean>;
  ready(): Promise<void>;
  tidy<T>(body: () => T): T;
  dispose(tensors: Tensor | readonly Tensor[]): void;
  tensor1d(values: ArrayLike<number>): Tensor;
  tensor2d(values: Float32Array, shape: readonly [number, number]): Tensor;
  moments(x: Tensor, axis: number): { readonly mean: Tensor; readonly variance: Tensor };
  min(x: Tensor, axis: number): Tensor;
  max(x: Tensor, axis: number): Tensor;
  sum(x: Tensor, axis: number): Tensor;
  add(a: Tensor, b: Tensor): Tensor;
  sub(a: Tensor, b: Tensor): Tensor;
  mul(a: Tensor, b: Tensor | number): Tensor;
  div(a: Tensor, b: Tensor): Tensor;
  sqrt(x: Tensor): Tensor;
  square(x: Tensor): Tensor;
  slice(x: Tensor, begin: readonly number[], size: readonly number[]): Tensor;
  matMul(a: Tensor, b: Tensor, transposeA: boolean, transposeB: boolean): Tensor;
  topk(x: Tensor, k: number): { readonly indices: Tensor };
}

export type Backend = 'wasm' | 'cpu';

export const TFJS = '@tensorflow/tfjs-backend-wasm';
export const TFJS_CPU = '@tensorflow/tfjs-backend-cpu';

/** @typeParam T the part of its types that the caller uses */
export async function loadTensorFlow<T = TensorFlow>(backend: Backend = 'wasm'): Promise<T> {
  const tf = await loadPeer<TensorFlow>('@tensorflow/tfjs');
  await loadPeer(backend === 'wasm' ? TFJS : TFJS_CPU);
  await tf.setBackend(backend);
  await tf.ready();
  return tf as unknown as T;
}

export function toTensor(tf: TensorFlow, { data, rows, columns }: Matrix): Tensor {
  return tf.tensor2d(Float32Array.from(data), [rows, columns]);
}
