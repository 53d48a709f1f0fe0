import { expect, test } from 'vitest';
import {
  DecisionTreeRegressor,
  fromBytes,
  HalvingGridSearchCV,
  HalvingRandomSearchCV,
  logUniform,
  RandomizedSearchCV,
  Ridge,
  toBytes,
  uniform,
} from '../../src/index.ts';
import { Constant } from './toy-estimators.ts';

const X = Array.from({ length: 36 }, (_, i) => [i, (i * 5) % 7]);
const y = X.map(([a, b]) => 2 * a! - b!);
const scoring = 'negMeanAbsoluteError';

test('HalvingGridSearchCV: a third of the candidates goes on with three times the samples', async () => {
  const paramGrid = { value: [0, 10, 20, 30, 40, 50, 60, 70, 80] };
  const params = { paramGrid, scoring, cv: 2, randomState: 0, minResources: 4 } as const;
  const search = await new HalvingGridSearchCV(new Constant(), params).fit(X, y);
  expect([search.nResources_, search.nCandidates_, search.nRemainingCandidates_]).toEqual([[4, 12, 36], [9, 3, 1], 1]);
  expect([search.nIterations_, search.nRequiredIterations_, search.nPossibleIterations_]).toEqual([3, 3, 3]);
  expect(Array.from(search.cvResults_.iter)).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 2]);
  expect(search.cvResults_.nResources.at(-1)).toBe(36);
  expect(search.bestIndex_).toBe(12);
});

test('HalvingGridSearchCV: a parameter can be the resource', async () => {
  const params = { resource: 'maxDepth', maxResources: 4, factor: 2, cv: 2, minResources: 'smallest' } as const;
  const tree = new DecisionTreeRegressor({ randomState: 0 });
  const paramGrid = { ccpAlpha: [0, 0.1, 1, 10] };
  const search = await new HalvingGridSearchCV(tree, { ...params, paramGrid, randomState: 0 }).fit(X, y);
  expect(search.nResources_).toEqual([1, 2, 4]);
  expect(search.cvResults_.params.map(({ maxDepth }) => maxDepth)).toEqual([1, 1, 1, 1, 2, 2, 4]);
});

test('HalvingGridSearchCV: refuses resources that cannot be one', () => {
  const make = (params: object) => () => new HalvingGridSearchCV(new Ridge(), { paramGrid: { alpha: [1] }, ...params });
  expect(make({ resource: 'depth' })).toThrow(
    "Cannot make HalvingGridSearchCV: resource must be 'nSamples' or a parameter of the estimator, received 'depth'",
  );
  expect(make({ resource: 'alpha', maxResources: 3 })).toThrow('resource must not be among the searched parameters');
  expect(make({ resource: 'maxIter' })).toThrow("maxResources must be a number where resource is not 'nSamples'");
  expect(make({ scoring: ['r2', 'negMaxError'] })).toThrow('scoring must be one scorer');
  expect(make({ factor: 1 })).toThrow('factor must be a number > 1');
});

test('HalvingGridSearchCV: refuses to start with more than there is', async () => {
  const search = new HalvingGridSearchCV(new Ridge(), { paramGrid: { alpha: [1] }, minResources: 40 });
  await expect(search.fit(X, y)).rejects.toThrow(
    'Cannot fit HalvingGridSearchCV: resources must grow from minResources (40) to maxResources, at most 36 samples, received maxResources 36',
  );
});

test('HalvingRandomSearchCV: draws as many candidates as the resources exhaust', async () => {
  const params = { paramDistributions: { alpha: logUniform(0.01, 10) }, cv: 2, randomState: 0 };
  const search = await new HalvingRandomSearchCV(new Ridge(), params).fit(X, y);
  expect([search.minResources_, search.nCandidates_, search.nResources_]).toEqual([4, [9, 3, 1], [4, 12, 36]]);
  expect(
    () => new HalvingRandomSearchCV(new Ridge(), { ...params, nCandidates: 'exhaust', minResources: 'exhaust' }),
  ).toThrow("nCandidates and minResources must not both be 'exhaust'");
});

test('RandomizedSearchCV: an integer seed repeats the candidates, and 1, 2 and 7 workers agree', async () => {
  const run = async (nJobs: number | null) => {
    const paramDistributions = { alpha: logUniform(0.01, 10), fitIntercept: [true, false] };
    const params = { paramDistributions, nIter: 5, cv: 3, randomState: 7, nJobs };
    const { cvResults_ } = await new RandomizedSearchCV(new Ridge(), params).fit(X, y);
    return [cvResults_.params, cvResults_.meanTestScore];
  };
  const expected = await run(null);
  for (const nJobs of [1, 2, 7]) expect(await run(nJobs)).toEqual(expected);
});

test('RandomizedSearchCV: keeps the seed that it drew', async () => {
  const params = { paramDistributions: { alpha: uniform(0, 5) }, nIter: 3, cv: 2 };
  const first = await new RandomizedSearchCV(new Ridge(), params).fit(X, y);
  const again = new RandomizedSearchCV(new Ridge(), { ...params, randomState: first.randomState_! });
  expect((await again.fit(X, y)).cvResults_.params).toEqual(first.cvResults_.params);
});

test('RandomizedSearchCV: saves and loads with its distributions', async () => {
  const params = { paramDistributions: { alpha: uniform(1, 5) }, nIter: 3, cv: 2, randomState: 1 };
  const search = await new RandomizedSearchCV(new Ridge(), params).fit(X, y);
  const loaded = (await fromBytes(await toBytes(search))) as unknown as typeof search;
  expect(await loaded.predict(X)).toEqual(await search.predict(X));
  expect((await loaded.clone().fit(X, y)).cvResults_.params).toEqual(search.cvResults_.params);
});

test('RandomizedSearchCV: unknown names and refused values throw when it is made', () => {
  const make = (paramDistributions: object) => () => new RandomizedSearchCV(new Ridge(), { paramDistributions });
  expect(make({ alpa: uniform(0, 1) })).toThrow("did you mean 'alpha'?");
  expect(make({ alpha: [1, 2, -1] })).toThrow('alpha must be');
  expect(make({ alpha: 3 })).toThrow(
    'Cannot make ParameterSampler: alpha must be a non-empty list of values or a distribution, received 3; use uniform, logUniform, randomInteger, or an object with rvs(random)',
  );
});
