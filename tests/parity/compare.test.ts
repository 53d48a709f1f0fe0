import { expect, test } from 'vitest';
import { compare } from './compare.ts';
import { fromTaggedJson, toPlain, toTaggedJson } from './encode.ts';

const FLOOR = { floor: 1e-3, neighbourShare: 1e-3 };
const worst = (expected: unknown, received: unknown) => compare(toPlain(expected), toPlain(received), FLOOR).worst;

test('compare: equal values differ by nothing, NaN equals NaN, true equals 1', () => {
  expect(worst([1, 'a', null, NaN, Infinity, [true]], [1, 'a', null, NaN, Infinity, [1]])).toBe(0);
});

test('compare: numbers differ relatively, and absolutely below the floor', () => {
  expect(worst(200, 199)).toBe(1 / 200);
  expect(worst(0, 1e-6)).toBe(1e-6 / FLOOR.floor);
});

test('compare: a number far below its neighbours is measured by them', () => {
  expect(worst({ coef: [1e6, 0] }, { coef: [1e6, 1e-3] })).toBe(1e-3 / (1e-3 * 1e6));
});

test.each([
  ['a missing number', [1, NaN], [1, 2]],
  ['an infinity of the other sign', [Infinity], [-Infinity]],
  ['a shorter list', [1, 2], [1]],
  ['another label', ['a'], ['b']],
  ['a number for a string', ['1'], [1]],
  ['null for 0', [null], [0]],
  ['another key', { a: 1 }, { b: 1 }],
  ['a list for a number', [1], 1],
])('compare: %s cannot be compared', (_, expected, received) => {
  expect(worst(expected, received)).toBe(Infinity);
});

test('compare: the path leads to the worst place', () => {
  const { path, expected, received } = compare([{ a: [1, 2] }, 3], [{ a: [1, 2.5] }, 3.001], FLOOR);
  expect({ path, expected, received }).toEqual({ path: '[0].a[1]', expected: 2, received: 2.5 });
});

test('tagged JSON brings back the numbers that JSON lacks', () => {
  expect(fromTaggedJson(toTaggedJson([NaN, Infinity, -Infinity, -0, 0.1, new Float64Array([NaN])]))).toEqual([
    NaN,
    Infinity,
    -Infinity,
    -0,
    0.1,
    [NaN],
  ]);
});
