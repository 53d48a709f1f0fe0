import fc from 'fast-check';
import { expect, test } from 'vitest';
import { encodeTogether } from '../../../src/metrics/inputs/index.ts';

/** By the definition: the position among the sorted, different labels of all lists. */
function encodeByDefinition(lists: readonly (readonly number[])[]) {
  const classes = [...new Set(lists.flat().map(label => label + 0))].sort((a, b) => a - b);
  return { classes, codes: lists.map(list => Int32Array.from(list, label => classes.indexOf(label))) };
}

const near = fc.integer({ min: -5, max: 5 });
const far = fc.constantFrom(-(2 ** 31), 2 ** 31 - 1, 2 ** 31, 2 ** 53 - 1, 1e6, -0, 0.5);

test.each([
  ['near one another', near],
  ['anywhere', fc.oneof(near, far)],
])('encodeTogether: whole numbers %s', (_, label) => {
  const list = fc.array(label, { maxLength: 12 });
  fc.assert(
    fc.property(list, list, (a, b) => {
      expect(encodeTogether('aMetric', [a, b])).toEqual(encodeByDefinition([a, b]));
    }),
    { seed: 1 },
  );
});

test('encodeTogether: typed arrays, arrays and strings alike', () => {
  const expected = { classes: [3, 7], codes: [Int32Array.of(1, 0), Int32Array.of(0, 0)] };
  expect(encodeTogether('aMetric', [Uint8Array.of(7, 3), Float64Array.of(3, 3)])).toEqual(expected);
  expect(encodeTogether('aMetric', [['b', 'a'], ['a', 'a']])).toEqual({ ...expected, classes: ['a', 'b'] }); // biome-ignore format: short
});

test('encodeTogether: labels of two types, and missing ones, are refused', () => {
  expect(() => encodeTogether('aMetric', [[1, 2], ['1']] as ArrayLike<number>[])).toThrow(
    "Cannot compute aMetric: labels must be of one type, received 1 and '1'",
  );
  expect(() => encodeTogether('aMetric', [[1, Number.NaN]])).toThrow(
    'Cannot compute aMetric: labels must be finite numbers, strings or booleans, received NaN at row 1',
  );
});
