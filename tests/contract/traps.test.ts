/** Data and calls on which other libraries go wrong; those of linear models stand beside them. */
import { describe, expect, test } from 'vitest';
import { captureWarnings } from '../../src/errors/index.ts';
import {
  crossValPredict,
  crossValScore,
  DecisionTreeClassifier,
  fromBytes,
  GaussianNB,
  GridSearchCV,
  KMeans,
  LinearRegression,
  Pipeline,
  precisionRecallFscoreSupport,
  RandomForestClassifier,
  Ridge,
  rocAucScore,
  StandardScaler,
  toBytes,
} from '../../src/index.ts';

const ones = (n: number) => new Array<number>(n).fill(1);

describe('scaling', () => {
  test('1e9, 1e9 + 1, 1e9 + 2 stay three values, sqrt(3/2) apart', async () => {
    const scaled = await new StandardScaler().fitTransform([[1e9], [1e9 + 1], [1e9 + 2]]);
    expect(Array.from(scaled.data)).toEqual([-Math.sqrt(1.5), 0, Math.sqrt(1.5)].map(v => expect.closeTo(v, 12)));
  });

  test('a column without variance gives 0, and missing values pass through', async () => {
    const scaled = await new StandardScaler().fitTransform([
      [7, 1],
      [7, null],
      [7, 3],
    ]);
    expect(scaled.toArray()).toEqual([
      [0, -1],
      [0, Number.NaN],
      [0, 1],
    ]);
  });
});

describe('metrics', () => {
  test('rocAucScore of tied, unsorted scores: 3 pairs of 4 in order, one of them tied', () => {
    // Positives 0.8, 0.4; negatives 0.4, 0.1: wins 3, ties 1 of 4 pairs.
    expect(rocAucScore([1, 0, 0, 1], [0.8, 0.4, 0.1, 0.4])).toBe(3.5 / 4);
  });

  test('rocAucScore of one class is NaN, with a warning, as in scikit-learn', async () => {
    const { result, warnings } = await captureWarnings(() => rocAucScore([1, 1], [0.2, 0.4]));
    expect(result).toBeNaN();
    expect(warnings.map(({ kind }) => kind)).toEqual(['undefined-metric']);
  });

  test('precision and recall of three classes in every average', () => {
    const [yTrue, yPred] = [
      [0, 1, 2, 0, 1, 2],
      [0, 2, 1, 0, 0, 2],
    ];
    const of = (average: 'micro' | 'macro' | 'weighted') => precisionRecallFscoreSupport(yTrue, yPred, { average });
    // Class 0: tp 2, predicted 3, true 2. Class 1: tp 0, predicted 1, true 2. Class 2: tp 1, predicted 2, true 2.
    expect(of('micro').precision).toBeCloseTo(3 / 6, 12);
    expect(of('macro').precision).toBeCloseTo((2 / 3 + 0 + 1 / 2) / 3, 12);
    expect(of('macro').recall).toBeCloseTo((1 + 0 + 1 / 2) / 3, 12);
    expect(of('weighted').recall).toBeCloseTo(3 / 6, 12);
  });
});

describe('trees', () => {
  test('two levels learn XOR', async () => {
    const X = [
      [0, 0],
      [0, 1],
      [1, 0],
      [1, 1],
    ];
    const tree = await new DecisionTreeClassifier({ maxDepth: 2, randomState: 0 }).fit(X, ['no', 'yes', 'yes', 'no']);
    expect(await tree.predict(X)).toEqual(['no', 'yes', 'yes', 'no']);
  });

  test('equal rows with different labels make a leaf of both, in which the first class wins', async () => {
    const tree = await new DecisionTreeClassifier().fit([[1], [1]], ['b', 'a']);
    expect(await tree.predict([[1]])).toEqual(['a']);
    expect((await tree.predictProba([[1]])).toArray()).toEqual([[0.5, 0.5]]);
  });

  test('missing values, one row, and one class are learned from', async () => {
    const withNaN = await new DecisionTreeClassifier().fit([[Number.NaN], [1], [2]], ['gap', 'low', 'low']);
    expect(await withNaN.predict([[Number.NaN], [1.5]])).toEqual(['gap', 'low']);
    expect(await (await new DecisionTreeClassifier().fit([[1]], ['a'])).predict([[9]])).toEqual(['a']);
    expect(await (await new DecisionTreeClassifier().fit([[1], [2]], ['a', 'a'])).predict([[9]])).toEqual(['a']);
  });

  test('three trees leave some rows in every bag: the out-of-bag score warns and is a number', async () => {
    const X = Array.from({ length: 20 }, (_, i) => [i]);
    const y = X.map(([value]) => (value! < 10 ? 'low' : 'high'));
    const { result, warnings } = await captureWarnings(() =>
      new RandomForestClassifier({ nEstimators: 3, oobScore: true, randomState: 0 }).fit(X, y),
    );
    expect(result.oobScore_).toBeGreaterThan(0);
    expect(warnings.length).toBe(1);
  });
});

describe('KMeans', () => {
  test('with more clusters than distinct points warns, and inertia is 0', async () => {
    const { result, warnings } = await captureWarnings(() =>
      new KMeans({ nClusters: 3, randomState: 0 }).fit([[1], [1], [5], [5]]),
    );
    expect(result.inertia_).toBe(0);
    expect(warnings.map(({ kind }) => kind)).toContain('convergence');
  });

  test('identical points are one cluster, whatever was asked for', async () => {
    const { result } = await captureWarnings(() => new KMeans({ nClusters: 2, randomState: 0 }).fit([[2], [2], [2]]));
    expect(new Set(result.labels_).size).toBe(1);
  });

  test('more runs are never worse, a greater tol never takes longer, and equal seeds are equal', async () => {
    const X = Array.from({ length: 60 }, (_, i) => [Math.sin(i * 7) * 10, Math.cos(i * 3) * 10]);
    const cluster = (params: object) => new KMeans({ nClusters: 5, init: 'random', randomState: 1, ...params }).fit(X);
    const [one, many] = [await cluster({ nInit: 1 }), await cluster({ nInit: 10 })];
    expect(many.inertia_).toBeLessThanOrEqual(one.inertia_);
    expect((await cluster({ nInit: 1, tol: 1 })).nIter_).toBeLessThanOrEqual(
      (await cluster({ nInit: 1, tol: 0 })).nIter_,
    );
    expect(Array.from((await cluster({ nInit: 1 })).labels_)).toEqual(Array.from(one.labels_));
  });
});

describe('cross-validation', () => {
  const X = Array.from({ length: 12 }, (_, i) => [i, (i * 5) % 7]);
  const ordered = X.map((_, i) => (i < 6 ? 'a' : 'b'));

  test('labels in order are stratified, continuous targets are not', async () => {
    expect(await crossValScore(new GaussianNB(), X, ordered, { cv: 3 })).toHaveLength(3);
    const line = X.map(([a, b]) => 2 * a! - b! + 0.5);
    const predicted = await crossValPredict(new LinearRegression(), X, line, { cv: 3 });
    expect(Array.from(predicted as Float64Array)).toEqual(line.map(v => expect.closeTo(v, 9)));
  });

  test('a candidate that fails counts as NaN and comes last; of equal ones the first wins', async () => {
    const search = new GridSearchCV(new Ridge(), { paramGrid: { solver: ['cholesky', 'lbfgs', 'cholesky'] }, cv: 3 });
    const { result, warnings } = await captureWarnings(() =>
      search.fit(
        X,
        X.map(([a]) => a!),
      ),
    );
    expect(result.bestIndex_).toBe(0);
    expect(Array.from(result.cvResults_.rankTestScore!)).toEqual([1, 3, 1]);
    expect(warnings.some(({ kind }) => kind === 'failed-fit')).toBe(true);
  });

  test('a clone shares nothing with its model', async () => {
    const model = await new Pipeline([
      ['scaler', new StandardScaler()],
      ['bayes', new GaussianNB()],
    ]).fit(X, ordered);
    const before = (await model.predictProba(X)).toArray();
    await model.clone().fit(
      X,
      ordered.map(label => `${label}!`),
    );
    expect((await model.predictProba(X)).toArray()).toEqual(before);
  });
});

describe('files', () => {
  test('no training row is stored: a thousand rows and ten make files of one length', async () => {
    const model = (n: number) =>
      new LinearRegression().fit(
        ones(n).map((_, i) => [i % 10, i % 3]),
        ones(n).map((_, i) => i % 7),
      );
    const [long, short] = [toBytes(await model(1000)), toBytes(await model(10))];
    expect(Math.abs(long.length - short.length)).toBeLessThan(64);
    expect((await fromBytes<LinearRegression>(long)).nFeaturesIn_).toBe(2);
  });
});
