import {
  ColumnTransformer,
  FeatureUnion,
  makeColumnSelector,
  makeColumnTransformer,
  Pipeline,
} from '../../../src/compose/index.ts';
import { SimpleImputer } from '../../../src/impute/index.ts';
import { Ridge } from '../../../src/linear-model/index.ts';
import { GaussianNB } from '../../../src/naive-bayes/index.ts';
import { MinMaxScaler, OneHotEncoder, StandardScaler } from '../../../src/preprocessing/index.ts';
import { TransformedTargetRegressor } from '../../../src/transformed-target/index.ts';
import type { Case } from '../case.ts';
import type { Draw } from '../draw.ts';

/** Pipelines, unions, column transformers and transformed targets. */
export function cases(draw: Draw): Case[] {
  const times = (n: number, make: (draw: Draw) => Case) => Array.from({ length: n }, () => make(draw));
  return [
    ...times(25, byPosition),
    ...times(15, byName),
    ...times(6, bySelector),
    ...times(12, union),
    ...times(10, pipeline),
    ...times(12, transformedTarget),
  ];
}

const STANDARD = { $estimator: 'preprocessing.StandardScaler' };
const MIN_MAX = { $estimator: 'preprocessing.MinMaxScaler' };
const tuple = (...items: unknown[]) => ({ $tuple: items });

function byPosition(draw: Draw): Case {
  const width = draw.integer(2, 5);
  const X = draw.normal(draw.integer(2, 9), width);
  const X2 = draw.normal(3, width);
  const selector = () =>
    draw.choice([
      () => draw.integers(draw.integer(0, 3), -width, width - 1),
      () => draw.bools(width),
      () => [draw.integer(0, width - 1)],
    ])();
  const [drawn, second] = [selector(), selector()];
  // Without any output scikit-learn has no output_indices_.
  const isNothing = drawn.length === 0 || drawn.every(item => item === false);
  const first = isNothing ? [0] : drawn;
  const middle = draw.choice(['passthrough', 'drop']);
  const remainder = draw.choice(['drop', 'passthrough', 'estimator']);
  const isVerbose = draw.bool(0.7) && middle === 'drop';
  const weights = draw.bool(0.3) ? { a: 2.5, remainder: -1 } : null;
  const verboseFeatureNamesOut = isVerbose || draw.choice(['{transformerName}.{featureName}', true]);
  const verbose = verboseFeatureNamesOut === true ? true : '{transformer_name}.{feature_name}';
  return {
    name: 'ColumnTransformer by position',
    class: 'A',
    oracle: {
      fit: 'compose.ColumnTransformer',
      params: {
        transformers: { $list: [tuple('a', STANDARD, first), tuple('b', middle, second), tuple('c', MIN_MAX, first)] },
        remainder: remainder === 'estimator' ? STANDARD : remainder,
        transformer_weights: weights,
        verbose_feature_names_out: verbose,
      },
      X,
      get: ['get_feature_names_out', 'output_indices_'],
      calls: [['transform', X2]],
    },
    ours: async () => {
      const parts = [
        ['a', new StandardScaler(), first],
        ['b', middle, second],
        ['c', new MinMaxScaler(), first],
      ] as const;
      const model = await new ColumnTransformer(parts, {
        remainder: remainder === 'estimator' ? new StandardScaler() : remainder,
        transformerWeights: weights,
        verboseFeatureNamesOut,
      }).fit(X);
      return [model.getFeatureNamesOut(), model.outputIndices_, await model.transform(X2)];
    },
  };
}

interface Person {
  readonly [name: string]: string | number;
}

function people(draw: Draw, rows: number): Person[] {
  const person = () => ({
    age: draw.integer(20, 60),
    city: draw.choice(['Ulm', 'Bonn', 'Rom']),
    pay: draw.gauss(),
    job: draw.choice(['a', 'b']),
  });
  return Array.from({ length: rows }, person);
}

function frame(rows: readonly Person[], names: readonly string[]) {
  return { $frame: Object.fromEntries(names.map(name => [name, rows.map(row => row[name])])) };
}

function byName(draw: Draw): Case {
  const [rows, rows2] = [people(draw, draw.integer(4, 12)), people(draw, 4)];
  const known = rows2.filter(row => rows.some(other => other.city === row.city && true));
  const test = known.filter(row => rows.some(other => other.city === row.city) && rows.some(o => o.job === row.job));
  const later = test.length > 0 ? test : rows.slice(0, 2);
  const order = draw.sample(['age', 'city', 'pay', 'job'], 4);
  const sparseThreshold = draw.choice([0.3, 0, 1]);
  const encoder = { $estimator: 'preprocessing.OneHotEncoder', params: { drop: 'if_binary' } };
  const turn = (row: Person) => Object.fromEntries(order.map(name => [name, row[name]!]));
  return {
    name: 'ColumnTransformer by name',
    class: 'A',
    oracle: {
      fit: 'compose.ColumnTransformer',
      params: {
        transformers: {
          $list: [tuple('n', STANDARD, { $list: ['pay', 'age'] }), tuple('w', encoder, { $list: ['city', 'job'] })],
        },
        sparse_threshold: sparseThreshold,
      },
      X: frame(rows, ['age', 'city', 'pay', 'job']),
      get: ['get_feature_names_out', 'sparse_output_'],
      calls: [['transform', frame(later, order)]],
    },
    ours: async () => {
      const parts = [
        ['n', new StandardScaler(), ['pay', 'age']],
        ['w', new OneHotEncoder({ drop: 'if_binary' }), ['city', 'job']],
      ] as const;
      const model = await new ColumnTransformer(parts, { sparseThreshold }).fit(rows);
      return [model.getFeatureNamesOut(), model.sparseOutput_, await model.transform(later.map(turn))];
    },
  };
}

function bySelector(draw: Draw): Case {
  const rows = people(draw, draw.integer(3, 9));
  const select = (kwargs: object) => ({ $call: 'compose.make_column_selector', kwargs });
  return {
    name: 'makeColumnTransformer by selector',
    class: 'A',
    oracle: {
      call: 'pipeline.Pipeline.fit_transform',
      args: [
        {
          $estimator: 'pipeline.Pipeline',
          params: {
            steps: {
              $list: [
                tuple('columns', {
                  $call: 'compose.make_column_transformer',
                  args: [
                    tuple(STANDARD, select({ dtype_include: { $ref: 'numpy.number' } })),
                    tuple({ $estimator: 'preprocessing.OneHotEncoder' }, select({ pattern: '^c' })),
                  ],
                }),
              ],
            },
          },
        },
        frame(rows, ['age', 'city', 'pay', 'job']),
      ],
    },
    ours: () => {
      const model = makeColumnTransformer([
        [new StandardScaler(), makeColumnSelector({ types: ['number'] })],
        [new OneHotEncoder(), makeColumnSelector({ pattern: /^c/ })],
      ]);
      return new Pipeline([['columns', model]]).fitTransform(rows);
    },
  };
}

function union(draw: Draw): Case {
  const [X, X2] = [draw.normal(draw.integer(2, 9), 3), draw.normal(3, 3)];
  const weights = draw.bool() ? { a: 0.5 } : null;
  const middle = draw.choice(['passthrough', 'drop']);
  const isVerbose = draw.bool() || middle === 'passthrough';
  return {
    name: 'FeatureUnion',
    class: 'A',
    oracle: {
      fit: 'pipeline.FeatureUnion',
      params: {
        transformer_list: {
          $list: [
            tuple('a', STANDARD),
            tuple('b', middle),
            ...(isVerbose ? [tuple('c', { $estimator: 'impute.SimpleImputer', params: { strategy: 'median' } })] : []),
          ],
        },
        transformer_weights: weights,
        verbose_feature_names_out: isVerbose,
      },
      X,
      get: ['get_feature_names_out'],
      calls: [['transform', X2]],
    },
    ours: async () => {
      const parts = [
        ['a', new StandardScaler()] as const,
        ['b', middle] as const,
        ...(isVerbose ? [['c', new SimpleImputer({ strategy: 'median' })] as const] : []),
      ];
      const model = new FeatureUnion(parts, { transformerWeights: weights, verboseFeatureNamesOut: isVerbose });
      await model.fit(X);
      return [model.getFeatureNamesOut(), await model.transform(X2)];
    },
  };
}

function pipeline(draw: Draw): Case {
  const X = draw.withHoles(draw.withScales(draw.normal(draw.integer(20, 40), 3)), 0.1);
  const y = draw.labels(X.length, ['u', 'v']);
  const sampleWeight = draw.bool() ? draw.weights(X.length) : undefined;
  return {
    name: 'Pipeline',
    class: 'A',
    // GaussianNB squares and divides what the steps before leave.
    tolerance: 1e-8,
    oracle: {
      fit: 'pipeline.Pipeline',
      params: {
        steps: {
          $list: [
            tuple('impute', { $estimator: 'impute.SimpleImputer' }),
            tuple('scale', MIN_MAX),
            tuple('nothing', 'passthrough'),
            tuple('bayes', { $estimator: 'naive_bayes.GaussianNB' }),
          ],
        },
      },
      X,
      y,
      ...(sampleWeight === undefined ? {} : { fit_kwargs: { bayes__sample_weight: sampleWeight } }),
      get: ['classes_'],
      calls: [
        ['predict', X],
        ['predict_proba', X],
        ['score', X, y],
      ],
    },
    ours: async () => {
      const model = new Pipeline([
        ['impute', new SimpleImputer()],
        ['scale', new MinMaxScaler()],
        ['nothing', 'passthrough'],
        ['bayes', new GaussianNB()],
      ]);
      const fitted = await model.fit(X, y, { sampleWeight });
      const labels = await fitted.predict(X);
      return [fitted.classes_, labels, await fitted.predictProba(X), await fitted.score(X, y)];
    },
  };
}

function transformedTarget(draw: Draw): Case {
  const X = draw.normal(draw.integer(8, 20), 2);
  const outputs = draw.choice([0, 0, 2]);
  const single = draw.targetOf(X).map(value => Math.abs(value) + 0.5);
  const y = outputs === 0 ? single : single.map(value => [value, 2 * value + 1]);
  const way = draw.choice(['functions', 'transformer', 'nothing']);
  const ridge = { $estimator: 'linear_model.Ridge', params: { alpha: 0.5 } };
  return {
    name: 'TransformedTargetRegressor',
    class: 'A',
    oracle: {
      fit: 'compose.TransformedTargetRegressor',
      params: {
        regressor: ridge,
        ...(way === 'functions' ? { func: { $ref: 'numpy.log' }, inverse_func: { $ref: 'numpy.exp' } } : {}),
        ...(way === 'transformer' ? { transformer: STANDARD } : {}),
      },
      X,
      y,
      calls: [
        ['predict', X],
        ['score', X, y],
      ],
    },
    ours: async () => {
      const model = await new TransformedTargetRegressor({
        regressor: new Ridge({ alpha: 0.5 }),
        ...(way === 'functions' ? { func: Math.log, inverseFunc: Math.exp } : {}),
        ...(way === 'transformer' ? { transformer: new StandardScaler() } : {}),
      }).fit(X, y);
      return [await model.predict(X), await model.score(X, y)];
    },
  };
}
