import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rectifyRowsBackInto, rectifyRowsInto } from '../../src/kernels/index.ts';
import { rectifyRows, rectifyRowsBack } from '../../src/kernels/rectified-layer/reference.ts';

const value = fc.oneof(fc.double({ min: -9, max: 9 }), fc.constantFrom(Number.NaN, Infinity, -Infinity, 0, -0));
const size = fc.record({ rows: fc.integer({ min: 0, max: 300 }), columns: fc.integer({ min: 1, max: 90 }) });

test('a layer of rectified units and its gradient equal their references to the bit', () => {
  fc.assert(
    fc.property(size, fc.array(value, { minLength: 11, maxLength: 11 }), ({ rows, columns }, some) => {
      const make = (length: number, step: number) => Float64Array.from({ length }, (_, i) => some[(i * step) % 11]!);
      const [bias, deltas] = [make(columns, 3), make(rows * columns, 7)];
      const [fast, plain] = [make(rows * columns, 1), make(rows * columns, 1)];
      rectifyRowsInto(fast, bias);
      rectifyRows(plain, bias);
      expect(fast).toEqual(plain);
      const [deltasOfFast, sumsOfFast] = [deltas.slice(), new Float64Array(columns).fill(5)];
      rectifyRowsBackInto(fast, deltasOfFast, sumsOfFast);
      const sums = new Float64Array(columns).fill(5);
      rectifyRowsBack(plain, deltas, sums);
      expect([deltasOfFast, sumsOfFast]).toEqual([deltas, sums]);
    }),
    { seed: 1, numRuns: 40 },
  );
});

test('by hand: a unit below zero gives zero, and nothing flows back through it', () => {
  const Z = Float64Array.of(1, -3);
  rectifyRowsInto(Z, Float64Array.of(1, 2));
  const [deltas, sums] = [Float64Array.of(5, 7), new Float64Array(2)];
  rectifyRowsBackInto(Z, deltas, sums);
  expect([...Z, ...deltas, ...sums]).toEqual([2, 0, 5, 0, 5, 0]);
});
