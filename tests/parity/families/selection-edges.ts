import { RandomForestClassifier } from '../../../src/ensemble/index.ts';
import { partialDependence, permutationImportance } from '../../../src/inspection/index.ts';
import { LogisticRegression, Ridge } from '../../../src/linear-model/index.ts';
import {
  crossValidate,
  GridSearchCV,
  KFold,
  learningCurve,
  permutationTestScore,
  RandomizedSearchCV,
  StratifiedKFold,
} from '../../../src/model-selection/index.ts';
import { GaussianNB } from '../../../src/naive-bayes/index.ts';
import { KNeighborsClassifier } from '../../../src/neighbors/index.ts';
import { DecisionTreeClassifier } from '../../../src/tree/index.ts';
import type { Case } from '../case.ts';
import type { Draw } from '../draw.ts';

/** Searches whose candidates tie, and every option of cross-validation and inspection. */
export function cases(draw: Draw): Case[] {
  const times = (n: number, make: (draw: Draw) => Case) => Array.from({ length: n }, () => make(draw));
  return [
    ...times(30, tiedGrid),
    ...times(10, sampledTrees),
    ...times(12, validated),
    ...times(12, curve),
    ...times(12, permuted),
    ...times(16, importance),
    ...times(16, dependence),
  ].map(item => ({ ...item, liveOnly: true }));
}

const SELECTION =
  'from sklearn.experimental import enable_halving_search_cv\nfrom sklearn.model_selection import *\nfrom sklearn.inspection import *\n';
const SCORERS = [
  'accuracy',
  'balancedAccuracy',
  'f1Macro',
  'f1Weighted',
  'precisionMacro',
  'recallMacro',
  'rocAucOvr',
  'rocAucOvo',
  'rocAucOvoWeighted',
  'jaccardMacro',
  'matthewsCorrcoef',
  'negLogLoss',
] as const;

function snake(name: string): string {
  return name.replace(/[A-Z]/g, letter => `_${letter.toLowerCase()}`);
}

function classData(draw: Draw) {
  const X = draw.bool() ? draw.integerTable(draw.integer(24, 60), 3, 0, 3) : draw.normal(draw.integer(24, 60), 3);
  return {
    X,
    y: draw.labelsOf(
      X,
      draw.choice([
        ['a', 'b'],
        ['c', 'b', 'a'],
        [0, 1],
      ]) as (string | number)[],
      1,
    ),
  };
}

/** Few samples and many candidates: the ranks, and the best of equal candidates, go by the last bit of the means. */
function tiedGrid(draw: Draw): Case {
  const isTree = draw.bool();
  const data = classData(draw);
  // Equally near neighbors have no order.
  const X = isTree ? data.X : draw.normal(data.X.length, 3);
  const y = isTree
    ? data.y
    : draw.labelsOf(
        X,
        draw.choice([
          ['a', 'b'],
          ['c', 'b', 'a'],
        ]),
        1,
      );
  const kinds = new Set(y).size;
  const scoring = draw.sample(
    SCORERS.filter(name => kinds > 2 || !name.startsWith('rocAuc')),
    2,
  );
  const nSplits = draw.integer(2, 7);
  const randomState = draw.seed();
  const depths = [1, 2, 3, 4, null];
  return {
    name: 'GridSearchCV whose candidates tie',
    class: 'A',
    oracle: {
      python: `${SELECTION}m = resolve('tree.DecisionTreeClassifier')(random_state=0) if tree else resolve('neighbors.KNeighborsClassifier')(algorithm='kd_tree')
grid = dict(max_depth=[1, 2, 3, 4, None], min_samples_leaf=[1, 2, 5]) if tree else dict(n_neighbors=[1, 3, 5, 7, 9], weights=['uniform', 'distance'])
s = GridSearchCV(m, grid, cv=StratifiedKFold(${nSplits}, shuffle=True, random_state=${randomState}), scoring=list(scoring), refit=scoring[0]).fit(X, y)
r = s.cv_results_
result = [[r['rank_test_' + n], r['mean_test_' + n], r['std_test_' + n]] for n in scoring] + [s.best_index_]`,
      with: {
        X,
        y,
        scoring: { $list: scoring.map(snake) },
        tree: isTree,
      },
    },
    ours: async () => {
      const cv = new StratifiedKFold({ nSplits, shuffle: true, randomState });
      const settings = { cv, scoring, refit: scoring[0]! } as const;
      const search = isTree
        ? new GridSearchCV(new DecisionTreeClassifier({ randomState: 0 }), {
            paramGrid: { maxDepth: depths, minSamplesLeaf: [1, 2, 5] },
            ...settings,
          })
        : new GridSearchCV(new KNeighborsClassifier({ algorithm: 'kd_tree' }), {
            paramGrid: { nNeighbors: [1, 3, 5, 7, 9], weights: ['uniform', 'distance'] as const },
            ...settings,
          });
      const fitted = await (search as GridSearchCV<DecisionTreeClassifier>).fit(X, y);
      const results = fitted.cvResults_ as unknown as Readonly<Record<string, unknown>>;
      const key = (what: string, name: string) => results[`${what}Test${name.charAt(0).toUpperCase()}${name.slice(1)}`];
      return [...scoring.map(name => ['rank', 'mean', 'std'].map(what => key(what, name))), fitted.bestIndex_];
    },
  };
}

function sampledTrees(draw: Draw): Case {
  const { X, y } = classData(draw);
  const randomState = draw.choice([0, 42, draw.seed()]);
  const nIter = draw.choice([1, 4, 20]);
  return {
    name: 'RandomizedSearchCV of lists',
    class: 'A',
    oracle: {
      python: `${SELECTION}s = RandomizedSearchCV(resolve('ensemble.RandomForestClassifier')(n_estimators=5, random_state=1), [dict(max_depth=[1, 2, 3], criterion=['gini', 'entropy']), dict(max_features=[1, 2, None])], n_iter=${nIter}, cv=3, random_state=${randomState}, return_train_score=True).fit(X, y)
r = s.cv_results_
result = [r['rank_test_score'], r['mean_test_score'], r['mean_train_score'], s.best_index_, s.predict(X)]`,
      with: { X, y },
    },
    ours: async () => {
      const paramDistributions = [
        { maxDepth: [1, 2, 3], criterion: ['gini', 'entropy'] as const },
        { maxFeatures: [1, 2, null] },
      ];
      const forest = new RandomForestClassifier({ nEstimators: 5, randomState: 1 });
      const s = await new RandomizedSearchCV(forest, {
        paramDistributions,
        nIter,
        cv: 3,
        randomState,
        returnTrainScore: true,
      } as never).fit(X, y);
      const r = s.cvResults_ as unknown as Readonly<
        Record<'rankTestScore' | 'meanTestScore' | 'meanTrainScore', unknown>
      >;
      return [r.rankTestScore, r.meanTestScore, r.meanTrainScore, s.bestIndex_, await s.predict(X)];
    },
  };
}

function validated(draw: Draw): Case {
  const X = draw.normal(draw.integer(20, 40), 3);
  const y = draw.targetOf(X);
  const weights = draw.weights(X.length);
  const nSplits = draw.integer(2, 6);
  return {
    name: 'crossValidate with weights, indices and estimators',
    class: 'A',
    oracle: {
      python: `${SELECTION}r = cross_validate(resolve('linear_model.Ridge')(), X, y, cv=KFold(${nSplits}), scoring=['r2', 'neg_median_absolute_error'], params=dict(sample_weight=w), return_train_score=True, return_estimator=True, return_indices=True)
result = [r['test_r2'], r['train_r2'], r['test_neg_median_absolute_error'], [e.coef_ for e in r['estimator']], list(r['indices']['train']), list(r['indices']['test'])]`,
      with: { X, y, w: weights },
    },
    ours: async () => {
      const scoring = ['r2', 'negMedianAbsoluteError'] as const;
      const r = await crossValidate(new Ridge(), X, y, {
        cv: new KFold({ nSplits }),
        scoring,
        sampleWeight: weights,
        returnTrainScore: true,
        returnEstimator: true,
        returnIndices: true,
      });
      const splits = r.splits!;
      return [
        r.testScores.r2,
        r.trainScores!.r2,
        r.testScores.negMedianAbsoluteError,
        r.estimators!.map(model => (model as Ridge).coef_),
        splits.map(({ train }) => train),
        splits.map(({ test }) => test),
      ];
    },
  };
}

function curve(draw: Draw): Case {
  const { X, y } = classData(draw);
  const [shuffle, randomState] = [draw.bool(), draw.seed()];
  const sizes = draw.choice([[0.4, 0.7, 1], [10, 12], [0.33]] as const);
  return {
    name: 'learningCurve of a classifier',
    class: 'A',
    oracle: {
      python: `${SELECTION}r = learning_curve(resolve('tree.DecisionTreeClassifier')(random_state=3), X, y, cv=StratifiedKFold(3, shuffle=True, random_state=1), train_sizes=${JSON.stringify(sizes).replace(/\b1\b(?!\d)/, sizes[0] === 10 ? '1' : '1.0')}, shuffle=${shuffle ? 'True' : 'False'}, random_state=${randomState}, scoring='accuracy')
result = list(r)`,
      with: { X, y },
    },
    ours: async () => {
      const cv = new StratifiedKFold({ nSplits: 3, shuffle: true, randomState: 1 });
      const r = await learningCurve(new DecisionTreeClassifier({ randomState: 3 }), X, y, {
        cv,
        trainSizes: sizes,
        shuffle,
        randomState,
        scoring: 'accuracy',
      });
      return [r.trainSizes, r.trainScores, r.testScores];
    },
  };
}

function permuted(draw: Draw): Case {
  const X = draw.normal(30, 2);
  const y = draw.targetOf(X, 2);
  const [randomState, nPermutations] = [draw.seed(), draw.choice([1, 7])];
  return {
    name: 'permutationTestScore of a regressor',
    class: 'D',
    oracle: {
      python: `${SELECTION}result = list(permutation_test_score(resolve('linear_model.Ridge')(), X, y, cv=3, n_permutations=${nPermutations}, random_state=${randomState}, scoring='neg_mean_squared_error'))`,
      with: { X, y },
    },
    ours: async () => {
      const r = await permutationTestScore(new Ridge(), X, y, {
        cv: 3,
        nPermutations,
        randomState,
        scoring: 'negMeanSquaredError',
      });
      return [r.score, r.permutationScores, r.pValue];
    },
  };
}

function importance(draw: Draw): Case {
  const { X, y } = classData(draw);
  const randomState = draw.choice([0, 42, draw.seed()]);
  const [ours, theirs] = draw.choice([
    [null, 'None'],
    ['rocAucOvrWeighted', "'roc_auc_ovr_weighted'"],
    ['f1Macro', "'f1_macro'"],
  ] as const);
  const scoring =
    new Set(y).size > 2 || ours !== 'rocAucOvrWeighted' ? ([ours, theirs] as const) : ([null, 'None'] as const);
  const [maxSamples, share] = draw.choice([
    [null, '1.0'],
    [0.33, '0.33'],
    [7, '7'],
  ] as const);
  const weights = draw.bool(0.4) ? draw.weights(X.length) : undefined;
  return {
    name: 'permutationImportance of a tree',
    class: 'D',
    // Drawn samples may lack a class, which some scores refuse.
    expectError: 'alike',
    oracle: {
      python: `${SELECTION}m = resolve('tree.DecisionTreeClassifier')(random_state=0, max_depth=3).fit(X, y)
r = permutation_importance(m, X, y, scoring=${scoring[1]}, n_repeats=4, max_samples=${share}, random_state=${randomState}, sample_weight=${weights === undefined ? 'None' : 'w'})
result = [r.importances, r.importances_mean, r.importances_std]`,
      with: { X, y, w: weights ?? null },
    },
    ours: async () => {
      const m = await new DecisionTreeClassifier({ randomState: 0, maxDepth: 3 }).fit(X, y);
      const r = await permutationImportance(m, X, y, {
        scoring: scoring[0],
        nRepeats: 4,
        maxSamples,
        randomState,
        sampleWeight: weights,
      });
      return [r.importances, r.importancesMean, r.importancesStd];
    },
  };
}

function dependence(draw: Draw): Case {
  const { X, y } = classData(draw);
  const features = draw.choice([[0], [1, 2], [2]]);
  const responseMethod = draw.choice(['auto', 'predictProba', 'decisionFunction'] as const);
  const kind = draw.choice(['average', 'individual', 'both'] as const);
  const gridResolution = draw.choice([2, 3, 11]);
  const isLogistic = draw.bool() || responseMethod === 'decisionFunction';
  const weights = kind === 'average' && draw.bool() ? draw.weights(X.length) : undefined;
  const values = draw.bool();
  return {
    name: 'partialDependence by every response',
    class: 'B',
    floor: 1,
    oracle: {
      python: `${SELECTION}m = ${isLogistic ? "resolve('linear_model.LogisticRegression')(solver='newton-cholesky', tol=1e-12)" : "resolve('naive_bayes.GaussianNB')(var_smoothing=1e-3)"}.fit(np.asarray(X, dtype=float), y)
r = partial_dependence(m, np.asarray(X, dtype=float), ${JSON.stringify(features)}, response_method='${snake(responseMethod)}', kind='${kind}', grid_resolution=${gridResolution}, percentiles=(0.1, 0.8), sample_weight=${weights === undefined ? 'None' : 'w'}${values && features.length === 1 ? `, custom_values={${features[0]}: np.array([0.5, -1.0, 2.0])}` : ''})
result = [list(r.grid_values)] + ([r.average.reshape(r.average.shape[0], -1)] if 'average' in r else []) + ([r.individual.reshape(r.individual.shape[0], len(X), -1)] if 'individual' in r else [])`,
      with: { X, y, w: weights ?? null },
    },
    ours: async () => {
      const m = isLogistic
        ? await new LogisticRegression({ solver: 'newton-cholesky', tol: 1e-12 }).fit(X, y)
        : await new GaussianNB({ varSmoothing: 1e-3 }).fit(X, y);
      const customValues = values && features.length === 1 ? { [features[0]!]: [0.5, -1, 2] } : {};
      const r = (await partialDependence(m, X, features, {
        responseMethod,
        kind,
        gridResolution,
        percentiles: [0.1, 0.8],
        sampleWeight: weights,
        customValues,
      } as never)) as unknown as Readonly<Record<'gridValues' | 'average' | 'individual', unknown>>;
      return [
        r.gridValues,
        ...(kind === 'individual' ? [] : [r.average]),
        ...(kind === 'average' ? [] : [r.individual]),
      ];
    },
  };
}
