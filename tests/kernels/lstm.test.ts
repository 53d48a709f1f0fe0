import fc from 'fast-check';
import { expect, test } from 'vitest';
import { logistic, tanh } from '../../src/kernels/elementary-single.ts';
import { runLstm, runLstmBack, runLstmLayer, runLstmLayerBack } from '../../src/kernels/index.ts';
import { runLayerApart, runLayerBackApart } from '../../src/kernels/lstm/apart.ts';
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

test('a layer of an LSTM and its gradients equal linear maps and steps to the bit', () => {
  fc.assert(
    fc.property(size, fc.integer({ min: 1, max: 40 }), fc.boolean(), (size, inputs, hasBias) => {
      const given = [size, inputs, hasBias] as const;
      const apart = layerPasses(
        (...operands) => runLayerApart(...operands, reference.runLstm),
        (...operands) => runLayerBackApart(...operands, reference.runLstmBack),
        ...given,
      );
      expect(layerPasses(runLstmLayer, runLstmLayerBack, ...given)).toEqual(apart);
    }),
    { seed: 1, numRuns: 40 },
  );
});

test('what is not wanted of the gradients of a layer stays away', () => {
  const whole = layerPasses(runLstmLayer, runLstmLayerBack, { steps: 3, batch: 2, hidden: 5 }, 4, true);
  const part = layerPasses(runLstmLayer, runLstmLayerBack, { steps: 3, batch: 2, hidden: 5 }, 4, true, ['ofBias']);
  expect(part.gradients).toEqual({ ...whole.gradients, ofX: null, ofInput: null, ofWeight: null });
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

function layerPasses(
  forward: typeof runLstmLayer,
  back: typeof runLstmLayerBack,
  size: LstmSize,
  inputs: number,
  hasBias: boolean,
  wanted = ['ofX', 'ofInput', 'ofWeight', 'ofBias'],
) {
  const { steps, batch, hidden } = size;
  const length = batch * hidden;
  const weight = wave(4 * hidden * hidden, 0.9, 0.3);
  const bias = hasBias ? wave(4 * hidden, 0.5, 1) : null;
  const input = { x: wave(steps * batch * inputs, 0.6, 1), inputs, weight: wave(4 * hidden * inputs, 0.8, 0.4), bias };
  const memory = {
    gates: new Float32Array(4 * steps * length),
    cells: wave((steps + 1) * length, 1.1, 1),
    states: wave((steps + 1) * length, 1.7, 1),
  };
  const room = (name: string, size: number) => (wanted.includes(name) ? new Float32Array(size) : null);
  const gradients = {
    ofX: room('ofX', input.x.length),
    ofInput: room('ofInput', input.weight.length),
    ofWeight: room('ofWeight', weight.length),
    ofBias: room('ofBias', 4 * hidden),
    ofState: new Float32Array(length),
    ofCell: wave(length, 0.2, 1),
  };
  forward(input, memory, weight, size);
  back(wave(steps * length, 0.4, 1), input, memory, weight, size, gradients);
  return { memory, gradients };
}

function wave(length: number, pace: number, scale: number): Float32Array {
  return Float32Array.from({ length }, (_, i) => scale * Math.sin(1 + i * pace));
}
