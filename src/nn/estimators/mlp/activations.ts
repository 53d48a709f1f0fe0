import type { Matrix } from '../../../array/index.ts';

export type HiddenActivation = 'identity' | 'logistic' | 'tanh' | 'relu';
export type OutputActivation = 'identity' | 'exp' | 'logistic' | 'softmax';

/** Replaces the rows `from .. to - 1` of Z by their activation. */
type Activate = (Z: Matrix, from: number, to: number) => void;

/** Multiplies rows of what flows back by the activation's derivative, told by its value A. */
type Chain = (A: Matrix, deltas: Matrix, from: number, to: number) => void;

/** All but `'relu'`, for which there is a kernel. */
export const ACTIVATIONS: Readonly<Record<Exclude<HiddenActivation | OutputActivation, 'relu'>, Activate>> = {
  identity() {},
  exp: elementwise(Math.exp),
  logistic: elementwise(z => 1 / (1 + Math.exp(-z))),
  tanh: elementwise(Math.tanh),
  softmax(Z, from, to) {
    for (let i = from; i < to; i++) softmaxInPlace(Z.row(i));
  },
};

export const CHAINS: Readonly<Record<Exclude<HiddenActivation, 'relu'>, Chain>> = {
  identity() {},
  logistic: derivative(a => a * (1 - a)),
  tanh: derivative(a => 1 - a * a),
};

function elementwise(f: (z: number) => number): Activate {
  return ({ data, columns }, from, to) => {
    for (let at = from * columns; at < to * columns; at++) data[at] = f(data[at]!);
  };
}

function derivative(ofValue: (a: number) => number): Chain {
  return ({ data, columns }, deltas, from, to) => {
    for (let at = from * columns; at < to * columns; at++) deltas.data[at]! *= ofValue(data[at]!);
  };
}

/** The greatest value is taken off first, so that no exponential overflows. */
function softmaxInPlace(row: Float64Array): void {
  let max = -Infinity;
  for (let k = 0; k < row.length; k++) max = Math.max(max, row[k]!);
  let sum = 0;
  for (let k = 0; k < row.length; k++) {
    row[k] = Math.exp(row[k]! - max);
    sum += row[k]!;
  }
  for (let k = 0; k < row.length; k++) row[k]! /= sum;
}
