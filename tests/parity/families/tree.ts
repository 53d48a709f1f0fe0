import {
  DecisionTreeClassifier,
  type DecisionTreeClassifierParams,
  DecisionTreeRegressor,
  type DecisionTreeRegressorParams,
  exportText,
} from '../../../src/index.ts';
import type { Case } from '../case.ts';
import type { Draw } from '../draw.ts';
import { asPythonParams, hostileTable, NODES, nodesOf } from '../tree-case.ts';

const REGRESSION_CRITERIA = ['squared_error', 'absolute_error', 'poisson', 'friedman_mse'] as const;

/** Trees node by node, with every parameter drawn, on data with ties, constant columns and missing values. */
export function cases(draw: Draw): Case[] {
  return [
    ...Array.from({ length: 150 }, (_, i) => classifier(draw, i)),
    ...Array.from({ length: 150 }, (_, i) => regressor(draw, i)),
    ...Array.from({ length: 30 }, () => text(draw)),
    ...Array.from({ length: 20 }, () => pruning(draw)),
  ];
}

/** The parameters that both kinds have. */
export function drawGrowth(draw: Draw, columns: number, canBeMonotonic: boolean) {
  return {
    splitter: draw.choice(['best', 'best', 'random']),
    maxDepth: draw.choice([null, null, 1, 2, 3, 5]),
    minSamplesSplit: draw.choice([2, 2, 3, 10, 0.1, 0.5]),
    minSamplesLeaf: draw.choice([1, 1, 1, 2, 5, 0.05, 0.2]),
    minWeightFractionLeaf: draw.choice([0, 0, 0, 0.01, 0.1, 0.3]),
    maxFeatures: draw.choice([null, null, 'sqrt', 'log2', 1, 2, 0.4, 100]),
    maxLeafNodes: draw.choice([null, null, null, 2, 4, 9]),
    minImpurityDecrease: draw.choice([0, 0, 0, 0.01, 0.1]),
    ccpAlpha: draw.choice([0, 0, 0, 0.005, 0.05]),
    monotonicCst: canBeMonotonic && draw.bool(0.25) ? draw.integers(columns, -1, 1).map(toSign) : null,
    randomState: draw.choice([0, 42, draw.seed()]),
  } as const;
}

function toSign(value: number): -1 | 0 | 1 {
  return value < 0 ? -1 : value > 0 ? 1 : 0;
}

function drawTable(draw: Draw): { X: number[][]; test: number[][]; columns: number } {
  const rows = draw.choice([2, 5, 12, 30, 60]);
  const columns = draw.integer(1, 6);
  return { ...hostileTable(draw, rows, columns), columns };
}

function drawWeights(draw: Draw, rows: number): number[] | undefined {
  const kind = draw.choice(['none', 'none', 'real', 'counts', 'zeros'] as const);
  if (kind === 'none') return undefined;
  const weights = kind === 'counts' ? draw.integers(rows, 0, 4) : draw.weights(rows, kind === 'zeros' ? 0.4 : 0);
  return [1, ...weights.slice(1)];
}

function classifier(draw: Draw, i: number): Case {
  const { X, test, columns } = drawTable(draw);
  const names = draw.choice([[0, 1], [0, 1], ['a', 'b', 'c'], [1, 2, 3, 4, 5], [7]] as const) as readonly (
    | number
    | string
  )[];
  const outputs = draw.choice([1, 1, 1, 2]);
  const columnsOfY = Array.from({ length: outputs }, (_, k) =>
    draw.bool() || k > 0
      ? draw.labels(X.length, names)
      : draw.labelsOf(
          X.map(row => row.map(v => v || 0)),
          names,
          0.1,
        ),
  );
  const y = outputs === 1 ? columnsOfY[0]! : X.map((_, row) => columnsOfY.map(column => column[row]!));
  const isBinary = outputs === 1 && new Set(columnsOfY[0]).size === 2;
  const params: Partial<DecisionTreeClassifierParams> = {
    criterion: draw.choice(['gini', 'gini', 'entropy', 'log_loss']),
    ...drawGrowth(draw, columns, isBinary),
    classWeight: draw.choice([null, null, 'balanced', outputs === 1 ? [[names[0]!, 2.5]] : null]),
  };
  const sampleWeight = drawWeights(draw, X.length);
  return {
    name: 'DecisionTreeClassifier',
    class: 'D',
    liveOnly: i >= 40,
    oracle: {
      fit: 'tree.DecisionTreeClassifier',
      params: asPythonParams(params),
      X,
      y,
      ...(sampleWeight === undefined ? {} : { fit_kwargs: { sample_weight: sampleWeight } }),
      get: [...NODES, 'feature_importances_', 'classes_'],
      calls: [
        ['predict', test],
        ['predict_proba', test],
        ['apply', test],
        ['decision_path', test],
        ['get_depth'],
        ['get_n_leaves'],
      ],
    },
    ours: async () => {
      const model = await new DecisionTreeClassifier(params).fit(X, y, { sampleWeight });
      return [
        ...nodesOf(model.tree_),
        model.featureImportances_,
        model.classes_,
        await model.predict(test),
        await model.predictProba(test),
        await model.apply(test),
        await model.decisionPath(test),
        model.getDepth(),
        model.getNLeaves(),
      ];
    },
  };
}

function regressor(draw: Draw, i: number): Case {
  const { X, test, columns } = drawTable(draw);
  const outputs = draw.choice([1, 1, 1, 2, 3]);
  const criterion = draw.choice(REGRESSION_CRITERIA);
  const isWhole = draw.bool();
  const rows = X.map(row => {
    const noisy = Array.from({ length: outputs }, () => (row[0] || 0) + draw.gauss());
    const values = isWhole ? noisy.map(value => Math.round(2 * value)) : noisy;
    return criterion === 'poisson' ? values.map(value => Math.abs(value)) : values;
  });
  if (criterion === 'poisson') rows[0] = rows[0]!.map(value => value + 1);
  const y = outputs === 1 ? rows.map(row => row[0]!) : rows;
  const params: Partial<DecisionTreeRegressorParams> = { criterion, ...drawGrowth(draw, columns, outputs === 1) };
  const sampleWeight = drawWeights(draw, X.length);
  return {
    name: 'DecisionTreeRegressor',
    class: 'D',
    liveOnly: i >= 40,
    oracle: {
      fit: 'tree.DecisionTreeRegressor',
      params: asPythonParams(params),
      X,
      y,
      ...(sampleWeight === undefined ? {} : { fit_kwargs: { sample_weight: sampleWeight } }),
      get: [...NODES, 'feature_importances_', 'max_features_'],
      calls: [
        ['predict', test],
        ['apply', test],
        ['decision_path', test],
      ],
    },
    ours: async () => {
      const model = await new DecisionTreeRegressor(params).fit(X, y, { sampleWeight });
      return [
        ...nodesOf(model.tree_),
        model.featureImportances_,
        model.maxFeatures_,
        await model.predict(test),
        await model.apply(test),
        await model.decisionPath(test),
      ];
    },
  };
}

function text(draw: Draw): Case {
  const { X, columns } = drawTable(draw);
  const isClassifier = draw.bool();
  const labels = draw.labels(X.length, ['ant', 'bee', 'cat'].slice(0, draw.integer(2, 3)));
  const y = isClassifier ? labels : X.map(row => Math.round(8 * ((row[0] || 0) + draw.gauss())) / 8);
  const maxDepth = draw.choice([null, 3]);
  const randomState = draw.seed();
  const options = {
    featureNames: draw.bool() ? Array.from({ length: columns }, (_, j) => `length of part ${j}`) : undefined,
    classNames: isClassifier && draw.bool() ? [...new Set(labels)].map((_, k) => `class ${k}`) : undefined,
    maxDepth: draw.choice([0, 1, 10]),
    spacing: draw.choice([1, 3, 5]),
    decimals: draw.choice([0, 1, 2, 6]),
    showWeights: draw.bool(),
  };
  const given = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
  const kind = isClassifier ? 'DecisionTreeClassifier' : 'DecisionTreeRegressor';
  return {
    name: 'exportText',
    class: 'D',
    oracle: {
      python: [
        `model = sklearn.tree.${kind}(**params).fit(np.array(X, dtype=float), y)`,
        'names = lambda key: [str(name) for name in options[key]] if key in options else None',
        "rest = {key: options[key] for key in ('max_depth', 'spacing', 'decimals', 'show_weights')}",
        "result = sklearn.tree.export_text(model, feature_names=names('feature_names'), class_names=names('class_names'), **rest)",
      ].join('\n'),
      with: { params: asPythonParams({ maxDepth, randomState }), X, y: { $list: y }, options: asPythonParams(given) },
    },
    ours: async () => {
      const params = { maxDepth, randomState };
      if (isClassifier) return exportText(await new DecisionTreeClassifier(params).fit(X, y as string[]), given);
      return exportText(await new DecisionTreeRegressor(params).fit(X, y as number[]), given);
    },
  };
}

function pruning(draw: Draw): Case {
  const { X } = drawTable(draw);
  const y = draw.labels(X.length, [0, 1, 2].slice(0, draw.integer(2, 3)));
  const randomState = draw.seed();
  return {
    name: 'costComplexityPruningPath',
    class: 'D',
    // Impurities of a path are sums of many decreases, near zero at its start.
    floor: 1,
    oracle: {
      python: [
        'path = sklearn.tree.DecisionTreeClassifier(random_state=seed).cost_complexity_pruning_path(np.array(X, dtype=float), y)',
        'result = [path.ccp_alphas, path.impurities]',
      ].join('\n'),
      with: { seed: randomState, X, y },
    },
    ours: async () => {
      const path = await new DecisionTreeClassifier({ randomState }).costComplexityPruningPath(X, y);
      return [path.ccpAlphas, path.impurities];
    },
  };
}
