import {
  DecisionTreeClassifier,
  DecisionTreeRegressor,
  RandomForestClassifier,
  RandomForestRegressor,
} from '../../../src/index.ts';
import type { Case } from '../case.ts';
import type { Draw } from '../draw.ts';
import { asPythonParams, hostileTable, NODES, nodesOf, treePaths } from '../tree-case.ts';
import { drawGrowth } from './tree.ts';

/** Trees and forests where everything is asked for at once, on more samples, weights of all kinds and odd labels. */
export function cases(draw: Draw): Case[] {
  const times = (n: number, make: (draw: Draw) => Case) => Array.from({ length: n }, () => make(draw));
  return [...times(80, classifier), ...times(80, regressor), ...times(50, classForest), ...times(50, valueForest)].map(
    item => ({ ...item, liveOnly: true }),
  );
}

type Label = string | number | boolean;

function table(draw: Draw) {
  const [rows, columns] = [draw.choice([1, 2, 3, 20, 100, 250]), draw.integer(1, 9)];
  const kind = draw.choice(['hostile', 'hostile', 'lattice', 'repeated', 'tiny', 'huge', 'far', 'sparse']);
  if (kind === 'hostile') return hostileTable(draw, rows, columns);
  const scale = kind === 'tiny' ? 1e-8 : kind === 'huge' ? 1e30 : 1;
  const shift = kind === 'far' ? 1e5 : 0;
  const make = (n: number) =>
    kind === 'lattice'
      ? draw.integerTable(n, columns, -2, 2)
      : kind === 'sparse'
        ? draw.normal(n, columns).map(row => row.map(value => (value > 0.5 ? value : 0)))
        : draw.normal(n, columns).map(row => row.map(value => shift + scale * value));
  const X = make(rows);
  const all = kind === 'repeated' ? X.map((_, i) => X[Math.floor(i / 3)]!) : X;
  return { X: draw.bool(0.2) ? draw.withHoles(all, 0.3) : all, test: make(6) };
}

/** Sums of these are exact, so that trees agree node for node. */
function exactWeights(draw: Draw, rows: number): number[] | undefined {
  return draw.choice([
    undefined,
    draw.integers(rows, 0, 4).with(0, 1),
    draw.integers(rows, 1, 8).map(weight => weight / 8),
    draw
      .integers(rows, 0, 3)
      .map(weight => weight / 4)
      .with(0, 0.25),
    draw.weights(rows, 0.2).with(0, 1),
    draw.integers(rows, 1, 9).map(weight => weight * 2 ** 40),
  ]);
}

const NAMES: readonly (readonly Label[])[] = [
  [false, true],
  [-1, 1],
  ['b', 'a'],
  ['é', 'z', '\u{1F600}', 'a'],
  [0.5, 2, -3],
  [3],
  [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
];

function labels(
  draw: Draw,
  X: readonly number[][],
  outputs: number,
): { y: Label[] | Label[][]; names: readonly Label[] } {
  const names = draw.choice(NAMES);
  const filled = X.map(row => row.map(value => value || 0));
  const columns = Array.from({ length: outputs }, () =>
    draw.bool() ? draw.labelsOf(filled, names, 0.3) : draw.labels(X.length, names),
  );
  return { y: outputs === 1 ? columns[0]! : X.map((_, i) => columns.map(column => column[i]!)), names };
}

function classifier(draw: Draw): Case {
  const { X, test } = table(draw);
  const outputs = draw.choice([1, 1, 1, 3]);
  const { y, names } = labels(draw, X, outputs);
  const isBinary = outputs === 1 && new Set(y as Label[]).size === 2;
  const params = {
    criterion: draw.choice(['gini', 'entropy', 'log_loss'] as const),
    ...drawGrowth(draw, X[0]!.length, isBinary),
    classWeight: draw.choice<unknown>([
      null,
      null,
      'balanced',
      outputs === 1 ? names.map((name, k) => [name, k + 1]) : null,
    ]),
  };
  // Of a class that weighs nothing, scikit-learn's balanced weight is NaN.
  const weights =
    params.classWeight === 'balanced'
      ? draw.choice([undefined, draw.integers(X.length, 1, 4)])
      : exactWeights(draw, X.length);
  return {
    ...{ name: 'DecisionTreeClassifier, everything at once', class: 'D', expectError: 'alike' },
    oracle: {
      ...asked('tree.DecisionTreeClassifier', params, X, y, weights),
      get: [...NODES, 'feature_importances_'],
      calls: ['predict', 'predict_proba', 'predict_log_proba'].map(method => [method, test] as const),
    },
    ours: async () => {
      const m = await new DecisionTreeClassifier(params as never).fit(X, y as string[], { sampleWeight: weights });
      const predicted = [await m.predict(test), await m.predictProba(test), await m.predictLogProba(test)];
      return [...nodesOf(m.tree_), m.featureImportances_, ...predicted];
    },
  };
}

/** What scikit-learn is told. */
function asked(fit: string, params: object, X: unknown, y: unknown, weights: number[] | undefined) {
  const kwargs = weights === undefined ? {} : { fit_kwargs: { sample_weight: weights } };
  return { fit, params: asPythonParams(params), X, y, ...kwargs };
}

function targets(draw: Draw, X: readonly number[][], outputs: number, criterion: string): number[] | number[][] {
  const kind = draw.choice(['real', 'whole', 'constant', 'huge', 'tiny', 'skew']);
  const value = (row: readonly number[]) => {
    const base = (row[0]! > 0 ? 1 : 0) + draw.gauss();
    const own =
      kind === 'whole'
        ? Math.round(2 * base)
        : kind === 'constant'
          ? 3
          : kind === 'huge'
            ? base * 1e6
            : kind === 'tiny'
              ? base * 1e-6
              : kind === 'skew'
                ? base ** 4
                : base;
    return criterion === 'poisson' ? Math.abs(own) : own;
  };
  const rows = X.map(row => Array.from({ length: outputs }, () => value(row)));
  if (criterion === 'poisson') rows[0] = rows[0]!.map(v => v + 1);
  return outputs === 1 ? rows.map(row => row[0]!) : rows;
}

function regressor(draw: Draw): Case {
  const { X, test } = table(draw);
  const outputs = draw.choice([1, 1, 1, 2]);
  const criterion = draw.choice(['squared_error', 'absolute_error', 'poisson', 'friedman_mse'] as const);
  const y = targets(draw, X, outputs, criterion);
  const params = { criterion, ...drawGrowth(draw, X[0]!.length, outputs === 1) };
  const sampleWeight = exactWeights(draw, X.length);
  return {
    ...{ name: `DecisionTreeRegressor, everything at once, ${criterion}`, class: 'D', expectError: 'alike' },
    oracle: {
      ...asked('tree.DecisionTreeRegressor', params, X, y, sampleWeight),
      ...{ get: [...NODES, 'feature_importances_'], calls: [['predict', test]] },
    },
    ours: async () => {
      const m = await new DecisionTreeRegressor(params).fit(X, y, { sampleWeight });
      return [...nodesOf(m.tree_), m.featureImportances_, await m.predict(test)];
    },
  };
}

function forestParams(draw: Draw, columns: number, canBeMonotonic: boolean) {
  const { splitter: _splitter, ...growth } = drawGrowth(draw, columns, canBeMonotonic);
  const bootstrap = draw.bool(0.8);
  return {
    ...growth,
    nEstimators: draw.choice([1, 4]),
    maxFeatures: draw.choice(['sqrt', 'log2', null, 0.7, 1] as const),
    bootstrap,
    maxSamples: bootstrap ? draw.choice([null, null, 0.3, 0.99, 5]) : null,
    oobScore: bootstrap && draw.bool(),
  };
}

function classForest(draw: Draw): Case {
  const { X, test } = table(draw);
  const outputs = draw.choice([1, 1, 1, 2]);
  const { y, names } = labels(draw, X, outputs);
  const isBinary = outputs === 1 && new Set(y as Label[]).size === 2;
  const params = {
    criterion: draw.choice(['gini', 'entropy', 'log_loss'] as const),
    ...forestParams(draw, X[0]!.length, isBinary),
    classWeight: draw.choice<unknown>([
      null,
      'balanced',
      'balanced_subsample',
      outputs === 1 ? names.map((name, k) => [name, k + 1]) : null,
    ]),
  };
  // Of a class that weighs nothing, scikit-learn's balanced weight is NaN.
  const isBalanced = params.classWeight === 'balanced' || params.classWeight === 'balanced_subsample';
  const sampleWeight = isBalanced
    ? draw.choice([undefined, draw.integers(X.length, 1, 4)])
    : exactWeights(draw, X.length);
  const trees = Array.from({ length: params.nEstimators }, (_, t) => treePaths(`estimators_.${t}.tree_`)).flat();
  const hasShares = params.oobScore && outputs === 1;
  return {
    ...{ name: 'RandomForestClassifier, everything at once', class: 'D', expectError: 'alike' },
    oracle: {
      ...asked('ensemble.RandomForestClassifier', params, X, y, sampleWeight),
      get: [
        ...trees,
        'feature_importances_',
        ...(params.oobScore ? ['oob_score_'] : []),
        ...(hasShares ? ['oob_decision_function_'] : []),
      ],
      calls: [
        ['predict', test],
        ['predict_proba', test],
        ['predict_log_proba', test],
      ],
    },
    ours: async () => {
      const m = await new RandomForestClassifier(params as never).fit(X, y as string[], { sampleWeight });
      const outOfBag = [...(params.oobScore ? [m.oobScore_] : []), ...(hasShares ? [m.oobDecisionFunction_] : [])];
      return [
        ...m.estimators_.flatMap(tree => nodesOf(tree.tree_)),
        m.featureImportances_,
        ...outOfBag,
        await m.predict(test),
        await m.predictProba(test),
        await m.predictLogProba(test),
      ];
    },
  };
}

function valueForest(draw: Draw): Case {
  const { X, test } = table(draw);
  const outputs = draw.choice([1, 1, 1, 2]);
  const criterion = draw.choice(['squared_error', 'absolute_error', 'poisson', 'friedman_mse'] as const);
  const y = targets(draw, X, outputs, criterion);
  const params = { criterion, ...forestParams(draw, X[0]!.length, outputs === 1) };
  const sampleWeight = exactWeights(draw, X.length);
  const trees = Array.from({ length: params.nEstimators }, (_, t) => treePaths(`estimators_.${t}.tree_`)).flat();
  return {
    ...{ name: `RandomForestRegressor, everything at once, ${criterion}`, class: 'D', expectError: 'alike' },
    oracle: {
      ...asked('ensemble.RandomForestRegressor', params, X, y, sampleWeight),
      get: [...trees, 'feature_importances_', ...(params.oobScore ? ['oob_score_', 'oob_prediction_'] : [])],
      calls: [['predict', test]],
    },
    ours: async () => {
      const m = await new RandomForestRegressor(params as never).fit(X, y, { sampleWeight });
      const outOfBag = params.oobScore ? [m.oobScore_, m.oobPrediction_] : [];
      return [
        ...m.estimators_.flatMap(tree => nodesOf(tree.tree_)),
        m.featureImportances_,
        ...outOfBag,
        await m.predict(test),
      ];
    },
  };
}
