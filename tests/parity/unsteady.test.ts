import { expect, test } from 'vitest';
import { canBeUnsteady, farthestMove, moveBits } from './unsteady.ts';

const FLOORS = { floor: 1e-3, neighbourShare: 1e-3 };
const numbers = Array.from({ length: 200 }, (_, i) => Math.sqrt(i + 2) + 0.01);

test('moveBits: no number moves by more than two units in the last place, and some do', () => {
  const moved = moveBits(numbers, 0) as number[];
  expect(moved.every((value, i) => Math.abs(value / numbers[i]! - 1) <= 2 ** -51)).toBe(true);
  expect(moved.filter((value, i) => value !== numbers[i]).length).toBeGreaterThan(50);
});

test('moveBits: equal numbers move alike, so that ties stay ties; another trial moves others', () => {
  const [first, second] = moveBits([numbers, numbers], 0) as number[][];
  expect(first).toEqual(second);
  expect(moveBits(numbers, 1)).not.toEqual(first);
});

test('moveBits: whole numbers, labels and what JSON lacks stay', () => {
  const kept = { a: [1, -3, NaN, Infinity], b: 'x', c: null };
  expect(moveBits(kept, 0)).toEqual(kept);
});

test('farthestMove: the farthest of the moved answers', () => {
  expect(farthestMove([100], [[100], [99], [100.5]], FLOORS)).toBe(1 / 100);
});

test('farthestMove: nothing where an answer does not move, and where it cannot be compared', () => {
  expect(farthestMove([100], [[100], { $error: 'ValueError' }], FLOORS)).toBe(0);
});

test('canBeUnsteady: neither seeded results nor results of another shape', () => {
  const item = { name: '', oracle: { python: '' }, ours: () => null };
  expect(canBeUnsteady({ ...item, class: 'B' }, 0.5)).toBe(true);
  expect(canBeUnsteady({ ...item, class: 'D' }, 0.5)).toBe(false);
  expect(canBeUnsteady({ ...item, class: 'B' }, Infinity)).toBe(false);
});
