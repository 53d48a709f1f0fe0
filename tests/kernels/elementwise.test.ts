import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as reference from '../../src/kernels/elementwise/reference.ts';
import { addInto, multiplyInto, passPositiveInto, rectifyInto, scaleInto } from '../../src/kernels/index.ts';

const special = fc.constantFrom(Number.NaN, Infinity, -Infinity, 0, -0);
const values = fc.oneof({ weight: 9, arbitrary: fc.float() }, special);
/** Short arrays take the plain way, and those of more than 16,384 values pass in pieces. */
const length = fc.oneof(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 1020, max: 1030 }), fc.constant(40_001));

test('each operation equals its reference to the bit, whatever the length', () => {
  fc.assert(
    fc.property(length, fc.array(values, { minLength: 7, maxLength: 7 }), values, (n, some, factor) => {
      const a = Float32Array.from({ length: n }, (_, i) => some[i % 7]!);
      const b = Float32Array.from({ length: n }, (_, i) => some[(i + (i >> 3)) % 7]!);
      same(n, out => rectifyInto(a, out), out => reference.rectify(a, out)); // biome-ignore format: a table
      same(n, out => passPositiveInto(a, b, out), out => reference.passPositive(a, b, out)); // biome-ignore format: a table
      same(n, out => addInto(a, b, out), out => reference.add(a, b, out)); // biome-ignore format: a table
      same(n, out => multiplyInto(a, b, out), out => reference.multiply(a, b, out)); // biome-ignore format: a table
      same(n, out => scaleInto(a, factor, out), out => reference.scale(a, factor, out)); // biome-ignore format: a table
    }),
    { seed: 1, numRuns: 40 },
  );
});

test('an array may be input and output at once', () => {
  const x = new Float32Array(20_000).fill(1);
  addInto(x, x, x);
  expect(new Set(x)).toEqual(new Set([2]));
});

function same(length: number, fast: (out: Float32Array) => void, plain: (out: Float32Array) => void): void {
  const [found, expected] = [new Float32Array(length), new Float32Array(length)];
  fast(found);
  plain(expected);
  expect(Buffer.from(bitsOf(found).buffer).equals(Buffer.from(bitsOf(expected).buffer))).toBe(true);
}

/** The values' bits, with one form for every NaN. */
function bitsOf(values: Float32Array): Float32Array {
  return values.map(value => (Number.isNaN(value) ? Number.NaN : value));
}
