import { KMeans, type Matrix, makeBlobs } from 'fitwise';
import { loadPeer } from '../paths.ts';
import { DEEPBOX, loadDeepbox, toTensor } from '../peers/deepbox.ts';
import { body, type Workload, workload } from '../workload.ts';

interface MlKMeans {
  kmeans(X: number[][], k: number, options: object): { clusters: number[]; centroids: number[][] };
}
interface Skmeans {
  default(X: number[][], k: number, init: string, maxIter: number): { idxs: number[]; centroids: number[][] };
}
interface DensityClustering {
  default: { KMEANS: new () => { run(X: number[][], k: number): number[][] } };
}
interface KMeansSize {
  readonly [name: string]: number;
  readonly rows: number;
  readonly columns: number;
  readonly clusters: number;
  readonly maxIter: number;
}

/** Blobs wide enough to run into one another, so that Lloyd's iterations have something to do. */
function blobs({ rows, columns, clusters }: KMeansSize): Matrix {
  return makeBlobs({ nSamples: rows, nFeatures: columns, centers: clusters, clusterStd: 6, randomState: 0 }).X;
}

/** Sum of squared distances to the centers. */
function inertia(X: Matrix, centers: readonly number[][], labels: readonly number[]): number {
  let sum = 0;
  labels.forEach((label, i) => {
    centers[label]!.forEach((center, j) => {
      sum += (X.get(i, j) - center) ** 2;
    });
  });
  return sum;
}

/** The same of groups of rows around their means. */
function inertiaOfGroups(X: Matrix, groups: readonly (readonly number[])[]): number {
  const labels = new Array<number>(X.rows);
  const centers = groups.map((group, label) => {
    for (const i of group) labels[i] = label;
    return Array.from({ length: X.columns }, (_, j) => group.reduce((sum, i) => sum + X.get(i, j), 0) / group.length);
  });
  return inertia(X, centers, labels);
}

function kmeans(name: string, size: KMeansSize, quick: KMeansSize): Workload {
  return workload({
    name,
    target: 1,
    size,
    quick,
    quality: { name: 'inertia', within: 1e-9 },
    async ours({ clusters, maxIter, ...shape }) {
      const X = blobs({ clusters, maxIter, ...shape } as KMeansSize);
      return body(
        () => new KMeans({ nClusters: clusters, nInit: 1, maxIter, randomState: 0 }).fit(X),
        model => model.inertia_,
      );
    },
    theirs: `
from sklearn.cluster import KMeans
from sklearn.datasets import make_blobs
X = make_blobs(rows, columns, centers=clusters, cluster_std=6, random_state=0)[0]
def run(): return KMeans(clusters, n_init=1, max_iter=maxIter, random_state=0).fit(X)
def quality(model): return model.inertia_
`,
    peers: {
      async 'ml-kmeans'(given) {
        const { kmeans: peer } = await loadPeer<MlKMeans>('ml-kmeans');
        const X = blobs(given);
        const rows = X.toArray();
        const options = { seed: 0, maxIterations: given.maxIter, tolerance: 1e-4 };
        return body(
          () => peer(rows, given.clusters, options),
          ({ centroids, clusters }) => inertia(X, centroids, clusters),
        );
      },
      // It has no limit of iterations; the random samples that it starts from are its own.
      async 'density-clustering'(given) {
        const { KMEANS: Peer } = (await loadPeer<DensityClustering>('density-clustering')).default;
        const X = blobs(given);
        const rows = X.toArray();
        return body(
          () => new Peer().run(rows, given.clusters),
          groups => inertiaOfGroups(X, groups),
        );
      },
      async [DEEPBOX](given) {
        const { KMeans: Peer } = await loadDeepbox('ml');
        const X = await toTensor(blobs(given));
        const { clusters: nClusters, maxIter } = given;
        return body(
          () => new Peer({ nClusters, maxIter, nInit: 1, randomState: 0 }).fit(X),
          model => model.inertia,
        );
      },
      async skmeans(given) {
        const { default: peer } = await loadPeer<Skmeans>('skmeans');
        const X = blobs(given);
        const rows = X.toArray();
        return body(
          () => peer(rows, given.clusters, 'kmpp', given.maxIter),
          ({ centroids, idxs }) => inertia(X, centroids, idxs),
        );
      },
    },
  });
}

export const cluster = [
  kmeans(
    'kmeans-8',
    { rows: 20_000, columns: 20, clusters: 8, maxIter: 300 },
    { rows: 2000, columns: 20, clusters: 8, maxIter: 300 },
  ),
  kmeans(
    'kmeans-100',
    { rows: 20_000, columns: 64, clusters: 100, maxIter: 50 },
    { rows: 2000, columns: 64, clusters: 20, maxIter: 50 },
  ),
];
