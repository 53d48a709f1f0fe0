import { expect, test } from 'vitest';
import { classWeight, weighClasses } from '../../src/check/index.ts';

const labels = { classes: ['a', 'b'], codes: Int32Array.of(0, 0, 0, 1) };

test('weighClasses, balanced: samples / (classes * count)', () => {
  expect(Array.from(weighClasses('balanced', labels, undefined, 'fit'))).toEqual([4 / 6, 2]);
});

test('weighClasses, balanced, counts weights: sum / (classes * sum of the class)', () => {
  expect(Array.from(weighClasses('balanced', labels, Float64Array.of(1, 1, 0, 6), 'fit'))).toEqual([2, 8 / 12]);
});

test('weighClasses, balanced: a class that weighs nothing counts among the classes', () => {
  expect(Array.from(weighClasses('balanced', labels, Float64Array.of(1, 2, 1, 0), 'fit'))).toEqual([4 / 8, 1]);
});

test('weighClasses: labels that are not named weigh 1', () => {
  expect(Array.from(weighClasses({ b: 3 }, labels, undefined, 'fit'))).toEqual([1, 3]);
  expect(Array.from(weighClasses([[7, 2]], { classes: [5, 7], codes: Int32Array.of(0, 1) }, undefined, 'fit'))).toEqual(
    [1, 2],
  );
});

test('weighClasses refuses a name that is no label', () => {
  expect(() => weighClasses({ c: 3 }, labels, undefined, 'fit Ridge')).toThrow(
    "Cannot fit Ridge: classWeight must name labels of y (['a', 'b']), received ['c']",
  );
});

test('classWeight accepts weights >= 0 only', () => {
  const { accepts } = classWeight();
  expect([null, 'balanced', { a: 1 }, [[1, 0]]].every(accepts)).toBe(true);
  expect(['other', { a: -1 }, { a: NaN }, [[1]], [1], 3].some(accepts)).toBe(false);
  // What a Map holds are not its keys: it would weigh nothing.
  expect([new Map([['a', 2]]), new Set([1]), new Date(), Float64Array.of(2)].some(accepts)).toBe(false);
});
