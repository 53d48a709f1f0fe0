import { afterAll, expect, test } from 'vitest';
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
