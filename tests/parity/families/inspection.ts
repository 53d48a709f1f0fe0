import { RandomForestRegressor } from '../../../src/ensemble/index.ts';
import { partialDependence, permutationImportance } from '../../../src/inspection/index.ts';
import { Ridge } from '../../../src/linear-model/index.ts';
import { GaussianNB } from '../../../src/naive-bayes/index.ts';
import { DecisionTreeRegressor } from '../../../src/tree/index.ts';
import type { Case } from '../case.ts';
import type { Draw } from '../draw.ts';

/** Permutation importances and partial dependences of fitted models. */
export function cases(draw: Draw): Case[] {
  const drawers = [importances, classImportances, regressionDependence, classDependence, treeDependence];
  return drawers.flatMap(one =>
    Array.from({ length: 8 }, (_, i) => {
      const item = one(draw);
      return { ...item, liveOnly: item.liveOnly === true || i >= GOLDEN_CASES };
    }),
  );
}

/** So many cases of each kind are kept as goldens. */
const GOLDEN_CASES = 2;

const INSPECTION = 'from sklearn.inspection import *\n';

function importances(draw: Draw): Case {
  const X = draw.normal(draw.integer(20, 60), draw.integer(2, 5));
  const y = draw.targetOf(X);
  const weights = draw.bool() ? draw.weights(X.length) : undefined;
  const [maxSamples, theirs] = draw.choice([
    [null, '1.0'],
    [0.5, '0.5'],
    [15, '15'],
  ] as const);
  const [scoring, named] = draw.choice([
    [null, 'None'],
    ['negMeanAbsoluteError', "'neg_mean_absolute_error'"],
  ] as const);
  const [nRepeats, randomState] = [draw.integer(1, 6), draw.seed()];
  return {
    name: 'permutationImportance of a regressor',
    class: 'D',
    oracle: {
      python: `${INSPECTION}m = resolve('linear_model.Ridge')().fit(X, y)
r = permutation_importance(m, X, y, scoring=${named}, n_repeats=${nRepeats}, max_samples=${theirs}, random_state=${randomState}, sample_weight=${weights === undefined ? 'None' : 'w'})
result = [r.importances_mean, r.importances_std, r.importances]`,
      with: { X, y, w: weights ?? null },
    },
    ours: async () => {
      const model = await new Ridge().fit(X, y);
      const options = { scoring, nRepeats, maxSamples, randomState, sampleWeight: weights };
      const r = await permutationImportance(model, X, y, options);
      return [r.importancesMean, r.importancesStd, r.importances];
    },
  };
}

function classImportances(draw: Draw): Case {
  const X = draw.normal(50, 3);
  const y = draw.labelsOf(X, ['a', 'b', 'c'], 1);
  const randomState = draw.seed();
  return {
    name: 'permutationImportance with several scorers',
    class: 'D',
    oracle: {
      python: `${INSPECTION}m = resolve('naive_bayes.GaussianNB')().fit(X, y)
r = permutation_importance(m, X, y, scoring=['accuracy', 'neg_log_loss'], random_state=${randomState})
result = [[r[k].importances_mean, r[k].importances_std] for k in ('accuracy', 'neg_log_loss')]`,
      with: { X, y },
    },
    ours: async () => {
      const model = await new GaussianNB().fit(X, y);
      const r = await permutationImportance(model, X, y, { scoring: ['accuracy', 'negLogLoss'], randomState });
      return ['accuracy', 'negLogLoss'].map(name => [r[name]!.importancesMean, r[name]!.importancesStd]);
    },
  };
}

function regressionDependence(draw: Draw): Case {
  const X = draw.normal(draw.integer(15, 40), 3);
  const y = draw.targetOf(X);
  const targets = draw.bool() ? y : y.map((value, i) => [value, i % 7]);
  const features = draw.choice([[0], [2, 1]]);
  const resolution = draw.choice([4, 10, 50]);
  const [low, high] = draw.choice([
    [0.05, 0.95],
    [0, 1],
    [0.2, 0.6],
  ] as const);
  const weights = draw.bool() ? draw.weights(X.length) : undefined;
  return {
    name: 'partialDependence of a regressor',
    class: 'A',
    liveOnly: resolution === 50,
    oracle: {
      python: `${INSPECTION}m = resolve('linear_model.Ridge')().fit(X, y)
r = partial_dependence(m, X, ${JSON.stringify(features)}, grid_resolution=${resolution}, percentiles=(${low}, ${high}), kind='both', sample_weight=${weights === undefined ? 'None' : 'w'})
result = [list(r.grid_values), r.average.reshape(r.average.shape[0], -1), r.individual.reshape(r.individual.shape[0], len(X), -1)]`,
      with: { X, y: targets, w: weights ?? null },
    },
    ours: async () => {
      const model = await new Ridge().fit(X, targets);
      const options = {
        gridResolution: resolution,
        percentiles: [low, high],
        kind: 'both',
        sampleWeight: weights,
      } as const;
      const r = await partialDependence(model, X, features, options);
      return [r.gridValues, r.average, r.individual];
    },
  };
}

function classDependence(draw: Draw): Case {
  const X = draw.normal(30, 2).map(row => [...row, draw.integer(0, 3)]);
  const y = draw.labelsOf(
    X,
    draw.choice([
      ['a', 'b'],
      ['a', 'b', 'c'],
    ]),
    1,
  );
  const custom = draw.uniforms(3, -1, 1);
  return {
    name: 'partialDependence of a classifier',
    class: 'A',
    oracle: {
      python: `${INSPECTION}m = resolve('naive_bayes.GaussianNB')().fit(X, y)
r = partial_dependence(m, X, [2, 0], categorical_features=[2], custom_values={0: list(c)})
result = [list(r.grid_values), r.average.reshape(r.average.shape[0], -1)]`,
      with: { X, y, c: custom },
    },
    ours: async () => {
      const model = await new GaussianNB().fit(X, y);
      const options = { categoricalFeatures: [2], customValues: { 0: custom } };
      const { gridValues, average } = await partialDependence(model, X, [2, 0], options);
      return [gridValues, average];
    },
  };
}

function treeDependence(draw: Draw): Case {
  const X = draw.normal(40, 3);
  const y = draw.targetOf(X);
  const [method, isForest, seed] = [draw.choice(['auto', 'recursion', 'brute'] as const), draw.bool(), draw.seed()];
  const path = isForest ? 'ensemble.RandomForestRegressor' : 'tree.DecisionTreeRegressor';
  const more = isForest ? 'n_estimators=7, ' : '';
  return {
    name: 'partialDependence of trees',
    class: 'D',
    oracle: {
      python: `${INSPECTION}m = resolve('${path}')(${more}random_state=${seed}).fit(X, y)
r = partial_dependence(m, X, [0, 1], grid_resolution=6, method='${method}')
result = [list(r.grid_values), r.average.reshape(1, -1)]`,
      with: { X, y },
    },
    ours: async () => {
      const model = isForest
        ? await new RandomForestRegressor({ nEstimators: 7, randomState: seed }).fit(X, y)
        : await new DecisionTreeRegressor({ randomState: seed }).fit(X, y);
      const { gridValues, average } = await partialDependence(model, X, [0, 1], { gridResolution: 6, method });
      return [gridValues, average];
    },
  };
}
