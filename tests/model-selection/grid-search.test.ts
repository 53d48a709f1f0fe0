import { expect, test } from 'vitest';
import {
  captureWarnings,
  compareManifests,
  crossValidate,
  crossValScore,
  DecisionTreeClassifier,
  fromBytes,
  GaussianNB,
  GridSearchCV,
  GroupKFold,
  KFold,
  LogisticRegression,
  makeClassification,
  makeScorer,
  meanSquaredError,
  PCA,
  Pipeline,
  Ridge,
  StandardScaler,
  StratifiedKFold,
  toBytes,
} from '../../src/index.ts';
import { Constant, CountingShift } from './toy-estimators.ts';

const X = Array.from({ length: 12 }, (_, i) => [i, (i * 5) % 7]);
const y = X.map(([a, b]) => 2 * a! - b!);
const { X: XClass, y: yClass } = makeClassification({ nSamples: 90, nFeatures: 5, nInformative: 3, randomState: 0 });

test('GridSearchCV: names every entry of cvResults_', async () => {
  const search = new GridSearchCV(new Constant(), { paramGrid: { value: [1, 2] }, cv: 2, returnTrainScore: true });
  const { cvResults_ } = await search.fit(X, y);
  expect(Object.keys(cvResults_).sort()).toEqual(
    [
      ...['meanFitTime', 'stdFitTime', 'meanScoreTime', 'stdScoreTime', 'fitSharedBy', 'param_value', 'params'],
      ...['split0TestScore', 'split1TestScore', 'meanTestScore', 'stdTestScore', 'rankTestScore'],
      ...['split0TrainScore', 'split1TrainScore', 'meanTrainScore', 'stdTrainScore'],
    ].sort(),
  );
});

test('GridSearchCV: means and deviations are those of the splits, and ties share the better rank', async () => {
  const paramGrid = { value: [1, 0, 1, 5] };
  const scoring = 'negMeanAbsoluteError';
  const search = await new GridSearchCV(new Constant(), { paramGrid, scoring, cv: new KFold({ nSplits: 2 }) }).fit(
    [[0], [0], [0], [0]],
    [0, 0, 2, 2],
  );
  const { meanTestScore, stdTestScore, rankTestScore, params } = search.cvResults_;
  expect(Array.from(meanTestScore!)).toEqual([-1, -1, -1, -4]);
  expect(Array.from(stdTestScore!)).toEqual([0, 1, 0, 1]);
  expect(Array.from(rankTestScore!)).toEqual([1, 1, 1, 4]);
  expect(params).toEqual([{ value: 1 }, { value: 0 }, { value: 1 }, { value: 5 }]);
  expect([search.bestIndex_, search.bestScore_, search.bestParams_]).toEqual([0, -1, { value: 1 }]);
});

test('GridSearchCV: a failed fit counts as errorScore, with a warning, and ranks last', async () => {
  const paramGrid = { failBelow: [-99, 6] };
  const { result, warnings } = await captureWarnings(() =>
    new GridSearchCV(new Constant(), { paramGrid, cv: 2, scoring: 'negMeanAbsoluteError' }).fit(X, y),
  );
  expect(Array.from(result.cvResults_.meanTestScore!).map(Number.isNaN)).toEqual([false, true]);
  expect(Array.from(result.cvResults_.rankTestScore!)).toEqual([1, 2]);
  expect(warnings.map(warning => warning.message)).toEqual([
    '1 fits out of 4 failed and count as NaN: the first target is too small',
    'the mean test score of 1 of 2 candidates is not finite',
  ]);
});

test('GridSearchCV: errorScore raise lets a fit throw, and all fits failing always throws', async () => {
  const search = (errorScore: number | 'raise') =>
    new GridSearchCV(new Constant(), { paramGrid: { failBelow: [99] }, cv: 2, errorScore }).fit(X, y);
  await expect(search('raise')).rejects.toThrow('the first target is too small');
  await expect(search(0)).rejects.toThrow(
    "Cannot run GridSearchCV: some fit must succeed, received 2 failed fits: the first target is too small; pass errorScore 'raise' to see where they fail",
  );
});

test('GridSearchCV: several scorers need a refit that names one, false or a function', async () => {
  const scoring = { error: 'negMaxError', r: 'r2' } as const;
  const search = (refit: boolean | string | ((results: object) => number)) =>
    new GridSearchCV(new Constant(), { paramGrid: { value: [0, 9] }, scoring, cv: 2, refit }).fit(X, y);
  await expect(search(true)).rejects.toThrow(
    "Cannot fit GridSearchCV: refit must be false, a function, or one of the scorers ['error', 'r'], received true",
  );
  const named = await search('error');
  expect([named.bestParams_, named.multimetric_]).toEqual([{ value: 9 }, true]);
  const chosen = await search(() => 0);
  expect([chosen.bestIndex_, chosen.bestScore_]).toEqual([0, Number.NaN]);
  const unfitted = await search(false);
  expect(() => unfitted.bestParams_).toThrow('refit must name the scorer that decides, where there are several');
  await expect(unfitted.predict(X)).rejects.toThrow('refit must not be false');
  await expect(search(() => 7)).rejects.toThrow('refit must give a position from 0 to 1, received 7');
});

test('GridSearchCV: unknown names and refused values throw when it is made', () => {
  expect(() => new GridSearchCV(new Ridge(), { paramGrid: { alpa: [1] } as object })).toThrow("did you mean 'alpha'?");
  expect(() => new GridSearchCV(new Ridge(), { paramGrid: { alpha: [-1] } })).toThrow('alpha must be');
  expect(() => new GridSearchCV(new Ridge(), { paramGrid: { alpha: [] } })).toThrow(
    'Cannot make a parameter grid: alpha must be a non-empty list of values, received []',
  );
});

test('GridSearchCV: a pipeline prefix is fitted once per fold', async () => {
  const pipeline = new Pipeline([
    ['shift', new CountingShift()],
    ['model', new Constant()],
  ]);
  CountingShift.fits = 0;
  await new GridSearchCV(pipeline, { paramGrid: { model__value: [1, 2, 3, 4, 5, 6, 7] }, cv: 3 }).fit(X, y);
  expect(CountingShift.fits).toBe(3 + 1);
  CountingShift.fits = 0;
  const paramGrid = { shift__shift: [0, 1], model__value: [1, 2, 3, 4] };
  await new GridSearchCV(pipeline, { paramGrid, cv: 3 }).fit(X, y);
  expect(CountingShift.fits).toBe(2 * 3 + 1);
});

test('GridSearchCV: steps can be swapped, and lists of grids are tried one by one', async () => {
  const pipeline = new Pipeline([
    ['scaler', new StandardScaler()],
    ['model', new GaussianNB()],
  ]);
  const paramGrid = [
    { model: [new GaussianNB(), new LogisticRegression()], scaler: ['passthrough', new PCA({ nComponents: 2 })] },
    { model__varSmoothing: [1e-9, 0.5] },
  ] as const;
  const search = await new GridSearchCV(pipeline, { paramGrid: paramGrid as never, cv: 3 }).fit(XClass, yClass);
  expect(search.cvResults_.params.length).toBe(6);
  const table = search.cvResultsTable();
  expect(Array.from(table.array('param_model')).slice(4)).toEqual([null, null]);
});

test('cvResultsTable: goes on as an arquero table', async () => {
  const search = await new GridSearchCV(new Constant(), { paramGrid: { value: [1, 2] }, cv: 2 }).fit(X, y);
  const table = search.cvResultsTable();
  expect([table.rows, table.columnNames().includes('rankTestScore')]).toEqual([2, true]);
});

test('GridSearchCV: 1, 2 and 7 workers give the same numbers', async () => {
  const pipeline = new Pipeline([
    ['scaler', new StandardScaler()],
    ['tree', new DecisionTreeClassifier({ randomState: 3 })],
  ]);
  const run = async (nJobs: number | null) => {
    const params = {
      paramGrid: { tree__maxDepth: [1, 3, 5] },
      scoring: ['accuracy', 'rocAuc'] as const,
      refit: 'rocAuc',
    };
    const search = await new GridSearchCV(pipeline, { ...params, nJobs, cv: new StratifiedKFold({ nSplits: 4 }) }).fit(
      XClass,
      yClass,
    );
    const { meanTestAccuracy, stdTestRocAuc, rankTestRocAuc } = search.cvResults_ as unknown as Record<string, object>;
    return [meanTestAccuracy, stdTestRocAuc, rankTestRocAuc, search.bestIndex_, await search.predict(XClass)];
  };
  const expected = await run(null);
  for (const nJobs of [1, 2, 7]) expect(await run(nJobs)).toEqual(expected);
});

test('GridSearchCV: scorers of one’s own run in this thread only', async () => {
  const scoring = makeScorer(meanSquaredError, { name: 'mine', greaterIsBetter: false });
  const params = { paramGrid: { alpha: [1, 2] }, scoring, cv: 2 };
  const search = await new GridSearchCV(new Ridge(), params).fit(X, y);
  expect(search.bestScore_).toBeLessThanOrEqual(0);
  await expect(new GridSearchCV(new Ridge(), { ...params, nJobs: 2 }).fit(X, y)).rejects.toThrow(
    "Cannot run GridSearchCV: scorers of your own must run in this thread, received scorer 'mine'; leave nJobs at null, or use a named scorer",
  );
});

test('GridSearchCV: groups reach the splitter, and are refused where nobody uses them', async () => {
  const groups = X.map((_, i) => i % 4);
  const grouped = new GridSearchCV(new Ridge(), { paramGrid: { alpha: [1, 2] }, cv: new GroupKFold({ nSplits: 2 }) });
  expect((await grouped.fit(X, y, { groups })).nSplits_).toBe(2);
  await expect(grouped.fit(X, y)).rejects.toThrow('groups must be given');
  const plain = new GridSearchCV(new Ridge(), { paramGrid: { alpha: [1, 2] }, cv: 2 });
  await expect(plain.fit(X, y, { groups })).rejects.toThrow('groups must be consumed by some estimator');
});

test('crossValidate: hands each fold’s groups to a search inside', async () => {
  const inner = new GridSearchCV(new Ridge(), { paramGrid: { alpha: [0.1, 9] }, cv: new GroupKFold({ nSplits: 2 }) });
  const groups = X.map((_, i) => i % 4);
  const options = { groups, cv: new GroupKFold({ nSplits: 2 }), errorScore: 'raise' } as const;
  const { testScores } = await crossValidate(inner, X, y, options);
  const inWorkers = await crossValidate(inner, X, y, { ...options, nJobs: 2 });
  expect(inWorkers.testScores).toEqual(testScores);
});

test('GridSearchCV: weights weigh fits and scores', async () => {
  const sampleWeight = [1, 1, 0, 1];
  const params = { paramGrid: { value: [0] }, scoring: 'negMeanAbsoluteError', cv: 2 } as const;
  const search = await new GridSearchCV(new Constant(), params).fit([[0], [0], [0], [0]], [1, 3, 50, 4], {
    sampleWeight,
  });
  expect(Array.from(search.cvResults_.meanTestScore!)).toEqual([-3]);
});

test('GridSearchCV: stops on abort and keeps the earlier model', async () => {
  const search = await new GridSearchCV(new Ridge(), { paramGrid: { alpha: [1, 2] }, cv: 2 }).fit(X, y);
  const { cvResults_ } = search;
  const controller = new AbortController();
  const onProgress = () => controller.abort(new Error('enough'));
  await expect(search.fit(X, y, { signal: controller.signal, onProgress })).rejects.toThrow('enough');
  expect(search.cvResults_).toBe(cvResults_);
});

test('GridSearchCV: reports one step per task, from the first to the last', async () => {
  const seen: string[] = [];
  const onProgress = ({ task, done, total }: { task: string; done: number; total?: number }) => {
    seen.push(`${task} ${done}/${total}`);
  };
  await new GridSearchCV(new Ridge(), { paramGrid: { alpha: [1, 2] }, cv: 2 }).fit(X, y, { onProgress });
  expect(seen.at(-1)).toBe('GridSearchCV 4/4');
});

test('GridSearchCV: the caller’s estimator stays unfitted', async () => {
  const ridge = new Ridge();
  await new GridSearchCV(ridge, { paramGrid: { alpha: [1] }, cv: 2 }).fit(X, y);
  expect(ridge.isFitted).toBe(false);
});

test('GridSearchCV: saves and loads with its splitter, and predicts the same', async () => {
  const cv = new KFold({ nSplits: 3, shuffle: true, randomState: 5 });
  const search = await new GridSearchCV(new Ridge(), { paramGrid: { alpha: [1, 2] }, cv, scoring: 'r2' }).fit(X, y);
  const loaded = (await fromBytes(await toBytes(search))) as unknown as typeof search;
  expect(await loaded.predict(X)).toEqual(await search.predict(X));
  expect(loaded.params.cv).toBeInstanceOf(KFold);
  expect(loaded.params.cv).toEqual(cv);
  expect(loaded.manifest_).toEqual(search.manifest_);
});

test('manifest_: equal for equal runs, whatever the number of workers; names a changed cell and a changed fold', async () => {
  const run = async (data: number[][], nSplits: number, nJobs: number | null = null) => {
    const cv = new KFold({ nSplits });
    return (await new GridSearchCV(new Ridge(), { paramGrid: { alpha: [1, 2] }, cv, nJobs }).fit(data, y)).manifest_;
  };
  const first = await run(X, 2);
  expect(JSON.parse(JSON.stringify(first))).toEqual(first);
  expect(compareManifests(first, await run(X, 2, 2))).toEqual([]);
  const changed = X.map((row, i) => (i === 3 ? [row[0]! + 1, row[1]!] : row));
  expect(compareManifests(first, await run(changed, 2))[0]).toMatch(/^the data hash differs/);
  expect(compareManifests(first, await run(X, 3))).toEqual(['the options differs: cv.params.nSplits is 2 and 3']);
});

test('crossValScore: gives one score per split, unweighted', async () => {
  const scores = await crossValScore(new Constant({ value: 1 }), [[0], [0], [0], [0]], [1, 3, 1, 1], {
    cv: 2,
    scoring: 'negMeanAbsoluteError',
    sampleWeight: [1, 9, 1, 1],
  });
  expect(Array.from(scores)).toEqual([-1, -0]);
});
