import fc from 'fast-check';
import { expect, test } from 'vitest';
import { introsort } from '../../src/tree/introsort.ts';
import { argsortFloat32 } from '../../src/tree/radix-sort.ts';
import { RankSorter } from '../../src/tree/rank-sort.ts';

const lists = fc.oneof(
  fc.array(fc.integer({ min: 0, max: 5 }), { maxLength: 300 }),
  fc.array(fc.integer({ min: 0, max: 1 << 16 }), { maxLength: 300 }),
  // All but a few ranks crowd at one end.
  fc.array(fc.oneof({ weight: 9, arbitrary: fc.integer({ min: 0, max: 60 }) }, fc.constant(1 << 16)), {
    maxLength: 300,
  }),
);

function sortedPairs(list: readonly number[]): number[][] {
  return list.map((key, i) => [key, i]).sort((a, b) => a[0]! - b[0]! || a[1]! - b[1]!);
}

test('RankSorter sorts ranges of keys, ties in their order, and moves the samples along', () => {
  fc.assert(
    fc.property(lists, fc.nat(3), (list, margin) => {
      const keys = new Uint32Array(margin + list.length + 1).fill(7);
      const samples = Int32Array.from(keys, (_, p) => p - margin);
      const column = { codes: Uint32Array.from([99, ...list], rank => 2 * rank), base: 1, bits: 17 };
      new RankSorter(keys.length).sort(column, keys, samples, margin, margin + list.length);
      const pairs = Array.from(list, (_, i) => [keys[margin + i]!, samples[margin + i]!]);
      expect(pairs).toEqual(sortedPairs(list));
      expect(keys.at(-1)).toBe(7);
    }),
  );
});

test('RankSorter sorts where key and position do not fit one word', () => {
  const n = 3000;
  const codes = Uint32Array.from({ length: n }, (_, i) => ((i * 7919) % n) * 2000);
  const keys = new Uint32Array(n);
  const samples = Int32Array.from({ length: n }, (_, i) => i);
  new RankSorter(n).sort({ codes, base: 0, bits: 22 }, keys, samples, 0, n);
  expect(Array.from(keys)).toEqual(Array.from({ length: n }, (_, i) => i * 1000));
  expect(samples.every((sample, i) => (sample * 7919) % n === i)).toBe(true);
});

test('introsort sorts keys and moves items along, whatever the order before', () => {
  fc.assert(
    fc.property(lists, list => {
      const keys = Uint32Array.from(list);
      const items = Int32Array.from(list, (_, i) => i);
      introsort(keys, items, 0, keys.length);
      expect(Array.from(keys)).toEqual([...list].sort((a, b) => a - b));
      expect(Array.from(items, item => list[item])).toEqual(Array.from(keys));
    }),
  );
});

test('introsort falls back to heap sort where pivots are bad', () => {
  // Large ends and a middle that splits off one key at a time would be quadratic.
  const n = 5000;
  const keys = Uint32Array.from({ length: n }, (_, i) => (i % 2 === 0 ? i : n + ((i * i) % 977)));
  const items = Int32Array.from(keys.keys());
  const before = Array.from(keys);
  introsort(keys, items, 0, n);
  expect(Array.from(keys)).toEqual(before.sort((a, b) => a - b));
});

test('argsortFloat32 orders all floats, both zeros as one, NaN last', () => {
  const values = Float32Array.of(3, -0, Number.NaN, -5, 0, -1e-40, 1e30, 0);
  const order = new Int32Array(values.length);
  argsortFloat32(values, order);
  expect(Array.from(order)).toEqual([3, 5, 1, 4, 7, 0, 6, 2]);
});
