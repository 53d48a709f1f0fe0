import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { AnyEstimator } from '../../src/core/index.ts';
import {
  DecisionTreeClassifier,
  DecisionTreeRegressor,
  GridSearchCV,
  makeClassification,
  makeRegression,
  PCA,
  Pipeline,
  RandomForestClassifier,
  RandomForestRegressor,
  StandardScaler,
} from '../../src/index.ts';
import { related } from '../../src/model-selection/share-fits.ts';
import { drive } from '../../src/work/index.ts';

const { X, y } = makeClassification({ nSamples: 80, nFeatures: 6, nInformative: 3, randomState: 0 });
const forest = new RandomForestClassifier({ randomState: 3 });

function scoresOf(results: object) {
  return Object.entries(results).filter(([name]) => /Score$|^params$/.test(name));
}

function pipeline() {
  return new Pipeline([
    ['scaler', new StandardScaler()],
    ['pca', new PCA({ nComponents: 3, randomState: 0 })],
    ['classifier', forest],
  ]);
}

test('a search scores candidates cut from a larger forest as it scores forests of their own, to the bit', async () => {
  const paramGrid = { classifier__nEstimators: [4, 12, 1], classifier__maxDepth: [null, 2], pca__nComponents: [2, 3] };
  // Six tasks are too few for seven workers: there depths do not share.
  for (const [nJobs, sharing] of [
    [1, 6],
    [2, 6],
    [7, 3],
  ] as const) {
    const options = { paramGrid, cv: 3, scoring: 'negLogLoss', nJobs, returnTrainScore: true } as const;
    const shared = await new GridSearchCV(pipeline(), options).fit(X, y);
    const apart = await new GridSearchCV(pipeline(), { ...options, share: false }).fit(X, y);
    expect(scoresOf(shared.cvResults_)).toEqual(scoresOf(apart.cvResults_));
    expect(shared.bestParams_).toEqual(apart.bestParams_);
    expect([...shared.cvResults_.fitSharedBy]).toEqual(new Array(12).fill(sharing));
    expect([...apart.cvResults_.fitSharedBy]).toEqual(new Array(12).fill(1));
  }
});

test('candidates whose fits share all show the time of those fits', async () => {
  const paramGrid = { nEstimators: [1, 5], maxDepth: [1, 2], minSamplesLeaf: [1, 4] };
  const { cvResults_ } = await new GridSearchCV(forest, { paramGrid, cv: 2 }).fit(X, y);
  const times = new Map<unknown, Set<number>>();
  cvResults_.params.forEach(({ minSamplesLeaf }, at) => {
    times.set(minSamplesLeaf, (times.get(minSamplesLeaf) ?? new Set()).add(cvResults_.meanFitTime![at]!));
  });
  expect([...times.values()].map(({ size }) => size)).toEqual([1, 1]);
  expect([...cvResults_.fitSharedBy]).toEqual(new Array(8).fill(4));
});

test('related: the loosest bound and the largest value come first, and only what differs in nothing else shares', () => {
  const candidates = [
    forest.withParams({ nEstimators: 3 }),
    forest.withParams({ nEstimators: 9 }),
    forest.withParams({ nEstimators: 5, maxDepth: 2 }),
    forest.withParams({ nEstimators: 7, oobScore: true }),
    forest.withParams({ nEstimators: 8, oobScore: true }),
    new PCA(),
    forest.withParams({ nEstimators: 6, maxDepth: 20 }),
    forest.withParams({ nEstimators: 8, oobScore: true, maxDepth: 4 }),
    forest.withParams({ nEstimators: 4, ccpAlpha: 0.1 }),
    forest.withParams({ nEstimators: 4, ccpAlpha: 0.1, maxDepth: 4 }),
  ];
  expect(related(candidates)).toEqual([[[1, 0], [6], [2]], [[3]], [[4], [7]], [[5]], [[8]], [[9]]]);
});

const grids = fc.record({
  model: fc.constantFrom(
    new RandomForestClassifier(),
    new RandomForestClassifier({ bootstrap: false, maxFeatures: null, minSamplesLeaf: 2 }),
    new RandomForestClassifier({ criterion: 'entropy', classWeight: 'balanced_subsample', oobScore: true }),
    new RandomForestRegressor({ maxFeatures: 2 }),
    new RandomForestRegressor({ criterion: 'poisson', maxLeafNodes: 9 }),
    new DecisionTreeClassifier({ splitter: 'random', maxFeatures: 2 }),
    new DecisionTreeRegressor({ minImpurityDecrease: 0.01 }),
  ),
  randomState: fc.integer({ min: 0, max: 99 }),
  maxDepth: fc.uniqueArray(fc.constantFrom(null, 1, 2, 3, 4, 5, 6, 7, 12), { minLength: 2, maxLength: 4 }),
  nEstimators: fc.uniqueArray(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 2 }),
  isPipeline: fc.boolean(),
});

test('a search whose fits share scores as one whose fits do not, to the bit, whether depths bind or not', async () => {
  const { X: table, y: classes } = makeClassification({ nSamples: 60, nFeatures: 5, flipY: 0.2, randomState: 1 });
  await fc.assert(
    fc.asyncProperty(grids, async ({ model, randomState, maxDepth, nEstimators, isPipeline }) => {
      const last = (model as AnyEstimator).withParams({ randomState } as object);
      const prefix = isPipeline ? 'model__' : '';
      const estimator = isPipeline
        ? new Pipeline([
            ['scaler', new StandardScaler()],
            ['model', last],
          ])
        : last;
      const isForest = 'nestedParam' in model;
      const paramGrid = {
        [`${prefix}maxDepth`]: maxDepth,
        ...(isForest ? { [`${prefix}nEstimators`]: nEstimators } : {}),
      };
      const options = { paramGrid, cv: 2, refit: false, scoring: 'negMeanSquaredError' } as object;
      const search = (share: boolean) => new GridSearchCV(estimator, { ...options, share }).fit(table, classes);
      const [shared, alone] = [await search(true), await search(false)];
      expect(scoresOf(shared.cvResults_)).toEqual(scoresOf(alone.cvResults_));
      expect(Math.min(...shared.cvResults_.fitSharedBy)).toBeGreaterThan(1);
    }),
    { numRuns: 60 },
  );
});

test('Pipeline: a last step takes nothing over where the steps before were fitted anew', async () => {
  const make = (maxDepth: number | null) =>
    new Pipeline([
      ['scaler', new StandardScaler()],
      ['model', forest.withParams({ maxDepth, nEstimators: 5 })],
    ]);
  const loose = await make(null).fit(X, y);
  const other = make(20);
  const half = Array.from({ length: 40 }, (_, i) => i);
  const samples = X.takeRows(Int32Array.from(half));
  const labels = half.map(i => y[i]!);
  await drive(other.fitWithinWork(loose, samples, labels));
  const alone = await make(20).fit(samples, labels);
  expect(await other.predictProba(X)).toEqual(await alone.predictProba(X));
});

test('where one bound cannot be fitted, tighter ones go on from the bound before', async () => {
  class Fragile extends RandomForestClassifier {
    protected override *learnClasses(...args: Parameters<RandomForestClassifier['learnClasses']>) {
      if (this.params.maxDepth === 4) throw new Error('not four');
      return yield* super.learnClasses(...args);
    }
  }
  const paramGrid = { maxDepth: [2, 4, null], nEstimators: [2, 3] };
  const { meanTestScore, fitSharedBy } = await new GridSearchCV(new Fragile({ randomState: 0 }), {
    paramGrid,
    cv: 2,
  })
    .fit(X, y)
    .then(search => search.cvResults_);
  expect([...meanTestScore!].map(Number.isNaN)).toEqual([false, false, true, true, false, false]);
  expect([...fitSharedBy]).toEqual([4, 4, 1, 1, 4, 4]);
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
