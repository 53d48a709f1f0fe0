import fc from 'fast-check';
import { expect, test } from 'vitest';
import { RandomState } from '../../src/random/index.ts';

const seed = fc.integer({ min: 0, max: 2 ** 32 - 1 });

test('RandomState yields numpy values for its documented seeds', () => {
  expect(new RandomState(42).randomSample(3)).toEqual(
    Float64Array.of(0.3745401188473625, 0.9507143064099162, 0.7319939418114051),
  );
  expect(new RandomState(42).randint(0, 100, 6)).toEqual(Int32Array.of(51, 92, 14, 71, 60, 20));
  expect(new RandomState(0).permutation(6)).toEqual(Int32Array.of(5, 2, 1, 3, 0, 4));
  expect(new RandomState(0).standardNormal()).toBeCloseTo(1.764052345967664, 14);
  expect(new RandomState(1).choice(5, 4, { p: [0.1, 0.2, 0.3, 0.4, 0] })).toEqual(Int32Array.of(2, 3, 0, 2));
  expect(new RandomState(3).multinomial(20, [0.2, 0.3, 0.5])).toEqual(Int32Array.of(4, 7, 9));
  expect(new RandomState(3).binomial(1000, 0.4, 4)).toEqual(Int32Array.of(403, 397, 399, 388));
  expect(new RandomState(3).poisson(30, 4)).toEqual(Int32Array.of(31, 26, 23, 18));
});

test('randint draws ranges of 2^32 from one word and wider ones from two', () => {
  expect(new RandomState(4294967295).randint(0, 2 ** 32)).toBe(419326371);
  expect(new RandomState(7).randint(0, 2 ** 40)).toBe(752595690692);
});

test('randint of one value draws nothing', () => {
  const random = new RandomState(5);
  expect(random.randint(3, 4)).toBe(3);
  expect(random.random()).toBe(new RandomState(5).random());
});

test('RandomState: one value at a time and many at once are the same stream', () => {
  fc.assert(
    fc.property(seed, fc.integer({ min: 0, max: 9 }), (start, n) => {
      const one = new RandomState(start);
      const many = new RandomState(start);
      expect(many.standardNormal(n)).toEqual(Float64Array.from({ length: n }, () => one.standardNormal()));
      expect(many.randint(-7, 9, n)).toEqual(Int32Array.from({ length: n }, () => one.randint(-7, 9)));
      expect(many.binomial(80, 0.5, n)).toEqual(Int32Array.from({ length: n }, () => one.binomial(80, 0.5)));
    }),
  );
});

test('RandomState: integers of any range are the same one at a time and many at once, however many were drawn before', () => {
  const ranges = fc.tuple(fc.integer({ min: -(2 ** 31), max: 0 }), fc.nat(2 ** 31)).filter(([low, high]) => low < high);
  const ranged = fc.oneof(
    ranges,
    fc.constantFrom([0, 2], [0, 3], [0, 1025], [0, 2 ** 31], [-5, 2 ** 31 - 4], [-5, 2 ** 31]),
  );
  fc.assert(
    fc.property(seed, ranged, fc.nat(1300), fc.nat(1300), (start, [low, high], used, n) => {
      const [one, many] = [new RandomState(start), new RandomState(start)];
      for (const random of [one, many]) random.randomSample(used);
      expect(many.randint(low!, high!, n)).toEqual(Int32Array.from({ length: n }, () => one.randint(low!, high!)));
      expect(many.random()).toBe(one.random());
    }),
  );
});

test('RandomState: a clone and a restored state go on alike, in the middle of a pair of normals too', () => {
  fc.assert(
    fc.property(seed, fc.integer({ min: 0, max: 1300 }), (start, used) => {
      const random = new RandomState(start);
      random.standardNormal(used);
      const copies = [random.clone(), RandomState.fromState(structuredClone(random.getState()))];
      const expected = random.standardNormal(5);
      for (const copy of copies) expect(copy.standardNormal(5)).toEqual(expected);
    }),
    { numRuns: 20 },
  );
});

test('permutation holds each integer once, and a list is permuted as its positions are', () => {
  fc.assert(
    fc.property(seed, fc.integer({ min: 0, max: 40 }), (start, n) => {
      const positions = new RandomState(start).permutation(n);
      expect(Int32Array.from(positions).sort()).toEqual(Int32Array.from({ length: n }, (_, i) => i));
      const names = Array.from({ length: n }, (_, i) => `row ${i}`);
      expect(new RandomState(start).permutation(names)).toEqual(Array.from(positions, i => names[i]));
    }),
  );
});

test('choice without replacement gives distinct values of positive probability', () => {
  fc.assert(
    fc.property(seed, start => {
      const drawn = new RandomState(start).choice(['a', 'b', 'c', 'd'], 3, { replace: false, p: [0.7, 0, 0.2, 0.1] });
      expect([...drawn].sort()).toEqual(['a', 'c', 'd']);
    }),
  );
});

test('dirichlet: each row sums to one', () => {
  const rows = new RandomState(1).dirichlet([0.3, 2, 5], 10);
  for (let at = 0; at < rows.length; at += 3) expect(rows[at]! + rows[at + 1]! + rows[at + 2]!).toBeCloseTo(1, 12);
});

test('beta of tiny parameters stays a number at the ends of [0, 1]', () => {
  for (const value of new RandomState(0).beta(0.001, 0.001, 200)) expect(value >= 0 && value <= 1).toBe(true);
});

const random = new RandomState(0);
test.each<[() => unknown, string]>([
  [() => new RandomState(-1), 'Cannot draw random numbers: the seed must be a whole number in [0, 2^32), received -1'],
  [() => random.randint(3, 3), 'Cannot draw randint: low and high must be integers with low < high, received [3, 3]'],
  [() => random.normal(0, -1), 'Cannot draw normal: scale must be finite and >= 0, received -1'],
  [
    () => random.uniform(0, Infinity),
    'Cannot draw uniform: the bounds and their difference must be finite, received [0, Infinity]',
  ],
  [() => random.permutation(-2), 'Cannot draw permutation: n must be a whole number >= 0, received -2'],
  [() => random.choice([], 1), 'Cannot draw choice: the population must not be empty, received 0'],
  [
    () => random.choice(3, 4, { replace: false }),
    'Cannot draw choice: n must be <= 3, the population, without replacement, received 4',
  ],
  [() => random.choice(2, 1, { p: [0.5, 0.6] }), 'Cannot draw choice: p must sum to 1, received 1.1'],
  [() => random.choice(2, 1, { p: [1.5, -0.5] }), 'Cannot draw choice: probabilities must lie in [0, 1], received 1.5'],
  [() => random.binomial(3, NaN), 'Cannot draw binomial: probabilities must lie in [0, 1], received NaN'],
  [
    () => random.multinomial(3, [0.7, 0.7, 0]),
    'Cannot draw multinomial: all probabilities but the last must sum to at most 1, received 1.4',
  ],
  [() => random.poisson(-1), 'Cannot draw poisson: the mean must lie in [0, 2^31), received -1'],
  [() => random.beta(0, 1), 'Cannot draw beta: a and b must be finite and > 0, received [0, 1]'],
  [() => random.dirichlet([1, 0]), 'Cannot draw dirichlet: every alpha must be finite and > 0, received [1, 0]'],
])('RandomState refuses with a sentence (%#)', (call, sentence) => {
  expect(call).toThrow(expect.objectContaining({ message: sentence }));
});
