import fc from 'fast-check';
import { expect, test } from 'vitest';
import { logistic, tanh } from '../../src/kernels/elementary-single.ts';
import { runLstm, runLstmBack } from '../../src/kernels/index.ts';
import type { LstmSize } from '../../src/kernels/lstm/index.ts';
import * as reference from '../../src/kernels/lstm/reference.ts';

const size = fc.record({
  steps: fc.integer({ min: 0, max: 4 }),
  batch: fc.integer({ min: 1, max: 9 }),
  hidden: fc.oneof(fc.integer({ min: 1, max: 20 }), fc.constant(70)),
});

test('the steps of an LSTM and their gradients equal their references to the bit', () => {
  fc.assert(
    fc.property(size, fc.constantFrom(0.5, 3, 40), (size, scale) => {
      expect(passes(runLstm, runLstmBack, size, scale)).toEqual(
        passes(reference.runLstm, reference.runLstmBack, size, scale),
      );
    }),
    { seed: 1, numRuns: 60 },
  );
});

test('logistic and tanh: within 3e-7 of the functions, and exact at the ends', () => {
  for (let x = -20; x <= 20; x += 0.0371) {
    const rounded = Math.fround(x);
    const [exact, exactTanh] = [1 / (1 + Math.exp(-rounded)), Math.tanh(rounded)];
    expect(Math.abs(logistic(rounded) - exact) / exact).toBeLessThan(3e-7);
    expect(Math.abs(tanh(rounded) - exactTanh)).toBeLessThanOrEqual(3e-7 * Math.abs(exactTanh));
  }
  expect([logistic(-Infinity), logistic(0), logistic(Infinity)]).toEqual([0, 0.5, 1]);
  expect([tanh(-Infinity), tanh(0), tanh(Infinity)]).toEqual([-1, 0, 1]);
  expect([logistic(Number.NaN), tanh(Number.NaN)]).toEqual([Number.NaN, Number.NaN]);
});

function passes(forward: typeof runLstm, back: typeof runLstmBack, size: LstmSize, scale: number) {
  const length = size.batch * size.hidden;
  const weight = wave(4 * size.hidden * size.hidden, 0.9, 0.3);
  const memory = {
    gates: wave(4 * size.steps * length, 0.7, scale),
    cells: wave((size.steps + 1) * length, 1.1, 1),
    states: wave((size.steps + 1) * length, 1.7, 1),
  };
  const ofGates = new Float32Array(memory.gates.length);
  const [ofState, ofCell] = [new Float32Array(length), wave(length, 0.2, 1)];
  forward(memory, weight, size);
  back(wave(size.steps * length, 0.4, 1), memory, weight, size, { ofGates, ofState, ofCell });
  return { memory, ofGates, ofState, ofCell };
}

function wave(length: number, pace: number, scale: number): Float32Array {
  return Float32Array.from({ length }, (_, i) => scale * Math.sin(1 + i * pace));
}
