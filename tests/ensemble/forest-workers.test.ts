import { afterAll, expect, test, vi } from 'vitest';
import { closePool, makeClassification, RandomForestClassifier } from '../../src/index.ts';
import '../helpers/worker.ts';

afterAll(closePool);

test('RandomForestClassifier grows the same trees on one, two and seven workers', async () => {
  const { X, y } = makeClassification({ nSamples: 80, randomState: 1 });
  const grow = async (nJobs: number) => {
    const model = new RandomForestClassifier({ nEstimators: 23, nJobs, oobScore: true, randomState: 5 });
    await model.fit(X, y);
    return [model.oobScore_, ...model.estimators_.map(tree => tree.tree_)];
  };
  const alone = await grow(1);
  expect(await grow(2)).toEqual(alone);
  expect(await grow(7)).toEqual(alone);
});

test('a fit that is stopped leaves its memory to the next one only when its workers have left it', async () => {
  const { X, y } = makeClassification({ nSamples: 3000, randomState: 1 });
  const params = { nEstimators: 8, nJobs: 2, randomState: 5, maxDepth: 6 };
  const treesOf = (model: RandomForestClassifier) => model.estimators_.map(tree => tree.tree_);
  const expected = treesOf(await new RandomForestClassifier({ ...params, nJobs: 1 }).fit(X, y));
  for (let k = 0; k < 8; k++) {
    const abort = new AbortController();
    const stopped = new RandomForestClassifier({ ...params, maxDepth: null }).fit(X, y, { signal: abort.signal });
    setTimeout(() => abort.abort(new Error('enough')), 10 * k);
    const outcome = await stopped.then(
      () => 'done',
      (error: Error) => error.message,
    );
    expect(['done', 'enough']).toContain(outcome);
    expect(treesOf(await new RandomForestClassifier(params).fit(X, y))).toEqual(expected);
  }
});

test('where threads cannot share memory, workers grow the same trees in memories of their own', async () => {
  const { X, y } = makeClassification({ nSamples: 300, randomState: 1 });
  const grow = async (nJobs: number) => {
    const model = await new RandomForestClassifier({ nEstimators: 6, nJobs, randomState: 5 }).fit(X, y);
    return model.estimators_.map(tree => tree.tree_);
  };
  const alone = await grow(1);
  vi.resetModules();
  vi.stubGlobal('crossOriginIsolated', false);
  await import('../helpers/worker.ts');
  const fresh = await import('../../src/index.ts');
  const model = new fresh.RandomForestClassifier({ nEstimators: 6, nJobs: 2, randomState: 5 });
  await model.fit(new fresh.Matrix(X.data, X.rows, X.columns), y);
  vi.unstubAllGlobals();
  expect(model.estimators_.map(tree => tree.tree_)).toEqual(alone);
  await fresh.closePool();
});
