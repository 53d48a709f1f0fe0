import {
  KNeighborsClassifier,
  type KNeighborsClassifierParams,
  KNeighborsRegressor,
} from '../../../src/neighbors/index.ts';
import type { Case, PythonParams } from '../case.ts';
import type { Draw } from '../draw.ts';

/** Nearest neighbors by every metric and algorithm; samples without ties, since there each algorithm breaks its own. */
export function cases(draw: Draw): Case[] {
  const times = (n: number, make: (draw: Draw) => Case) => Array.from({ length: n }, () => make(draw));
  return [
    ...times(40, classifier),
    ...times(25, regressor),
    ...times(4, manyOutputs),
    ...times(3, precomputed),
    ...times(2, ownFunctions),
    tooManyNeighbors(draw),
    wrongTree(draw),
  ];
}

type Params = Partial<KNeighborsClassifierParams>;

const PYTHON_NAMES: Readonly<Record<string, string>> = {
  nNeighbors: 'n_neighbors',
  leafSize: 'leaf_size',
  metricParams: 'metric_params',
};

function python(params: Params): PythonParams {
  return Object.fromEntries(
    Object.entries(params).map(([name, value]) => [
      PYTHON_NAMES[name] ?? name,
      value === 'nanEuclidean' ? 'nan_euclidean' : value,
    ]),
  );
}

function inverseCovariance(columns: number): number[][] {
  return Array.from({ length: columns }, (_, i) => Array.from({ length: columns }, (_, j) => (i === j ? 2 : 0.3)));
}

/** A metric with its parameters, and an algorithm that can hold it. */
function metricOf(draw: Draw, columns: number): Params {
  const box = draw.choice([
    { metric: 'minkowski', p: 1 },
    { metric: 'minkowski', p: 2 },
    { metric: 'minkowski', p: 3 },
    { metric: 'minkowski', p: 1.5 },
    { metric: 'euclidean' },
    { metric: 'manhattan' },
    { metric: 'chebyshev' },
  ] as const);
  const ball = draw.choice([
    { metric: 'seuclidean', metricParams: { V: Array.from({ length: columns }, (_, j) => 1 + j) } },
    { metric: 'mahalanobis', metricParams: { VI: inverseCovariance(columns) } },
    { metric: 'canberra' },
  ] as const);
  // In one column these have few values, and so ties.
  const flat = draw.choice([{ metric: 'cosine' }, { metric: 'sqeuclidean' }, { metric: 'braycurtis' }] as const);
  if (columns < 3) return { ...box, algorithm: draw.choice(['auto', 'brute', 'kd_tree', 'ball_tree'] as const) };
  return draw.choice<Params>([
    { ...box, algorithm: draw.choice(['auto', 'brute', 'kd_tree', 'ball_tree'] as const) },
    { ...box, algorithm: draw.choice(['auto', 'kd_tree', 'ball_tree'] as const) },
    { ...ball, algorithm: draw.choice(['auto', 'brute', 'ball_tree'] as const) },
    { ...flat, algorithm: 'brute' },
  ]);
}

function paramsOf(draw: Draw, columns: number): Params {
  return {
    ...metricOf(draw, columns),
    nNeighbors: draw.integer(1, 7),
    leafSize: draw.choice([1, 2, 5, 30]),
    weights: draw.choice(['uniform', 'distance'] as const),
  };
}

/**
 * Samples to predict, some of them known ones where the algorithm is a tree: by brute force scikit-learn expands the
 * square, so that a sample's distance from itself is not quite 0.
 */
function queries(draw: Draw, X: readonly number[][], { algorithm, metric }: Params): number[][] {
  const known = algorithm === 'kd_tree' || algorithm === 'ball_tree' ? draw.sample(X, 3) : [];
  const fresh = draw.normal(6, X[0]!.length);
  return [...known, ...(metric === 'braycurtis' ? fresh.map(row => row.map(Math.abs)) : fresh)];
}

/** Positive for braycurtis, which scikit-learn's searches divide by `sum |a| + |b|`, its pairwise distances by `|a + b|`. */
function samples(draw: Draw, rows: number, columns: number, { metric }: Params): number[][] {
  const plain = draw.normal(rows, columns);
  if (metric === 'braycurtis') return plain.map(row => row.map(Math.abs));
  return draw.bool(0.2) ? draw.withScales(plain) : plain;
}

function classifier(draw: Draw): Case {
  const columns = draw.choice([1, 2, 3, 5, 17]);
  const params = paramsOf(draw, columns);
  const X = samples(draw, draw.integer(12, 80), columns, params);
  const fresh = queries(draw, X, params);
  const y = draw.labelsOf(X, draw.choice([['no', 'yes'], ['a', 'b', 'c'], ['only']] as const));
  return {
    name: `KNeighborsClassifier ${params.algorithm}`,
    class: 'A',
    // scikit-learn expands the squared Euclidean distance by brute force, and takes powers by pow.
    tolerance: 1e-7,
    oracle: {
      fit: 'neighbors.KNeighborsClassifier',
      params: python(params),
      X,
      y,
      get: ['effective_metric_', 'n_samples_fit_', 'classes_'],
      calls: [
        ['predict', fresh],
        ['predict_proba', fresh],
        ['kneighbors', fresh],
        ['kneighbors', { $kwargs: { n_neighbors: 2 } }],
      ],
    },
    ours: async () => {
      const model = await new KNeighborsClassifier(params).fit(X, y);
      const found = await model.kneighbors(fresh);
      const among = await model.kneighbors(null, { nNeighbors: 2 });
      return [
        model.effectiveMetric_,
        model.nSamplesFit_,
        model.classes_,
        await model.predict(fresh),
        await model.predictProba(fresh),
        [found.distances, found.indices],
        [among.distances, among.indices],
      ];
    },
  };
}

function regressor(draw: Draw): Case {
  const columns = draw.choice([1, 2, 4, 16]);
  const params = paramsOf(draw, columns);
  const X = samples(draw, draw.integer(12, 60), columns, params);
  const fresh = queries(draw, X, params);
  const one = draw.targetOf(X);
  const y = draw.bool(0.3) ? one.map(value => [value, draw.gauss()]) : one;
  return {
    name: `KNeighborsRegressor ${params.algorithm}`,
    class: 'A',
    // As above.
    tolerance: 1e-7,
    oracle: {
      fit: 'neighbors.KNeighborsRegressor',
      params: python(params),
      X,
      y,
      calls: [
        ['predict', fresh],
        ['score', X, y],
      ],
    },
    ours: async () => {
      const model = await new KNeighborsRegressor(params).fit(X, y as number[]);
      return [await model.predict(fresh), await model.score(X, y)];
    },
  };
}

function manyOutputs(draw: Draw): Case {
  const X = draw.normal(30, 2);
  const fresh = draw.normal(5, 2);
  const columns = [draw.labelsOf(X, ['a', 'b', 'c']), draw.labelsOf(X, ['x', 'y'])];
  const y = X.map((_, i) => columns.map(column => column[i]!));
  return {
    name: 'KNeighborsClassifier of two outputs',
    class: 'A',
    oracle: {
      fit: 'neighbors.KNeighborsClassifier',
      params: { n_neighbors: 4 },
      X,
      y,
      calls: [
        ['predict', fresh],
        ['predict_proba', fresh],
      ],
    },
    ours: async () => {
      const model = await new KNeighborsClassifier({ nNeighbors: 4 }).fit(X, y);
      return [await model.predict(fresh), await model.predictProba(fresh)];
    },
  };
}

function precomputed(draw: Draw): Case {
  const size = draw.integer(8, 15);
  const half = draw.uniform(size, size, 0.1, 5);
  const X = half.map((row, i) => row.map((value, j) => (i === j ? 0 : value + half[j]![i]!)));
  const fresh = draw.uniform(4, size, 0.1, 5);
  const y = draw.targetOf(X);
  return {
    name: 'KNeighborsRegressor precomputed',
    class: 'A',
    oracle: {
      fit: 'neighbors.KNeighborsRegressor',
      params: { n_neighbors: 3, metric: 'precomputed', weights: 'distance' },
      X,
      y,
      calls: [['predict', fresh], ['kneighbors', fresh], ['kneighbors']],
    },
    ours: async () => {
      const model = await new KNeighborsRegressor({ nNeighbors: 3, metric: 'precomputed', weights: 'distance' }).fit(
        X,
        y,
      );
      const [found, among] = [await model.kneighbors(fresh), await model.kneighbors()];
      return [await model.predict(fresh), [found.distances, found.indices], [among.distances, among.indices]];
    },
  };
}

function ownFunctions(draw: Draw): Case {
  const X = draw.normal(25, 3);
  const y = draw.targetOf(X);
  const fresh = draw.normal(4, 3);
  const algorithm = draw.choice(['brute', 'ball_tree'] as const);
  const cityblock = (a: Float64Array, b: Float64Array) => a.reduce((sum, value, k) => sum + Math.abs(value - b[k]!), 0);
  return {
    name: 'KNeighborsRegressor of own functions',
    class: 'A',
    oracle: {
      fit: 'neighbors.KNeighborsRegressor',
      params: {
        n_neighbors: 3,
        metric: { $ref: 'scipy.spatial.distance.cityblock' },
        weights: { $ref: 'numpy.sqrt' },
        algorithm,
      },
      X,
      y,
      calls: [['predict', fresh]],
    },
    ours: async () => {
      const weights = (distances: Float64Array) => distances.map(Math.sqrt);
      const model = await new KNeighborsRegressor({ nNeighbors: 3, metric: cityblock, weights, algorithm }).fit(X, y);
      return [await model.predict(fresh)];
    },
  };
}

function tooManyNeighbors(draw: Draw): Case {
  const X = draw.normal(4, 2);
  const y = draw.targetOf(X);
  return {
    name: 'KNeighborsRegressor of too few samples',
    class: 'A',
    expectError: true,
    oracle: { fit: 'neighbors.KNeighborsRegressor', X, y, calls: [['predict', X]] },
    ours: async () => (await new KNeighborsRegressor().fit(X, y)).predict(X),
  };
}

function wrongTree(draw: Draw): Case {
  const X = draw.normal(12, 2);
  const y = draw.targetOf(X);
  return {
    name: 'KNeighborsRegressor of a metric that the tree cannot hold',
    class: 'A',
    expectError: true,
    oracle: { fit: 'neighbors.KNeighborsRegressor', params: { metric: 'cosine', algorithm: 'kd_tree' }, X, y },
    ours: () => new KNeighborsRegressor({ metric: 'cosine', algorithm: 'kd_tree' }).fit(X, y),
  };
}
