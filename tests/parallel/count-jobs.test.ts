import { availableParallelism } from 'node:os';
import { expect, test } from 'vitest';
import { countJobs } from '../../src/parallel/index.ts';

const cores = availableParallelism();

test('countJobs counts as joblib: null is 1, -1 all cores, -2 all but one, never fewer than 1', () => {
  expect([null, 1, 7].map(countJobs)).toEqual([1, 1, 7]);
  expect(countJobs(-1)).toBe(cores);
  expect(countJobs(-2)).toBe(Math.max(1, cores - 1));
  expect(countJobs(-1000)).toBe(1);
});

test('countJobs refuses 0 and fractions', () => {
  expect(() => countJobs(0)).toThrow(
    'Cannot count workers: nJobs must be null or a whole number other than 0, received 0; use -1 for all cores',
  );
  expect(() => countJobs(1.5)).toThrow('received 1.5');
  expect(() => countJobs(NaN)).toThrow('received NaN');
});
