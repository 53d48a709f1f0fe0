import { KMeans, type KMeansParams } from '../../../src/cluster/index.ts';
import type { Case } from '../case.ts';
import type { Draw } from '../draw.ts';

/** KMeans by every way to start and both algorithms, on blobs, noise and repeated samples. */
export function cases(draw: Draw): Case[] {
  const times = (n: number, make: (draw: Draw) => Case) => Array.from({ length: n }, () => make(draw));
  return [
    ...times(30, seeded),
    ...times(10, fromCenters),
    ...times(6, emptyCluster),
    repeatedSamples(draw),
    tooFewSamples(draw),
  ];
}

interface Given {
  readonly X: number[][];
  readonly params: Partial<KMeansParams>;
  readonly sampleWeight?: number[] | undefined;
}

function kmeansCase(draw: Draw, name: string, { X, params, sampleWeight }: Given): Case {
  const fresh = draw.normal(6, X[0]!.length);
  const { nClusters = 8, init = 'k-means++', nInit = 'auto', maxIter = 300, tol = 1e-4 } = params;
  const { algorithm = 'lloyd', randomState = null } = params;
  return {
    name: `KMeans ${name}`,
    class: 'D',
    oracle: {
      fit: 'cluster.KMeans',
      params: {
        n_clusters: nClusters,
        init,
        n_init: nInit,
        max_iter: maxIter,
        tol: { $float: tol },
        random_state: randomState,
        algorithm,
      },
      X,
      ...(sampleWeight === undefined ? {} : { fit_kwargs: { sample_weight: sampleWeight } }),
      get: ['cluster_centers_', 'labels_', 'inertia_', 'n_iter_'],
      calls: [['predict', fresh], ['transform', fresh], ['score', fresh], ['get_feature_names_out']],
    },
    ours: async () => {
      const model = await new KMeans(params).fit(X, undefined, { sampleWeight });
      return [
        model.clusterCenters_,
        model.labels_,
        model.inertia_,
        model.nIter_,
        await model.predict(fresh),
        await model.transform(fresh),
        await model.score(fresh),
        model.getFeatureNamesOut(),
      ];
    },
  };
}

/** Samples around a few places, some far from the origin. */
function blobs(draw: Draw, rows: number, columns: number, places: number): number[][] {
  const centers = draw.uniform(places, columns, -6, 6);
  const shift = draw.choice([0, 0, 100]);
  const spread = draw.choice([0.3, 1, 3]);
  return Array.from({ length: rows }, () => {
    const center = draw.choice(centers);
    return center.map(value => shift + value + spread * draw.gauss());
  });
}

function seeded(draw: Draw): Case {
  const nClusters = draw.integer(1, 7);
  const X = blobs(draw, draw.integer(20, 80), draw.integer(1, 5), draw.integer(2, 6));
  const init = draw.choice(['k-means++', 'k-means++', 'random'] as const);
  const algorithm = draw.choice(nClusters > 1 ? (['lloyd', 'elkan'] as const) : (['lloyd'] as const));
  return kmeansCase(draw, `${init}, ${algorithm}`, {
    X,
    params: {
      nClusters,
      init,
      algorithm,
      nInit: draw.choice(['auto', 'auto', 3] as const),
      maxIter: draw.choice([300, 300, 2]),
      tol: draw.choice([1e-4, 0, 1e-2]),
      randomState: draw.integer(0, 2 ** 31),
    },
    sampleWeight: draw.bool(0.4) ? draw.weights(X.length, 0.1) : undefined,
  });
}

function fromCenters(draw: Draw): Case {
  const [nClusters, columns] = [draw.integer(2, 5), draw.integer(1, 4)];
  const X = blobs(draw, draw.integer(15, 60), columns, nClusters);
  const algorithm = draw.choice(['lloyd', 'elkan'] as const);
  const init = draw.sample(X, nClusters);
  return kmeansCase(draw, `given centers, ${algorithm}`, { X, params: { nClusters, init, algorithm, nInit: 1 } });
}

/** A first center so far away that no sample is nearest to it. */
function emptyCluster(draw: Draw): Case {
  const X = blobs(draw, draw.integer(15, 40), 2, 3);
  const init = [...draw.sample(X, 2), [1e4, -1e4]];
  const algorithm = draw.choice(['lloyd', 'elkan'] as const);
  return kmeansCase(draw, `empty cluster, ${algorithm}`, { X, params: { nClusters: 3, init, algorithm, nInit: 1 } });
}

function repeatedSamples(draw: Draw): Case {
  const places = [
    [0, 0],
    [4, 0],
    [0, 8],
  ];
  const X = Array.from({ length: 24 }, (_, i) => places[i % 3]!);
  return kmeansCase(draw, 'repeated samples', { X, params: { nClusters: 3, randomState: draw.integer(0, 1000) } });
}

function tooFewSamples(draw: Draw): Case {
  const X = draw.normal(4, 2);
  return { ...kmeansCase(draw, 'too few samples', { X, params: { nClusters: 5 } }), expectError: true };
}
