import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fromBfloat, fromHalf, toBfloat, toHalf } from '../../../src/nn/files/half-floats.ts';

const all = Uint16Array.from({ length: 65536 }, (_, i) => i);
const FORMATS = [
  ['binary16', toHalf, fromHalf, 65504],
  ['bfloat16', toBfloat, fromBfloat, 3.3895313892515355e38],
] as const;

test.each(FORMATS)('%s: every number of 16 bits comes back, and NaN stays NaN', (_, to, from) => {
  const values = from(all);
  const back = to(values);
  const changed = all.filter((bits, i) => back[i] !== bits && !Number.isNaN(values[i]));
  expect([...changed]).toEqual([]);
  expect(from(to(Float32Array.of(NaN, -NaN, Infinity, -Infinity, -0)))).toEqual(
    Float32Array.of(NaN, NaN, Infinity, -Infinity, -0),
  );
});

test.each(FORMATS)('%s: a number goes to the nearest, and half-way to the even one', (_, to, from, largest) => {
  const finite = [...from(all.subarray(0, 0x8000))].filter(Number.isFinite);
  expect(finite.at(-1)).toBe(largest);
  const check = (x: number) => {
    const [bits] = to(Float32Array.of(x));
    const [low, own, high] = from(Uint16Array.of(bits! - 1, bits!, bits! + 1)) as unknown as [number, number, number];
    const away = Math.abs(x - own);
    expect(away <= x - low && away <= high - x).toBe(true);
    if (away === x - low || away === high - x) expect(bits! % 2).toBe(0);
  };
  const inside = finite.slice(1, -1);
  fc.assert(
    fc.property(fc.integer({ min: 0, max: inside.length - 2 }), fc.constantFrom(0, 0.25, 0.5, 0.75), (i, share) => {
      check(Math.fround(inside[i]! + share * (inside[i + 1]! - inside[i]!)));
    }),
    { numRuns: 2000 },
  );
});

test('binary16, by hand: 1 + 2^-11 is half-way and goes to 1, 65520 is half-way and goes to infinity', () => {
  const values = Float32Array.of(1 + 2 ** -11, 1 + 3 * 2 ** -11, 65519, 65520, 2 ** -25, 3 * 2 ** -25, -(2 ** -24));
  expect([...fromHalf(toHalf(values))]).toEqual([1, 1 + 2 ** -9, 65504, Infinity, 0, 2 ** -23, -(2 ** -24)]);
});
