import { expect, test } from 'vitest';
import { XorShift } from '../../src/random/index.ts';

test('XorShift: seed 1 gives 1 ^ 1<<13, then ^ >>17, then ^ <<5, worked by hand', () => {
  // 1 ^ 8192 = 8193; 8193 >>> 17 = 0; 8193 ^ (8193 << 5) = 8193 ^ 262176 = 270369
  expect(new XorShift(1).next()).toBe(270369);
});

test('XorShift: seed 0 counts as 1, and seed 1337 is scikit-learn own test value', () => {
  expect(new XorShift(0).next()).toBe(270369);
  expect(new XorShift(1337).next()).toBe(339970090);
});

test('XorShift goes on from its state', () => {
  const random = new XorShift(99);
  random.next();
  expect(new XorShift(random.state).next()).toBe(random.next());
});

test('randInt and randUniform stay within their bounds', () => {
  const random = new XorShift(4294967295);
  for (let i = 0; i < 1000; i++) {
    const integer = random.randInt(-3, 4);
    const real = random.randUniform(-1, 2);
    expect(integer >= -3 && integer < 4 && real >= -1 && real <= 2).toBe(true);
  }
});
