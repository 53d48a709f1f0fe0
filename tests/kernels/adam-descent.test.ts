import { expect, test } from 'vitest';
import { descendByAdam } from '../../src/kernels/adam-descent/reference.ts';
import { descendByAdamInto } from '../../src/kernels/index.ts';

const factors = { beta1: 0.9, beta2: 0.999, rate: 0.01, epsilon: 1e-8 };

test.each([1, 127, 128, 129, 8191, 8192, 8193, 20_001])(
  'descendByAdamInto equals its reference to the bit: %i values',
  length => {
    const wave = (pace: number) => Float64Array.from({ length }, (_, i) => Math.sin(1 + pace * i));
    const make = () => ({ params: wave(1), gradient: wave(2), mean: wave(3), square: wave(4).map(Math.abs) });
    const [fast, plain] = [make(), make()];
    descendByAdamInto(fast, factors);
    descendByAdam(plain, factors);
    for (const name of ['params', 'gradient', 'mean', 'square'] as const) {
      expect(fast[name].findIndex((value, i) => !Object.is(value, plain[name][i]))).toBe(-1);
    }
  },
);

test('from zero means, a gradient of 3 gives m = 0.3, v = 0.009 and p = -rate m / (sqrt(v) + epsilon)', () => {
  const arrays = { params: [0], gradient: [3], mean: [0], square: [0] };
  const [params, gradient, mean, square] = Object.values(arrays).map(values => Float64Array.from(values)) as Four;
  descendByAdamInto({ params, gradient, mean, square }, { beta1: 0.9, beta2: 0.999, rate: 1, epsilon: 0 });
  expect(mean[0]).toBeCloseTo(0.3, 12);
  expect(square[0]).toBeCloseTo(0.009, 12);
  expect(params[0]).toBeCloseTo(-0.3 / Math.sqrt(0.009), 12);
});

type Four = [Float64Array, Float64Array, Float64Array, Float64Array];
