import {
  RandomForestClassifier,
  type RandomForestClassifierParams,
  RandomForestRegressor,
  type RandomForestRegressorParams,
} from '../../../src/index.ts';
import type { Case } from '../case.ts';
import type { Draw } from '../draw.ts';
import { asPythonParams, hostileTable, nodesOf, treePaths } from '../tree-case.ts';

/** Forests tree by tree, with draws, weights, out-of-bag estimates and several outputs. */
export function cases(draw: Draw): Case[] {
  return [
    ...Array.from({ length: 60 }, (_, i) => classifier(draw, i)),
    ...Array.from({ length: 60 }, (_, i) => regressor(draw, i)),
  ];
}

function drawParams(draw: Draw) {
  const bootstrap = draw.bool(0.8);
  return {
    nEstimators: draw.choice([1, 3, 7]),
    maxDepth: draw.choice([null, 2, 4]),
    minSamplesSplit: draw.choice([2, 5, 0.2]),
    minSamplesLeaf: draw.choice([1, 1, 3, 0.1]),
    minWeightFractionLeaf: draw.choice([0, 0, 0.05]),
    maxFeatures: draw.choice([null, 'sqrt', 'log2', 1, 0.5]),
    maxLeafNodes: draw.choice([null, null, 5]),
    minImpurityDecrease: draw.choice([0, 0, 0.01]),
    ccpAlpha: draw.choice([0, 0, 0.01]),
    bootstrap,
    maxSamples: bootstrap ? draw.choice([null, null, 0.5, 10]) : null,
    oobScore: bootstrap && draw.bool(),
    randomState: draw.choice([0, 42, draw.seed()]),
  } as const;
}

function classifier(draw: Draw, i: number): Case {
  const rows = draw.choice([15, 40, 80]);
  const { X, test } = hostileTable(draw, rows, draw.integer(1, 6));
  const outputs = draw.choice([1, 1, 1, 2]);
  const names =
    outputs === 2
      ? [0, 1]
      : draw.choice([
          ['no', 'yes'],
          [1, 2, 3],
          ['a', 'b', 'c', 'd'],
        ] as const);
  const lists = Array.from({ length: outputs }, () => draw.labels<number | string>(rows, names));
  const y = outputs === 1 ? lists[0]! : X.map((_, row) => lists.map(list => list[row]!));
  const params: Partial<RandomForestClassifierParams> = {
    criterion: draw.choice(['gini', 'gini', 'entropy']),
    ...drawParams(draw),
    classWeight: draw.choice([null, null, 'balanced', 'balanced_subsample', outputs === 1 ? [[names[0]!, 3]] : null]),
  };
  const sampleWeight = draw.bool(0.3) ? draw.weights(rows) : undefined;
  const trees = Array.from({ length: params.nEstimators! }, (_, t) => t);
  return {
    name: 'RandomForestClassifier',
    class: 'D',
    liveOnly: i >= 16,
    oracle: {
      fit: 'ensemble.RandomForestClassifier',
      params: asPythonParams(params),
      X,
      y,
      ...(sampleWeight === undefined ? {} : { fit_kwargs: { sample_weight: sampleWeight } }),
      get: [
        ...trees.flatMap(t => treePaths(`estimators_.${t}.tree_`)),
        'feature_importances_',
        'estimators_samples_',
        ...(params.oobScore ? ['oob_score_'] : []),
        ...(params.oobScore && outputs === 1 ? ['oob_decision_function_'] : []),
      ],
      calls: [
        ['predict', test],
        ['predict_proba', test],
        ['apply', test],
      ],
    },
    ours: async () => {
      const model = await new RandomForestClassifier(params).fit(X, y, { sampleWeight });
      return [
        ...model.estimators_.flatMap(tree => nodesOf(tree.tree_)),
        model.featureImportances_,
        model.estimatorsSamples_,
        ...(params.oobScore ? [model.oobScore_] : []),
        ...(params.oobScore && outputs === 1 ? [model.oobDecisionFunction_] : []),
        await model.predict(test),
        await model.predictProba(test),
        await model.apply(test),
      ];
    },
  };
}

function regressor(draw: Draw, i: number): Case {
  const rows = draw.choice([15, 40, 80]);
  const { X, test } = hostileTable(draw, rows, draw.integer(1, 6));
  const outputs = draw.choice([1, 1, 2]);
  const values = X.map(row => Array.from({ length: outputs }, () => Math.abs((row[0] || 0) + draw.gauss()) + 0.01));
  const y = outputs === 1 ? values.map(row => row[0]!) : values;
  const params: Partial<RandomForestRegressorParams> = {
    criterion: draw.choice(['squared_error', 'squared_error', 'absolute_error', 'poisson']),
    ...drawParams(draw),
  };
  const sampleWeight = draw.bool(0.3) ? draw.weights(rows) : undefined;
  const trees = Array.from({ length: params.nEstimators! }, (_, t) => t);
  return {
    name: 'RandomForestRegressor',
    class: 'D',
    liveOnly: i >= 16,
    oracle: {
      fit: 'ensemble.RandomForestRegressor',
      params: asPythonParams(params),
      X,
      y,
      ...(sampleWeight === undefined ? {} : { fit_kwargs: { sample_weight: sampleWeight } }),
      get: [
        ...trees.flatMap(t => treePaths(`estimators_.${t}.tree_`)),
        'feature_importances_',
        'estimators_samples_',
        ...(params.oobScore ? ['oob_score_', 'oob_prediction_'] : []),
      ],
      calls: [
        ['predict', test],
        ['decision_path', test],
      ],
    },
    ours: async () => {
      const model = await new RandomForestRegressor(params).fit(X, y, { sampleWeight });
      const paths = await model.decisionPath(test);
      return [
        ...model.estimators_.flatMap(tree => nodesOf(tree.tree_)),
        model.featureImportances_,
        model.estimatorsSamples_,
        ...(params.oobScore ? [model.oobScore_, model.oobPrediction_] : []),
        await model.predict(test),
        [paths.indicator, paths.nNodesPtr],
      ];
    },
  };
}
