import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DecisionTreeClassifier } from '../../src/index.ts';
import { XorShift } from '../../src/random/index.ts';
import { type GrowthRules, growTree, type TreeData } from '../../src/tree/grow-tree.ts';
import { encodeRanks } from '../../src/tree/rank-codes.ts';
import { staysWithin } from '../../src/tree/stays-within.ts';
import type { TreeArrays } from '../../src/tree/tree-arrays.ts';
import { runSync } from '../../src/work/index.ts';

const COLUMNS = 4;
const NO_BOUND = 2 ** 31 - 1;

const problems = fc.record({
  rows: fc.integer({ min: 2, max: 60 }),
  draws: fc.integer({ min: 1, max: 1e6 }),
  seed: fc.integer({ min: 1, max: 1e6 }),
  distinct: fc.constantFrom(2, 5, 1000),
  missing: fc.constantFrom(0, 0.1),
  rules: fc.record({
    criterion: fc.constantFrom('gini', 'entropy', 'squared_error', 'absolute_error', 'poisson'),
    splitter: fc.constantFrom('best', 'best', 'random'),
    minSamplesSplit: fc.constantFrom(2, 2, 7),
    minSamplesLeaf: fc.constantFrom(1, 1, 3),
    minWeightLeaf: fc.constantFrom(0, 0, 3),
    maxFeatures: fc.integer({ min: 1, max: COLUMNS }),
    maxLeafNodes: fc.constantFrom(null, null, 8),
    minImpurityDecrease: fc.constantFrom(0, 0, 0.01),
  }),
});

type Problem = typeof problems extends fc.Arbitrary<infer T> ? T : never;

function grower({ rows, draws, seed, distinct, missing, rules }: Problem): (maxDepth: number) => TreeArrays {
  const random = new XorShift(draws);
  const isMissing = () => missing > 0 && random.randUniform(0, 1) < missing;
  const data = Float32Array.from({ length: rows * COLUMNS }, () =>
    isMissing() ? Number.NaN : random.randInt(0, distinct),
  );
  const classes = rules.criterion === 'gini' || rules.criterion === 'entropy' ? 3 : 1;
  const y = Float64Array.from({ length: rows }, () => random.randInt(0, classes === 1 ? 20 : classes));
  const weights = Float64Array.from({ length: rows }, () => random.randInt(0, 3));
  weights[0] = 1;
  const keepsOrder = rules.splitter === 'best' && 2 * rules.maxFeatures >= COLUMNS;
  const ranks = runSync(encodeRanks({ data, rows, columns: COLUMNS }, { keepsOrder }));
  const problem: TreeData = { ranks, y, nOutputs: 1, nClasses: Int32Array.of(classes) };
  const own: GrowthRules = { ...rules, maxDepth: NO_BOUND, monotonic: undefined };
  return maxDepth => runSync(growTree(problem, { ...own, maxDepth }, weights, seed));
}

test('staysWithin: a tree that stays within a bound is the tree that grows under it, to the bit', () => {
  let binding = 0;
  let kept = 0;
  fc.assert(
    fc.property(problems, problem => {
      const grow = grower(problem);
      const loose = grow(NO_BOUND);
      for (let maxDepth = 1; maxDepth <= loose.maxDepth + 1; maxDepth++) {
        if (!staysWithin(loose, { ...problem.rules, maxDepth })) binding++;
        else {
          kept += Number(maxDepth === loose.maxDepth);
          expect(grow(maxDepth)).toEqual(loose);
        }
      }
    }),
    { numRuns: 400, seed: 1 },
  );
  expect(binding).toBeGreaterThan(100);
  expect(kept).toBeGreaterThan(100);
});

test('staysWithin: pure leaves at the bound were not searched, mixed ones that nothing parts were', async () => {
  const treeOf = async (X: number[][], y: number[]) =>
    (await new DecisionTreeClassifier({ randomState: 0 }).fit(X, y)).tree_;
  const pure = await treeOf([[1], [2]], [0, 1]);
  expect(staysWithin(pure, { maxDepth: 1, minSamplesSplit: 2 })).toBe(true);
  const mixed = await treeOf([[1], [2], [2]], [0, 0, 1]);
  expect(mixed.maxDepth).toBe(1);
  expect(staysWithin(mixed, { maxDepth: 1, minSamplesSplit: 2 })).toBe(false);
  expect(staysWithin(mixed, { maxDepth: 1, minSamplesSplit: 3 })).toBe(true);
  expect(staysWithin(mixed, { maxDepth: 2, minSamplesSplit: 2 })).toBe(true);
});
