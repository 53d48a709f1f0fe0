import { expect, test } from 'vitest';
import {
  DecisionTreeRegressor,
  Frame,
  GaussianNB,
  LinearRegression,
  partialDependence,
  RandomForestRegressor,
  StandardScaler,
} from '../../src/index.ts';

const X = [
  [0, 1],
  [1, 0],
  [2, 2],
  [3, 1],
];
const y = X.map(([a, b]) => 2 * a! + b!);
const linear = await new LinearRegression().fit(X, y);

test('partialDependence: of a linear model is the line through the mean of the rest', async () => {
  const { gridValues, average, individual } = await partialDependence(linear, X, 0, { kind: 'both' });
  expect(gridValues).toEqual([Float64Array.of(0, 1, 2, 3)]);
  for (const [i, value] of average!.row(0).entries()) expect(value).toBeCloseTo(2 * i + 1, 12);
  expect(individual![0]!.get(2, 3)).toBeCloseTo(2 * 3 + 2, 12);
});

test('partialDependence: two features have a grid, the second changing fastest', async () => {
  const { gridValues, average } = await partialDependence(linear, X, [0, 1]);
  expect(gridValues.map(axis => axis.length)).toEqual([4, 3]);
  expect(average!.columns).toBe(12);
  expect(average!.get(0, 4)).toBeCloseTo(2 * 1 + 1, 12);
});

test('partialDependence: weights weigh the average', async () => {
  const { average } = await partialDependence(linear, X, 0, { sampleWeight: [0, 0, 1, 0] });
  expect(average!.get(0, 0)).toBeCloseTo(2, 12);
});

test('partialDependence: names find features, and custom values replace the grid', async () => {
  const frame = new Frame(['a', 'b'].map((name, j) => ({ name, values: Float64Array.from(X, row => row[j]!) })));
  const model = await new LinearRegression().fit(frame, y);
  const { gridValues, average } = await partialDependence(model, frame, ['b'], { customValues: { b: [10] } });
  expect(gridValues).toEqual([Float64Array.of(10)]);
  expect(average!.get(0, 0)).toBeCloseTo(3 + 10, 12);
});

test('partialDependence: many values become evenly spaced ones between percentiles', async () => {
  const wide = Array.from({ length: 101 }, (_, i) => [i, i % 3]);
  const model = await new LinearRegression().fit(
    wide,
    wide.map(([a]) => a!),
  );
  const { gridValues } = await partialDependence(model, wide, 0, { gridResolution: 3, percentiles: [0, 1] });
  expect(gridValues[0]).toEqual(Float64Array.of(0, 50, 100));
});

test('partialDependence: a tree’s recursion weighs by training samples', async () => {
  const model = await new DecisionTreeRegressor({ randomState: 0 }).fit(X, y);
  const auto = await partialDependence(model, X, [1]);
  expect(await partialDependence(model, X, [1], { method: 'recursion' })).toEqual(auto);
  const forest = await new RandomForestRegressor({ nEstimators: 3, bootstrap: false, randomState: 0 }).fit(X, y);
  const ofForest = await partialDependence(forest, X, [0, 1], { method: 'recursion' });
  const brute = await partialDependence(forest, X, [0, 1], { method: 'brute' });
  for (const [i, value] of ofForest.average!.data.entries()) expect(value).toBeCloseTo(brute.average!.data[i]!, 12);
});

test('partialDependence: two classes have one output, three have three', async () => {
  const binary = await new GaussianNB().fit(X, ['n', 'n', 'p', 'p']);
  expect((await partialDependence(binary, X, 0)).average!.rows).toBe(1);
  const more = await new GaussianNB().fit([...X, [9, 9]], ['a', 'a', 'b', 'b', 'c']);
  expect((await partialDependence(more, X, 0)).average!.rows).toBe(3);
});

test('partialDependence: refuses in sentences', async () => {
  const sentence = (run: () => Promise<unknown>) => run().then(String, (error: Error) => error.message);
  const scaler = await new StandardScaler().fit(X);
  expect([
    await sentence(() => partialDependence(new LinearRegression(), X, 0)),
    await sentence(() => partialDependence(scaler, X, 0)),
    await sentence(() => partialDependence(linear, X, 2)),
    await sentence(() => partialDependence(linear, X, 'a')),
    await sentence(() => partialDependence(linear, X, 0, { method: 'recursion' })),
    await sentence(() => partialDependence(linear, X, 0, { responseMethod: 'predictProba' })),
    await sentence(() => partialDependence(linear, X, 0, { percentiles: [0.9, 0.1] })),
    await sentence(() => partialDependence(linear, X, 0, { gridResolution: 2, percentiles: [0.5, 0.5000001] })),
  ]).toEqual([
    'Cannot run partialDependence: fit must be called first, received an unfitted estimator',
    'Cannot run partialDependence: estimator must be a classifier or a regressor, received StandardScaler, a transformer',
    'Cannot run partialDependence: features must be positions from 0 to 1, received 2',
    "Cannot run partialDependence: features must be positions from 0 to 1, received 'a'",
    "Cannot run partialDependence: method 'recursion' must be for an unweighted average of a tree or forest regressor of one output, received LinearRegression; use method 'brute'",
    "Cannot run partialDependence: responseMethod must be 'auto' for regressors, received 'predictProba'",
    'Cannot make partialDependence: percentiles must be two ascending numbers from 0 to 1, received [0.9, 0.1]',
    'Cannot run partialDependence: the values at both percentiles must differ, received 1.5 and 1.5000004199999997; choose percentiles further apart',
  ]);
});
