import fc from 'fast-check';
import { expect, test } from 'vitest';
import { expOfNegative } from '../../src/kernels/elementary-single.ts';
import { softmaxRowsInto } from '../../src/kernels/index.ts';
import { softmaxRows } from '../../src/kernels/softmax/reference.ts';

test('softmaxRowsInto equals its reference to the bit, whatever the width', () => {
  const values = fc.oneof(
    { weight: 9, arbitrary: fc.float({ min: -120, max: 120, noNaN: true }) },
    fc.constant(-Infinity),
  );
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 70 }),
      fc.integer({ min: 1, max: 5 }),
      fc.infiniteStream(values),
      (width, rows, stream) => {
        const x = Float32Array.from({ length: rows * width }, () => stream.next().value as number);
        const [fast, plain] = [new Float32Array(x.length), new Float32Array(x.length)];
        softmaxRowsInto(x, width, fast);
        softmaxRows(x, width, plain);
        expect(fast).toEqual(plain);
      },
    ),
  );
});

test('expOfNegative: within 2e-7 of exp, and 0 where that is no normal number', () => {
  for (let x = 0; x > -87; x -= 0.37) {
    const exact = Math.exp(Math.fround(x));
    expect(Math.abs(expOfNegative(Math.fround(x)) - exact) / exact).toBeLessThan(2e-7);
  }
  expect(expOfNegative(-100)).toBe(0);
  expect(expOfNegative(-Infinity)).toBe(0);
});

test('softmax of equal values is even, and longer pieces than the arena takes at a time agree', () => {
  const out = new Float32Array(20_000);
  softmaxRowsInto(new Float32Array(20_000).fill(3), 10, out);
  expect(new Set(out)).toEqual(new Set([Math.fround(0.1)]));
});
