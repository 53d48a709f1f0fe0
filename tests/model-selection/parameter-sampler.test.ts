import { expect, test } from 'vitest';
import {
  captureWarnings,
  exponential,
  logUniform,
  ParameterGrid,
  ParameterSampler,
  RandomState,
  randomInteger,
  uniform,
} from '../../src/index.ts';

test('ParameterGrid: names are sorted, and the last changes fastest', () => {
  expect([...new ParameterGrid([{ b: [1, 2], a: ['x', 'y'] }, {}])]).toEqual([
    { a: 'x', b: 1 },
    { a: 'x', b: 2 },
    { a: 'y', b: 1 },
    { a: 'y', b: 2 },
    {},
  ]);
  const grid = new ParameterGrid({ a: [1, 2, 3] });
  expect([grid.length, grid.at(2), grid.at(3)]).toEqual([3, { a: 3 }, undefined]);
});

test('ParameterSampler: lists are drawn without replacement', () => {
  const drawn = [...new ParameterSampler({ a: [1, 2, 3], b: [1, 2] }, { nIter: 6, randomState: 0 })];
  expect(new Set(drawn.map(({ a, b }) => `${a} ${b}`)).size).toBe(6);
});

test('ParameterSampler: takes the whole grid, with a warning, where more is asked for', async () => {
  const sampler = new ParameterSampler({ a: [1, 2] }, { nIter: 5, randomState: 0 });
  const { result, warnings } = await captureWarnings(() => [...sampler]);
  expect([result.length, sampler.length]).toEqual([2, 2]);
  expect(warnings.map(({ message }) => message)).toEqual([
    'the grid has 2 combinations, fewer than the 5 asked for; all are taken',
  ]);
});

test('ParameterSampler: iterating again repeats the draws of an integer seed', () => {
  const sampler = new ParameterSampler({ a: uniform(0, 1) }, { nIter: 3, randomState: 1 });
  expect([...sampler]).toEqual([...sampler]);
});

test('ParameterSampler: takes any object with rvs', () => {
  const halves = { rvs: (random: RandomState) => Math.round(random.random() * 10) / 2 };
  for (const { a } of new ParameterSampler({ a: halves }, { nIter: 9, randomState: 1 })) {
    expect((a as number) * 2).toBe(Math.round((a as number) * 2));
  }
});

test('distributions: stay within their bounds', () => {
  const random = new RandomState(0);
  for (let i = 0; i < 200; i++) {
    expect(uniform(2, 3).rvs(random)).toSatisfy((value: number) => value >= 2 && value < 5);
    expect(logUniform(0.1, 10).rvs(random)).toSatisfy((value: number) => value >= 0.1 && value <= 10);
    expect([3, 4]).toContain(randomInteger(3, 5).rvs(random));
    expect(exponential(1, 2).rvs(random)).toBeGreaterThanOrEqual(1);
  }
});

test('distributions: refuse what none is made of', () => {
  expect(() => uniform(0, 0)).toThrow('Cannot make a distribution: scale must be > 0 and both finite, received [0, 0]');
  expect(() => logUniform(0, 1)).toThrow('Cannot make a distribution: 0 < low < high must hold, received [0, 1]');
  expect(() => randomInteger(1.5, 3)).toThrow('low and high must be whole numbers with low < high');
});
