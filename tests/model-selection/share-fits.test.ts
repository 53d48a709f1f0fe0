import { expect, test } from 'vitest';
import {
  GridSearchCV,
  makeClassification,
  makeRegression,
  PCA,
  Pipeline,
  RandomForestClassifier,
  RandomForestRegressor,
  StandardScaler,
} from '../../src/index.ts';
import { chained } from '../../src/model-selection/share-fits.ts';

const { X, y } = makeClassification({ nSamples: 80, nFeatures: 6, nInformative: 3, randomState: 0 });
const forest = new RandomForestClassifier({ randomState: 3 });

function pipeline() {
  return new Pipeline([
    ['scaler', new StandardScaler()],
    ['pca', new PCA({ nComponents: 3, randomState: 0 })],
    ['classifier', forest],
  ]);
}

test('a search scores candidates cut from a larger forest as it scores forests of their own, to the bit', async () => {
  const paramGrid = { classifier__nEstimators: [4, 12, 1], classifier__maxDepth: [null, 2], pca__nComponents: [2, 3] };
  for (const nJobs of [1, 2]) {
    const options = { paramGrid, cv: 3, scoring: 'negLogLoss', nJobs, returnTrainScore: true } as const;
    const shared = await new GridSearchCV(pipeline(), options).fit(X, y);
    const apart = await new GridSearchCV(pipeline(), { ...options, share: false }).fit(X, y);
    const scores = (results: object) => Object.entries(results).filter(([name]) => /Score$|^params$/.test(name));
    expect(scores(shared.cvResults_)).toEqual(scores(apart.cvResults_));
    expect(shared.bestParams_).toEqual(apart.bestParams_);
    expect([...shared.cvResults_.fitSharedBy]).toEqual(new Array(12).fill(3));
    expect([...apart.cvResults_.fitSharedBy]).toEqual(new Array(12).fill(1));
  }
});

test('candidates that share a fit all show its time', async () => {
  const paramGrid = { nEstimators: [1, 5], maxDepth: [1, 2] };
  const { cvResults_ } = await new GridSearchCV(forest, { paramGrid, cv: 2 }).fit(X, y);
  const times = new Map<unknown, Set<number>>();
  cvResults_.params.forEach(({ maxDepth }, at) => {
    times.set(maxDepth, (times.get(maxDepth) ?? new Set()).add(cvResults_.meanFitTime![at]!));
  });
  expect([...times.values()].map(({ size }) => size)).toEqual([1, 1]);
});

test('chained: the largest value comes first, and only what differs in nothing else shares', () => {
  const candidates = [
    forest.withParams({ nEstimators: 3 }),
    forest.withParams({ nEstimators: 9 }),
    forest.withParams({ nEstimators: 5, maxDepth: 2 }),
    forest.withParams({ nEstimators: 7, oobScore: true }),
    forest.withParams({ nEstimators: 8, oobScore: true }),
    new PCA(),
  ];
  expect(chained(candidates)).toEqual([[1, 0], [2], [3], [4], [5]]);
});

test('a forest cut to k trees equals the forest of k trees', async () => {
  for (const bootstrap of [true, false]) {
    const large = await new RandomForestRegressor({ nEstimators: 9, randomState: 1, bootstrap }).fit(X, [...y]);
    const small = await new RandomForestRegressor({ nEstimators: 4, randomState: 1, bootstrap }).fit(X, [...y]);
    const cut = large.cutTo(4);
    expect(cut.params).toEqual(small.params);
    expect(cut.exportState()).toEqual(small.exportState());
    expect(large.estimators_.length).toBe(9);
  }
});

test('where the largest candidate cannot be fitted, the others are fitted by themselves', async () => {
  const { X: table, y: target } = makeRegression({ nSamples: 30, nFeatures: 3, randomState: 0 });
  class Fragile extends RandomForestRegressor {
    protected override *learnValues(...args: Parameters<RandomForestRegressor['learnValues']>) {
      if (this.params.nEstimators > 4) throw new Error('too many trees');
      return yield* super.learnValues(...args);
    }
  }
  const paramGrid = { nEstimators: [2, 8, 4] };
  const search = await new GridSearchCV(new Fragile({ randomState: 0 }), { paramGrid, cv: 2 }).fit(table, [...target]);
  const { meanTestScore, fitSharedBy } = search.cvResults_;
  expect([...meanTestScore!].map(Number.isNaN)).toEqual([false, true, false]);
  expect([...fitSharedBy]).toEqual([1, 1, 1]);
});
