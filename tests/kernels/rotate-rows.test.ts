import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Matrix } from '../../src/array/index.ts';
import { isWorthApplying, Rotations, rotateRowsWork } from '../../src/kernels/index.ts';
import { rotateColumns } from '../../src/kernels/rotate-rows/reference.ts';
import { MAX_OPS, runSync } from '../../src/work/index.ts';

const matrix = (rows: number, columns: number) => Matrix.zeros(rows, columns).map((_, i, j) => Math.sin(1 + i * 7 + j));

test('rotateRowsWork equals its reference to the bit, whatever the width and the order of rotations', () => {
  const pair = fc.tuple(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 5 }), fc.double({ min: -3, max: 3 }));
  const list = fc.array(
    pair.filter(([x, y]) => x !== y),
    { maxLength: 30 },
  );
  fc.assert(
    fc.property(fc.constantFrom(0, 1, 2, 63, 64, 65, 130), list, (columns, pairs) => {
      const rotations = new Rotations();
      for (const [x, y, angle] of pairs) rotations.push(x, y, Math.cos(angle), Math.sin(angle));
      const expected = matrix(6, columns);
      rotateColumns(expected.data, columns, rotations, 0, columns);
      const rotated = matrix(6, columns);
      runSync(rotateRowsWork(rotated, rotations));
      expect(rotated).toEqual(expected);
      expect(rotations.count).toBe(0);
    }),
  );
});

test('a quarter turn swaps two rows and changes one sign', () => {
  const rotations = new Rotations();
  rotations.push(0, 1, 0, 1);
  const rows = Matrix.fromRows([[1, 2], [3, 4]]); // biome-ignore format: as on paper
  runSync(rotateRowsWork(rows, rotations));
  expect(rows.toArray()).toEqual([[3, 4], [-1, -2]]); // biome-ignore format: as on paper
});

test('what is worth applying stays within a checkpoint per strip', () => {
  const rotations = new Rotations();
  while (!isWorthApplying(rotations)) rotations.push(0, 1, 1, 0);
  for (const checkpoint of rotateRowsWork(matrix(2, 200), rotations)) {
    expect('ops' in checkpoint ? checkpoint.ops : Infinity).toBeLessThanOrEqual(MAX_OPS);
  }
});
