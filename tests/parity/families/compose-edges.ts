import { ColumnTransformer, FeatureUnion, Pipeline } from '../../../src/compose/index.ts';
import { PCA } from '../../../src/decomposition/index.ts';
import { DummyClassifier, DummyRegressor } from '../../../src/dummy/index.ts';
import { RandomForestClassifier } from '../../../src/ensemble/index.ts';
import { SimpleImputer } from '../../../src/impute/index.ts';
import { LinearRegression, LogisticRegression } from '../../../src/linear-model/index.ts';
import { GaussianNB } from '../../../src/naive-bayes/index.ts';
import { MinMaxScaler, OneHotEncoder, StandardScaler } from '../../../src/preprocessing/index.ts';
import { TransformedTargetRegressor } from '../../../src/transformed-target/index.ts';
import type { Case } from '../case.ts';
import type { Draw } from '../draw.ts';
import { twinCase } from '../twin.ts';

/** Composed estimators of composed estimators, warm starts, and dummies and naive Bayes on odd targets. */
export function cases(draw: Draw): Case[] {
  const times = (n: number, make: (draw: Draw) => Case) => Array.from({ length: n }, () => make(draw));
  return [
    ...times(15, nested),
    ...times(15, sparseStack),
    ...times(20, target),
    ...times(15, warmForest),
    ...times(12, warmLogistic),
    ...times(40, dummyClass),
    ...times(30, dummyValue),
    ...times(30, bayes),
    ...times(20, bayesParts),
  ].map(item => ({ ...item, liveOnly: true }));
}

const made = (path: string, params: object = {}) => ({ $estimator: path, params });
const pair = (...items: unknown[]) => ({ $tuple: items });

function nested(draw: Draw): Case {
  const X = draw.withHoles(draw.normal(draw.integer(12, 40), 4), 0.1);
  const y = draw.labels(X.length, ['u', 'v', 'w']);
  const later = draw.withHoles(draw.normal(5, 4), 0.1);
  const remainder = draw.choice(['drop', 'passthrough'] as const);
  return {
    name: 'Pipeline of unions of pipelines',
    class: 'A',
    tolerance: 1e-7,
    oracle: {
      fit: 'pipeline.Pipeline',
      params: {
        steps: {
          $list: [
            pair(
              'columns',
              made('compose.ColumnTransformer', {
                transformers: {
                  $list: [
                    pair(
                      'a',
                      made('pipeline.Pipeline', {
                        steps: {
                          $list: [
                            pair('i', made('impute.SimpleImputer', { strategy: 'median', add_indicator: true })),
                            pair('s', made('preprocessing.StandardScaler')),
                          ],
                        },
                      }),
                      [0, 2],
                    ),
                  ],
                },
                remainder,
              }),
            ),
            pair('fill', made('impute.SimpleImputer', { keep_empty_features: true })),
            pair(
              'both',
              made('pipeline.FeatureUnion', {
                transformer_list: {
                  $list: [
                    pair('p', made('decomposition.PCA', { n_components: 2, svd_solver: 'full' })),
                    pair('m', made('preprocessing.MinMaxScaler')),
                  ],
                },
              }),
            ),
            pair('model', made('naive_bayes.GaussianNB', { var_smoothing: 1e-2 })),
          ],
        },
      },
      X,
      y,
      get: ['classes_', 'n_features_in_'],
      calls: [
        ['predict', later],
        ['predict_proba', later],
        ['score', X, y],
      ],
    },
    ours: async () => {
      const inner = new Pipeline([
        ['i', new SimpleImputer({ strategy: 'median', addIndicator: true })],
        ['s', new StandardScaler()],
      ]);
      const model = await new Pipeline([
        ['columns', new ColumnTransformer([['a', inner, [0, 2]]], { remainder })],
        ['fill', new SimpleImputer({ keepEmptyFeatures: true })],
        [
          'both',
          new FeatureUnion([
            ['p', new PCA({ nComponents: 2, svdSolver: 'full' })],
            ['m', new MinMaxScaler()],
          ]),
        ],
        ['model', new GaussianNB({ varSmoothing: 1e-2 })],
      ]).fit(X, y);
      return [
        model.classes_,
        model.nFeaturesIn_,
        await model.predict(later),
        await model.predictProba(later),
        await model.score(X, y),
      ];
    },
  };
}

/** Sparse and dense parts beside each other: the result is sparse where few cells are stored. */
function sparseStack(draw: Draw): Case {
  const names = ['a', 'b', 'c', 'd', 'e', 'f'].slice(0, draw.integer(1, 6));
  const rows = draw.integer(3, 12);
  const words = Array.from({ length: rows }, () => [draw.choice(names), draw.choice(names)]);
  const sparseThreshold = draw.choice([0.3, 0, 1, 0.5, 0.17]);
  const sparseOutput = draw.bool(0.8);
  return twinCase(
    { name: 'ColumnTransformer of sparse parts', class: 'A', tolerance: 0, expectError: 'alike' },
    {
      Class: class extends ColumnTransformer {
        constructor() {
          super(
            [
              ['w', new OneHotEncoder({ sparseOutput }), [0]],
              ['x', new OneHotEncoder({ drop: 'first' }), [1]],
            ] as never,
            { sparseThreshold },
          );
        }
      } as never,
      path: 'compose.ColumnTransformer',
      pythonParams: {
        transformers: {
          $list: [
            pair('w', made('preprocessing.OneHotEncoder', { sparse_output: sparseOutput }), [0]),
            pair('x', made('preprocessing.OneHotEncoder', { drop: 'first' }), [1]),
          ],
        },
        sparse_threshold: { $float: sparseThreshold },
      },
      X: words,
      pythonX: { $array: words, dtype: 'object' },
      get: ['sparseOutput_', 'nFeaturesIn_'],
      calls: [['transform', { $array: words, dtype: 'object' }], ['getFeatureNamesOut']],
    },
  );
}

function target(draw: Draw): Case {
  const X = draw.normal(draw.integer(10, 30), 3);
  const positive = draw.targetOf(X).map(value => Math.abs(value) + 0.1);
  const y = draw.bool(0.4) ? positive.map(value => [value, value * value]) : positive;
  const [name, func, inverse, inverseName] = draw.choice([
    ['log1p', Math.log1p, Math.expm1, 'expm1'],
    ['sqrt', Math.sqrt, (v: number) => v * v, 'square'],
    ['log', Math.log, Math.exp, 'exp'],
  ] as const);
  const scaler = draw.choice(['StandardScaler', 'MinMaxScaler', null] as const);
  return {
    name: 'TransformedTargetRegressor, every way',
    class: 'A',
    tolerance: 1e-8,
    oracle: {
      fit: 'compose.TransformedTargetRegressor',
      params: {
        regressor: made('linear_model.LinearRegression'),
        ...(scaler === null
          ? { func: { $ref: `numpy.${name}` }, inverse_func: { $ref: `numpy.${inverseName}` }, check_inverse: true }
          : { transformer: made(`preprocessing.${scaler}`) }),
      },
      X,
      y,
      get: ['regressor_.coef_', 'n_features_in_'],
      calls: [
        ['predict', X],
        ['score', X, y],
      ],
    },
    ours: async () => {
      const transformer = scaler === 'StandardScaler' ? new StandardScaler() : new MinMaxScaler();
      const m = await new TransformedTargetRegressor({
        regressor: new LinearRegression(),
        ...(scaler === null ? { func, inverseFunc: inverse } : { transformer }),
      }).fit(X, y);
      return [(m.regressor_ as LinearRegression).coef_, m.nFeaturesIn_, await m.predict(X), await m.score(X, y)];
    },
  };
}

function warmForest(draw: Draw): Case {
  const X = draw.normal(40, 4);
  const y = draw.labelsOf(X, ['a', 'b', 'c']);
  const [first, more, randomState] = [draw.integer(1, 4), draw.integer(1, 4), draw.seed()];
  const bootstrap = draw.bool();
  return {
    name: 'RandomForestClassifier goes on',
    class: 'D',
    oracle: {
      python: `m = resolve('ensemble.RandomForestClassifier')(n_estimators=${first}, warm_start=True, random_state=${randomState}, bootstrap=${bootstrap ? 'True' : 'False'}, oob_score=${bootstrap ? 'True' : 'False'}).fit(X, y)
m.set_params(n_estimators=${first + more}).fit(X, y)
result = [[t.tree_.threshold for t in m.estimators_], m.predict_proba(X)${bootstrap ? ', m.oob_score_' : ''}]`,
      with: { X, y },
    },
    ours: async () => {
      const params = { randomState, bootstrap, oobScore: bootstrap };
      const begun = await new RandomForestClassifier({ ...params, nEstimators: first }).fit(X, y);
      const m = await new RandomForestClassifier({ ...params, nEstimators: first + more }).fit(X, y, {
        warmStartFrom: begun,
      });
      return [
        m.estimators_.map(tree => tree.tree_.threshold),
        await m.predictProba(X),
        ...(bootstrap ? [m.oobScore_] : []),
      ];
    },
  };
}

function warmLogistic(draw: Draw): Case {
  const X = draw.normal(50, 3);
  const y = draw.labelsOf(
    X,
    draw.choice([
      ['a', 'b'],
      ['a', 'b', 'c'],
    ]),
    1,
  );
  const solver = draw.choice(['lbfgs', 'newton-cg', 'newton-cholesky', 'sag', 'saga'] as const);
  const [maxIter, randomState] = [draw.integer(1, 3), draw.seed()];
  return {
    name: 'LogisticRegression goes on',
    class: 'B',
    floor: 1,
    oracle: {
      python: `m = resolve('linear_model.LogisticRegression')(solver='${solver}', max_iter=${maxIter}, warm_start=True, random_state=${randomState}).fit(X, y).fit(X, y)
result = [m.coef_, m.intercept_]`,
      with: { X, y },
    },
    ours: async () => {
      const model = new LogisticRegression({ solver, maxIter, randomState });
      const begun = await model.clone().fit(X, y);
      const m = await model.fit(X, y, { warmStartFrom: begun });
      return [m.coef_, m.intercept_];
    },
  };
}

function dummyClass(draw: Draw): Case {
  const rows = draw.integer(1, 15);
  const names = draw.choice([[true, false], ['b', 'a'], [3, -1, 0], ['only']] as const) as readonly (
    | string
    | number
    | boolean
  )[];
  const outputs = draw.choice([0, 0, 2, 3]);
  const column = () => Array.from({ length: rows }, () => draw.choice(names));
  const columns = Array.from({ length: Math.max(1, outputs) }, column);
  const y = outputs === 0 ? columns[0]! : Array.from({ length: rows }, (_, i) => columns.map(list => list[i]!));
  const strategy = draw.choice(['prior', 'most_frequent', 'stratified', 'uniform'] as const);
  const sampleWeight = draw.choice([undefined, draw.weights(rows), draw.integers(rows, 0, 2).with(0, 1)]);
  const later = draw.normal(4, 2);
  return twinCase(
    { name: 'DummyClassifier of odd targets', class: 'D', expectError: 'alike' },
    {
      ...{
        Class: DummyClassifier,
        path: 'dummy.DummyClassifier',
        params: { strategy, randomState: draw.choice([0, 2 ** 32 - 1, draw.seed()]) },
        X: draw.normal(rows, 2),
        y,
        sampleWeight,
      },
      get: ['classes_', 'nClasses_', 'nOutputs_'],
      calls: [
        ['predict', later],
        ['predictProba', later],
        ...(strategy === 'prior' ? [['predictLogProba', later] as const] : []),
      ],
    },
  );
}

function dummyValue(draw: Draw): Case {
  const rows = draw.integer(1, 12);
  const outputs = draw.choice([0, 0, 2]);
  const y = outputs === 0 ? draw.integers(rows, 0, 3) : draw.integerTable(rows, outputs, 0, 3);
  const strategy = draw.choice(['mean', 'median', 'quantile'] as const);
  const sampleWeight = draw.choice([undefined, draw.weights(rows), draw.integers(rows, 0, 2).with(0, 1)]);
  const params = { strategy, quantile: strategy === 'quantile' ? draw.choice([0, 0.25, 0.5, 0.9, 1]) : null };
  return twinCase(
    { name: 'DummyRegressor of few values', class: 'A', expectError: 'alike' },
    {
      ...{ Class: DummyRegressor, path: 'dummy.DummyRegressor', params, X: draw.normal(rows, 1), y, sampleWeight },
      get: ['nOutputs_'],
      calls: [['predict', draw.normal(2, 1)]],
    },
  );
}

function bayes(draw: Draw): Case {
  const rows = draw.integer(6, 40);
  const scale = draw.choice([1, 1e-5, 1e5]);
  const X = draw.normal(rows, draw.integer(1, 4)).map(row => row.map(value => scale * value));
  const names = draw.choice([[true, false], ['b', 'a', 'c'], [3, -1], ['one']] as const) as readonly (
    | string
    | number
    | boolean
  )[];
  const y = draw.labels(rows, names);
  const priors = draw.bool(0.3) ? names.map(() => 1 / names.length) : null;
  const sampleWeight = draw.choice([undefined, undefined, draw.weights(rows), draw.integers(rows, 1, 3)]);
  const later = X.slice(0, 4);
  return twinCase(
    { name: 'GaussianNB at every scale', class: 'A', tolerance: 1e-8, expectError: 'alike' },
    {
      ...{
        Class: GaussianNB,
        path: 'naive_bayes.GaussianNB',
        params: { priors, varSmoothing: draw.choice([1e-9, 1e-3, 1]) },
        X,
        y,
        sampleWeight,
      },
      get: ['classes_', 'classPrior_', 'classCount_'],
      calls: [
        ['predict', later],
        ['predictProba', later],
        ['predictJointLogProba', later],
        ['score', X, y],
      ],
    },
  );
}

function bayesParts(draw: Draw): Case {
  const parts = Array.from({ length: draw.integer(1, 4) }, () => {
    const X = draw.normal(draw.integer(1, 6), 2);
    return { X, y: X.map(() => draw.choice(['b', 'a', 'c'])) };
  });
  return {
    name: 'GaussianNB of small parts',
    class: 'A',
    tolerance: 1e-8,
    oracle: {
      python: `m = resolve('naive_bayes.GaussianNB')(var_smoothing=0.1)
for part in parts: m.partial_fit(part['X'], part['y'], classes=['a', 'b', 'c'])
seen = m.class_count_ > 0
result = [m.class_count_, m.class_prior_, m.theta_[seen], m.var_[seen]]`,
      with: { parts: { $list: parts.map(({ X, y }) => ({ X, y: { $list: y } })) } },
    },
    ours: async () => {
      const m = new GaussianNB({ varSmoothing: 0.1 });
      for (const { X, y } of parts) await m.partialFit(X, y, { classes: ['a', 'b', 'c'] });
      const seen = Array.from(m.classCount_.keys()).filter(k => m.classCount_[k]! > 0);
      return [m.classCount_, m.classPrior_, seen.map(k => m.theta_.row(k)), seen.map(k => m.var_.row(k))];
    },
  };
}
