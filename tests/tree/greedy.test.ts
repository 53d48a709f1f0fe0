import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DecisionTreeClassifier, DecisionTreeRegressor, type TreeArrays } from '../../src/index.ts';
import {
  costOf,
  deviation,
  entropy,
  gini,
  type Impurity,
  leastCost,
  type Sample,
  sidesOf,
  variance,
  weight,
} from './greedy.ts';

/** Walks down the tree with the samples: every split must cost as little as the best of all cuts. */
function expectGreedy(
  tree: TreeArrays,
  samples: readonly Sample[],
  minLeaf: number,
  impurity: Impurity,
  node = 0,
): void {
  expect(tree.nNodeSamples[node]).toBe(samples.length);
  expect(tree.weightedNNodeSamples[node]).toBeCloseTo(weight(samples), 9);
  expect(tree.impurity[node]).toBeCloseTo(impurity(samples), 9);
  const least = leastCost(samples, minLeaf, impurity);
  if (tree.childrenLeft[node]! < 0) {
    // Only a cut that wins nothing, up to rounding, may be left undone.
    expect(least).toBeGreaterThan(weight(samples) * impurity(samples) - 1e-9);
    return;
  }
  const [left, right] = sidesOf(tree, node, samples);
  expect(Math.min(left.length, right.length)).toBeGreaterThanOrEqual(minLeaf);
  expect(costOf(left, right, impurity)).toBeCloseTo(least, 8);
  expectGreedy(tree, left, minLeaf, impurity, tree.childrenLeft[node]);
  expectGreedy(tree, right, minLeaf, impurity, tree.childrenRight[node]);
}

const cell = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: -3, max: 3 }) },
  { weight: 4, arbitrary: fc.double({ min: -2, max: 2, noNaN: true }).map(v => Math.round(v * 1000) / 1000) },
  { weight: 1, arbitrary: fc.constant(Number.NaN) },
);

const problems = fc.integer({ min: 1, max: 3 }).chain(columns =>
  fc.record({
    samples: fc.array(
      fc.record({
        x: fc.array(cell, { minLength: columns, maxLength: columns }),
        y: fc.integer({ min: 0, max: 3 }),
        w: fc.constantFrom(1, 1, 2, 0.3, 0.7),
      }),
      { minLength: 1, maxLength: 40 },
    ),
    minSamplesLeaf: fc.integer({ min: 1, max: 3 }),
    randomState: fc.integer({ min: 0, max: 1000 }),
  }),
);

for (const [criterion, impurity] of [
  ['gini', gini],
  ['entropy', entropy],
] as const) {
  test(`DecisionTreeClassifier splits each node at the cut of least ${criterion}`, async () => {
    await fc.assert(
      fc.asyncProperty(problems, async ({ samples, minSamplesLeaf, randomState }) => {
        const model = new DecisionTreeClassifier({ criterion, minSamplesLeaf, randomState });
        await model.fit(
          samples.map(s => s.x),
          samples.map(s => s.y),
          { sampleWeight: samples.map(s => s.w) },
        );
        expectGreedy(model.tree_, samples, minSamplesLeaf, impurity);
      }),
      { numRuns: 60 },
    );
  });
}

for (const [criterion, impurity] of [
  ['squared_error', variance],
  ['absolute_error', deviation],
] as const) {
  test(`DecisionTreeRegressor splits each node at the cut of least ${criterion}`, async () => {
    await fc.assert(
      fc.asyncProperty(problems, async ({ samples, minSamplesLeaf, randomState }) => {
        const model = new DecisionTreeRegressor({ criterion, minSamplesLeaf, randomState });
        await model.fit(
          samples.map(s => s.x),
          samples.map(s => s.y),
          { sampleWeight: samples.map(s => s.w) },
        );
        expectGreedy(model.tree_, samples, minSamplesLeaf, impurity);
      }),
      { numRuns: 60 },
    );
  });
}
