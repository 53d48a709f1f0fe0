import * as fitwise from '../../../src/metrics/index.ts';
import type { Case } from '../case.ts';
import type { Draw } from '../draw.ts';
import { metricCase, pair } from '../metric-case.ts';

const AGREEMENTS = [
  fitwise.adjustedRandScore,
  fitwise.randScore,
  fitwise.pairConfusionMatrix,
  fitwise.fowlkesMallowsScore,
  fitwise.mutualInfoScore,
  fitwise.homogeneityScore,
  fitwise.completenessScore,
] as const;
const NORMALISED = [fitwise.adjustedMutualInfoScore, fitwise.normalizedMutualInfoScore] as const;
const NUMERIC = [
  'euclidean',
  'manhattan',
  'chebyshev',
  'canberra',
  'braycurtis',
  'correlation',
  'sqeuclidean',
  'cosine',
] as const;
const BOOLEAN = ['dice', 'jaccard', 'rogerstanimoto', 'russellrao', 'sokalsneath', 'yule'] as const;

/** scikit-learn expands squared Euclidean distances, which rounds at the size of the rows, not of the distance. */
const EXPANDED = { tolerance: 1e-9 };
const refused = { expectError: true } as const;
const onlyOurs = { expectError: 'ours' } as const;

export function cases(draw: Draw): Case[] {
  return [
    ...Array.from({ length: 4 }, () => [
      ...agreements(draw),
      ...geometry(draw),
      ...distances(draw),
      ...kernels(draw),
    ]).flat(),
    ...edges(draw),
  ];
}

function agreements(draw: Draw): Case[] {
  const n = draw.integer(3, 80);
  const labelsTrue = draw.labels(
    n,
    draw.choice([
      ['x', 'y', 'z'],
      ['x', 'y'],
    ]),
  );
  const labelsPred = draw.bool()
    ? draw.integers(n, -1, draw.integer(0, 6))
    : labelsTrue.map(label => (draw.bool(0.8) ? label : 'w'));
  const lists = [labelsTrue, labelsPred];
  const averageMethod = draw.choice(['min', 'geometric', 'arithmetic', 'max'] as const);
  const table = draw.integerTable(3, 4, 0, 9).with(0, [1, 2, 3, 4]);
  const total = table.flat().reduce((a, b) => a + b);
  const counts = { $call: 'scipy.sparse.csr_array', args: [table] };
  return [
    ...AGREEMENTS.map(metric => metricCase(metric, lists)),
    ...NORMALISED.map(metric => metricCase(metric, lists, { averageMethod })),
    metricCase(fitwise.vMeasureScore, lists, { beta: draw.choice([0, 0.5, 1, 3]) }),
    metricCase(fitwise.homogeneityCompletenessVMeasure, lists, {}, { shape: Object.values }),
    metricCase(fitwise.contingencyMatrix, lists, { eps: draw.choice([null, 0.5]) }, {}, 'metrics.cluster'),
    metricCase(fitwise.contingencyMatrix, lists, { sparse: true }, { kwargs: { sparse: false } }, 'metrics.cluster'),
    metricCase(fitwise.expectedMutualInformation, [table, total], {}, { python: [counts, total] }, 'metrics.cluster'),
  ];
}

function geometry(draw: Draw): Case[] {
  const [n, width] = [draw.integer(8, 40), draw.integer(1, 4)];
  const X = draw.bool() ? draw.normal(n, width) : draw.integerTable(n, width, 0, 3);
  const labels = draw.labels(n, draw.integer(2, 5));
  const D = X.map(a => X.map(b => a.reduce((total, value, k) => total + Math.abs(value - b[k]!), 0)));
  const random = { sampleSize: draw.integer(7, n), randomState: draw.seed() };
  return [
    metricCase(
      fitwise.silhouetteSamples,
      [X, labels],
      { metric: draw.choice(['euclidean', 'manhattan', 'chebyshev']) },
      EXPANDED,
    ),
    metricCase(fitwise.silhouetteScore, [X, labels], {}, EXPANDED),
    metricCase(fitwise.silhouetteScore, [X, draw.labels(n, 2)], { ...random, metric: 'manhattan' }),
    metricCase(fitwise.silhouetteScore, [D, draw.labels(n, 2)], { ...random, metric: 'precomputed' }),
    metricCase(fitwise.calinskiHarabaszScore, [X, labels]),
    metricCase(fitwise.daviesBouldinScore, [X, labels], {}, EXPANDED),
  ];
}

function distances(draw: Draw): Case[] {
  const width = draw.integer(2, 6);
  const [X, Y] = [draw.normal(draw.integer(1, 9), width), draw.normal(draw.integer(1, 9), width)];
  const [bits, others] = [draw.integerTable(5, width, 0, 1), draw.integerTable(4, width, 0, 1)];
  const lattice = [draw.integerTable(6, width, -2, 2), draw.integerTable(5, width, -2, 2)];
  const holes = [draw.withHoles(X, 0.3), draw.withHoles(Y, 0.3)];
  const places = [draw.uniform(4, 2, -1.5, 1.5), draw.uniform(3, 2, -3, 3)];
  const tall = draw.normal(12, width);
  const metric = draw.choice(NUMERIC);
  const same = [X, Y.slice(0, X.length)].map(table => table.slice(0, Math.min(X.length, Y.length)));
  const name = draw.choice(['euclidean', 'manhattan', 'cosine'] as const);
  return [
    metricCase(fitwise.euclideanDistances, [X, Y], { squared: draw.bool() }, EXPANDED, 'metrics.pairwise'),
    metricCase(fitwise.euclideanDistances, [X], {}, EXPANDED, 'metrics.pairwise'),
    metricCase(fitwise.nanEuclideanDistances, holes, { squared: draw.bool() }, EXPANDED, 'metrics.pairwise'),
    ...[fitwise.manhattanDistances, fitwise.cosineDistances, fitwise.cosineSimilarity].flatMap(call => [
      metricCase(call, [X, Y], {}, {}, 'metrics.pairwise'),
      metricCase(call, [lattice[0]], {}, {}, 'metrics.pairwise'),
    ]),
    metricCase(fitwise.haversineDistances, places, {}, {}, 'metrics.pairwise'),
    metricCase(fitwise.pairwiseDistances, [X, Y], { metric }, EXPANDED),
    metricCase(fitwise.pairwiseDistances, [tall, null], { metric: draw.choice(['seuclidean', 'mahalanobis']) }),
    metricCase(fitwise.pairwiseDistances, lattice, { metric: 'minkowski', p: draw.choice([1, 2, 3, 1.5, 0.5]) }),
    metricCase(fitwise.pairwiseDistances, lattice, { metric: 'hamming' }),
    metricCase(fitwise.pairwiseDistances, holes, { metric: 'nanEuclidean' }, EXPANDED),
    metricCase(fitwise.pairwiseDistances, [bits, others], { metric: draw.choice(BOOLEAN) }),
    metricCase(fitwise.pairwiseDistances, lattice, { metric: draw.choice(BOOLEAN) }),
    metricCase(fitwise.pairwiseDistancesArgmin, [X, Y], { axis: draw.choice([0, 1]), metric: name }),
    metricCase(fitwise.pairwiseDistancesArgminMin, [X, Y], { metric: name }, { ...EXPANDED, shape: Object.values }),
    metricCase(fitwise.pairedDistances, same, { metric: name }, {}, 'metrics.pairwise'),
    metricCase(fitwise.pairedEuclideanDistances, same, {}, {}, 'metrics.pairwise'),
    metricCase(fitwise.pairedManhattanDistances, same, {}, {}, 'metrics.pairwise'),
    metricCase(fitwise.pairedCosineDistances, same, {}, {}, 'metrics.pairwise'),
  ];
}

function kernels(draw: Draw): Case[] {
  const width = draw.integer(1, 5);
  const [X, Y] = [draw.normal(draw.integer(1, 8), width), draw.bool() ? draw.normal(draw.integer(1, 8), width) : null];
  const histograms = [draw.integerTable(4, width, 0, 5), draw.integerTable(3, width, 0, 5)];
  const gamma = draw.choice([null, 0.3, 2]);
  const coef0 = draw.choice([0, 1, -0.5]);
  const degree = draw.choice([1, 2, 3, 4]);
  const folder = 'metrics.pairwise';
  return [
    metricCase(fitwise.linearKernel, [X, Y], {}, {}, folder),
    metricCase(fitwise.polynomialKernel, [X, Y], { gamma, coef0, degree }, {}, folder),
    metricCase(fitwise.sigmoidKernel, [X, Y], { gamma, coef0 }, {}, folder),
    metricCase(fitwise.rbfKernel, [X, Y], { gamma }, EXPANDED, folder),
    metricCase(fitwise.laplacianKernel, [X, Y], { gamma }, {}, folder),
    metricCase(fitwise.additiveChi2Kernel, histograms, {}, {}, folder),
    metricCase(fitwise.chi2Kernel, histograms, { gamma: 0.7 }, {}, folder),
    metricCase(fitwise.pairwiseKernels, [X, Y], { metric: draw.choice(['linear', 'cosine', 'laplacian']) }, {}, folder),
    metricCase(fitwise.pairwiseKernels, [X, Y], { metric: 'poly', gamma, degree, coef0 }, {}, folder),
    metricCase(fitwise.pairwiseKernels, [X, Y], { metric: 'sigmoid', gamma, degree, filterParams: true }, {}, folder),
    metricCase(fitwise.pairwiseKernels, histograms, { metric: 'additiveChi2' }, {}, folder),
  ];
}

function edges(draw: Draw): Case[] {
  const X = draw.normal(4, 2);
  const folder = 'metrics.pairwise';
  const zero = [
    [0, 0],
    [1, 0],
  ];
  return [
    ...[...AGREEMENTS, ...NORMALISED, fitwise.vMeasureScore].flatMap(metric => [
      metricCase(metric, pair('0 0 0 | 1 1 1')),
      metricCase(metric, pair('0 1 2 | 1 1 1')),
      metricCase(metric, pair('0 1 2 | 5 4 3')),
      metricCase(metric, pair('0 0 1 1 | 0 1 0 1')),
      metricCase(metric, pair('0 | 0')),
      metricCase(metric, pair(' | '), {}, onlyOurs),
      metricCase(metric, pair('0 1 | 0 1 2'), {}, refused),
      metricCase(metric, pair('0 NaN | 0 1'), {}, refused),
    ]),
    metricCase(fitwise.silhouetteScore, [X, [0, 0, 0, 0]], {}, refused),
    metricCase(fitwise.silhouetteScore, [X, [0, 1, 2, 3]], {}, refused),
    metricCase(fitwise.silhouetteSamples, [
      [[1], [1], [1]],
      [0, 0, 1],
    ]),
    metricCase(
      fitwise.silhouetteSamples,
      [
        [
          [0, 1, 2],
          [1, 0, 3],
          [2, 3, 1],
        ],
        [0, 0, 1],
      ],
      { metric: 'precomputed' },
      refused,
    ),
    metricCase(fitwise.calinskiHarabaszScore, [
      [[1], [1], [2], [2]],
      [0, 0, 1, 1],
    ]),
    metricCase(fitwise.daviesBouldinScore, [
      [[1], [1], [2], [2]],
      [0, 0, 1, 1],
    ]),
    metricCase(fitwise.daviesBouldinScore, [
      [[1], [1], [1], [1]],
      [0, 0, 1, 1],
    ]),
    metricCase(fitwise.cosineDistances, [zero], {}, {}, folder),
    metricCase(fitwise.cosineDistances, [zero, zero.slice()], {}, {}, folder),
    metricCase(
      fitwise.pairedCosineDistances,
      [
        zero,
        [
          [1, 1],
          [0, 0],
        ],
      ],
      {},
      {},
      folder,
    ),
    ...BOOLEAN.map(metric => metricCase(fitwise.pairwiseDistances, [zero, zero.slice()], { metric })),
    metricCase(fitwise.pairwiseDistances, [zero, zero.slice()], { metric: 'canberra' }),
    metricCase(fitwise.pairwiseDistances, [[[1, -2]], null], { metric: 'precomputed' }, refused),
    metricCase(fitwise.pairwiseDistances, [X, draw.normal(3, 3)], {}, refused),
    metricCase(fitwise.pairwiseDistances, [X, null], { metric: 'nearly' }, refused),
    metricCase(fitwise.pairwiseDistances, [X, null], { metric: 'manhattan', p: 3 }, refused),
    metricCase(fitwise.haversineDistances, [draw.normal(2, 3)], {}, refused, folder),
    metricCase(fitwise.euclideanDistances, [[[1, Number.NaN]]], {}, refused, folder),
    metricCase(fitwise.rbfKernel, [X, null], { gamma: -1 }, refused, folder),
    metricCase(fitwise.laplacianKernel, [X, null], { gamma: 0 }, refused, folder),
    metricCase(fitwise.chi2Kernel, [[[-1]]], {}, refused, folder),
    metricCase(fitwise.polynomialKernel, [X, null], { degree: 0.5 }, refused, folder),
  ];
}
