import { KMeans } from '../../../src/cluster/index.ts';
import { PCA } from '../../../src/decomposition/index.ts';
import type { Case } from '../case.ts';
import type { Draw } from '../draw.ts';
import { twinCase } from '../twin.ts';

/** PCA with every solver at the edges of `nComponents`, and KMeans on odd data. */
export function cases(draw: Draw): Case[] {
  const times = (n: number, make: (draw: Draw) => Case) => Array.from({ length: n }, () => make(draw));
  return [...times(60, components), ...times(60, clusters)].map(item => ({ ...item, liveOnly: true }));
}

function components(draw: Draw): Case {
  const [rows, columns] = draw.choice([
    [2, 1],
    [3, 5],
    [20, 4],
    [12, 12],
    [60, 3],
    [15, 25],
  ] as const);
  const kind = draw.choice(['plain', 'plain', 'scaled', 'far', 'constant']);
  const plain = draw.normal(rows, columns).map(row => row.map((value, j) => value * (1 + 0.3 * j)));
  const X =
    kind === 'far'
      ? plain.map(row => row.map(v => v + 50))
      : kind === 'constant'
        ? draw.withConstant(plain)
        : kind === 'scaled'
          ? plain.map(row => row.map((v, j) => v * [1, 10, 0.1][j % 3]!))
          : plain;
  const svdSolver = draw.choice(['auto', 'full', 'covariance_eigh', 'arpack', 'randomized'] as const);
  const least = Math.min(rows, X[0]!.length);
  const nComponents = draw.choice([null, 1, least - 1, least, least + 1, 0.5, 0.999, 'mle'] as const);
  const params = {
    svdSolver,
    nComponents,
    whiten: draw.bool(0.3),
    randomState: draw.seed(),
    nOversamples: draw.choice([10, 1, 30]),
    iteratedPower: draw.choice(['auto', 0, 2] as const),
    powerIterationNormalizer: draw.choice(['auto', 'none', 'LU', 'QR'] as const),
  };
  const later = draw.normal(3, X[0]!.length);
  const isRefused = nComponents === 0;
  // Directions without variance are rounding alone: only what lies in the others is compared.
  const isFlat = kind === 'constant' || rows <= columns;
  return twinCase(
    { name: `PCA, ${svdSolver}, edges`, class: 'C', tolerance: 1e-7, expectError: 'alike' },
    {
      ...{ Class: PCA, path: 'decomposition.PCA', params, X },
      get: isRefused
        ? []
        : [
            'nComponents_',
            'explainedVariance_',
            'explainedVarianceRatio_',
            'noiseVariance_',
            'mean_',
            ...(isFlat ? [] : ['singularValues_', 'components_']),
          ],
      calls: isFlat
        ? []
        : ([
            ['transform', later],
            ['scoreSamples', later],
            ['getCovariance'],
            ['getPrecision'],
            ['inverseTransform', draw.normal(2, 1).map(row => row)],
          ].slice(0, 4) as never),
    },
  );
}

function clusters(draw: Draw): Case {
  const [rows, columns] = [draw.choice([3, 10, 30, 150]), draw.integer(1, 6)];
  const kind = draw.choice(['plain', 'repeated', 'far', 'tiny', 'huge']);
  const scale = kind === 'tiny' ? 1e-6 : kind === 'huge' ? 1e6 : 1;
  const shift = kind === 'far' ? 100 : 0;
  const plain = draw.normal(rows, columns).map(row => row.map(v => scale * v + shift));
  const X = kind === 'repeated' ? plain.map((_, i) => plain[Math.floor(i / 2)]!) : plain;
  // Where clusters are nearly as many as samples, candidates for a center tie, and several clusters run empty at once.
  const nClusters = draw.integer(1, Math.max(1, Math.min(Math.floor(rows / 4), 9)));
  const isGiven = draw.bool(0.25);
  const init = isGiven ? draw.sample(X, nClusters) : draw.choice(['k-means++', 'random'] as const);
  const params = {
    nClusters,
    init,
    nInit: draw.choice(['auto', 1, 2, 4] as const),
    algorithm: draw.choice(['lloyd', 'elkan'] as const),
    maxIter: draw.choice([300, 1, 5]),
    tol: draw.choice([1e-4, 0, 0.1]),
    randomState: draw.choice([0, 42, 2 ** 32 - 1, draw.seed()]),
  };
  const drawn = draw.choice([
    undefined,
    undefined,
    draw.weights(rows),
    draw.weights(rows, 0.3).with(0, 1),
    draw.integers(rows, 0, 3).with(0, 1),
  ]);
  // Which of two equal rows fills an empty cluster depends on the processor that numpy runs on: they weigh the same.
  const sampleWeight = kind === 'repeated' ? drawn?.map((_, i) => drawn[i - (i % 2)]!) : drawn;
  const later = X.slice(0, 4).map(row => row.map(v => v + scale * 0.1 * draw.gauss()));
  return twinCase(
    { name: `KMeans, odd data, ${kind}`, class: 'D', tolerance: 1e-7, floor: 1e-3 * scale, expectError: 'alike' },
    {
      ...{ Class: KMeans, path: 'cluster.KMeans', params, X, sampleWeight },
      pythonParams: { tol: { $float: params.tol } },
      get: ['labels_', 'clusterCenters_', 'inertia_', 'nIter_', 'nFeaturesIn_'],
      calls: [
        ['predict', later],
        ['transform', later],
        ['score', later],
        ['score', X],
      ],
    },
  );
}
