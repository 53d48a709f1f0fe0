import { expect } from 'vitest';
import { mul, noGrad, sum, Tensor } from '../../src/nn/index.ts';
import { drawn } from './drawn.ts';

export { distinct, drawn, positive } from './drawn.ts';

/** A step at which rounding to single precision and the third derivative both stay below the tolerance. */
const STEP = 2 ** -7;
const TOLERANCE = 4e-3;

/**
 * Fails unless `backward` gives the derivatives of a weighted sum of `f`'s values that central differences give, for
 * every input together and for each alone.
 */
export function expectGradients(f: (...inputs: Tensor[]) => Tensor, ...inputs: readonly Tensor[]): void {
  const weights = drawn(noGrad(() => f(...inputs)).shape, 99);
  const expected = inputs.map((_, k) => differences(f, inputs, k, weights));
  const everyOne = inputs.map((_, k) => k);
  for (const wanted of [everyOne, ...(inputs.length > 1 ? everyOne.map(k => [k]) : [])]) {
    const leaves = inputs.map((x, k) => new Tensor(x.data.slice(), x.shape, { requiresGrad: wanted.includes(k) }));
    sum(mul(f(...leaves), weights)).backward();
    leaves.forEach((leaf, k) => {
      if (!wanted.includes(k)) expect(leaf.grad).toBeNull();
      else expectClose(leaf.grad!, expected[k]!, `input ${k}`);
    });
  }
}

function differences(f: (...inputs: Tensor[]) => Tensor, inputs: readonly Tensor[], k: number, weights: Tensor) {
  const at = (i: number, step: number): number => {
    const moved = inputs[k]!.clone();
    moved.data[i]! += step;
    const y = noGrad(() => f(...inputs.with(k, moved)));
    return y.data.reduce((total, value, j) => total + value * weights.data[j]!, 0);
  };
  return Float64Array.from(inputs[k]!.data, (_, i) => (at(i, STEP) - at(i, -STEP)) / (2 * STEP));
}

function expectClose(received: Tensor, expected: Float64Array, what: string): void {
  expect(received.size, what).toBe(expected.length);
  expected.forEach((value, i) => {
    const error = Math.abs(received.data[i]! - value) / Math.max(1, Math.abs(value));
    expect(error, `${what}, element ${i}: ${received.data[i]} instead of ${value}`).toBeLessThan(TOLERANCE);
  });
}
