import { expect, test } from 'vitest';
import { reasonForCpu } from '../../../src/kernels/compute/cost-model.ts';

const card = { backend: 'webgpu', adapter: 'a card', isSoftware: false, passedOver: {} } as const;

test('a task of 2^31 multiplications, 256 for each number moved, goes to the GPU', () => {
  expect(reasonForCpu({ operations: 2 ** 31, numbers: 2 ** 23 }, card)).toBeNull();
});

test('a smaller task stays on the processor', () => {
  expect(reasonForCpu({ operations: 2 ** 30, numbers: 1 }, card)).toBe(
    '1.1e9 multiplications are fewer than the 2.1e9 from which a GPU pays',
  );
});

test('a task that computes little with what it moves stays on the processor', () => {
  expect(reasonForCpu({ operations: 2 ** 33, numbers: 2 ** 27 }, card)).toBe(
    '64 multiplications per number moved are fewer than the 256 from which a GPU pays',
  );
});

test('an adapter that the processor emulates is never chosen', () => {
  expect(reasonForCpu({ operations: 2 ** 40, numbers: 1 }, { ...card, adapter: 'SwiftShader', isSoftware: true })).toBe(
    "the adapter 'SwiftShader' is emulated by the processor",
  );
});
