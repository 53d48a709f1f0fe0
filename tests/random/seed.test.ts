import seedrandom from 'seedrandom';
import { expect, test } from 'vitest';
import { drawEntropySeed, RandomState, randomFrom, type Seed, seedOf } from '../../src/random/index.ts';

test('seedOf: integers stand for themselves', () => {
  expect([0, 42, 2 ** 32 - 1].map(seedOf)).toEqual([0, 42, 4294967295]);
});

test('seedOf: a string is hashed, always to the same integer, and close strings lie far apart', () => {
  expect(seedOf('fold 1')).toBe(seedOf('fold 1'));
  expect(Math.abs(seedOf('fold 1') - seedOf('fold 2'))).toBeGreaterThan(2 ** 20);
  expect(seedOf('42')).not.toBe(42);
});

test('seedOf: a seedrandom generator is drawn from once', () => {
  const generator = seedrandom('a');
  const same = seedrandom('a');
  expect(seedOf(generator)).toBe(same.int32() >>> 0);
  expect(generator.int32()).toBe(same.int32());
});

test('randomFrom hands a RandomState through', () => {
  const random = new RandomState(1);
  expect(randomFrom(random)).toBe(random);
});

test('randomFrom(null) draws from the platform entropy', () => {
  expect(Number.isInteger(drawEntropySeed())).toBe(true);
  expect(randomFrom(null).random()).not.toBe(randomFrom(null).random());
});

test.each([-1, 1.5, NaN, 2 ** 32, undefined, {}, true])('seedOf refuses %s', seed => {
  expect(() => seedOf(seed as unknown as Seed)).toThrow(
    /^Cannot draw random numbers: the seed must be a whole number in \[0, 2\^32\), a string, a seedrandom generator or null, received /,
  );
});
