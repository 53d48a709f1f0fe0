import { Matrix } from '../../../src/array/index.ts';
import {
  crossValScore, GridSearchCV, KMeans, KNeighborsClassifier, KNeighborsRegressor, LinearRegression, LogisticRegression,
  makeBlobs, makeRegression, PCA, Pipeline, Ridge, StandardScaler,
} from '../../../src/index.ts'; // biome-ignore format: names only
import { demandClose, demandRefusal, demandSame, type GpuCase } from './case.ts';

const gpu = { device: 'gpu' } as const;
const blobs = makeBlobs({ nSamples: 300, nFeatures: 6, centers: 4, randomState: 3 });
const line = makeRegression({ nSamples: 200, nFeatures: 9, noise: 2, randomState: 1 });

const one = (values: ArrayLike<number>) => new Matrix(Float64Array.from(values), 1, values.length);
/** Relative to the largest element. */
const near = (received: Matrix, expected: Matrix, tolerance: number) => {
  const most = expected.data.reduce((size, value) => Math.max(size, Math.abs(value)), 0);
  demandClose(received, expected, () => tolerance * most);
};

/** Single precision has 6e-8; sums and eigenvectors lose a factor of some hundreds here. */
const SINGLE = 2e-5;
/** Distances near zero: the root of what is lost when rounded values are subtracted. */
const DIFFERENCES = 1e-3;
/** Solutions that are refined in double. */
const REFINED = 1e-10;

export const estimatorCases: readonly GpuCase[] = [
  {
    name: 'PCA: axes, variances and projections agree within single precision, and device_ tells the backend',
    async run() {
      const X = blobs.X.map((value, _, j) => value + 1000 * j);
      const [onCpu, onGpu] = [await new PCA().fit(X), await new PCA().fit(X, undefined, gpu)];
      near(onGpu.components_, onCpu.components_, SINGLE);
      near(one(onGpu.explainedVariance_), one(onCpu.explainedVariance_), SINGLE);
      const projected = await onCpu.transform(X);
      near(await onCpu.transform(X, gpu), projected, SINGLE);
      near(await onCpu.inverseTransform(projected, gpu), X, SINGLE);
      demandSame(onGpu.device_?.backend === 'cpu' || onGpu.device_?.reason !== null, false);
    },
  },
  {
    name: 'Ridge, primal and dual, and LinearRegression agree to the digits of double',
    async run() {
      const { X, y } = line;
      for (const make of [() => new Ridge({ alpha: 0.5 }), () => new LinearRegression()]) {
        const [onCpu, onGpu] = [await make().fit(X, y), await make().fit(X, y, gpu)];
        near(one(onGpu.coef_ as Float64Array), one(onCpu.coef_ as Float64Array), REFINED);
      }
      const wide = X.takeRows([0, 1, 2, 3, 4, 5]);
      const few = y.slice(0, 6);
      const [onCpu, onGpu] = [await new Ridge().fit(wide, few), await new Ridge().fit(wide, few, gpu)];
      near(one(onGpu.coef_ as Float64Array), one(onCpu.coef_ as Float64Array), REFINED);
    },
  },
  {
    name: "LogisticRegression by 'newton-cholesky': Hessians in single precision, the same minimum",
    async run() {
      const params = { solver: 'newton-cholesky', tol: 1e-8 } as const;
      const X = await new StandardScaler().fitTransform(blobs.X);
      const onCpu = await new LogisticRegression(params).fit(X, blobs.y);
      const onGpu = await new LogisticRegression(params).fit(X, blobs.y, gpu);
      near(onGpu.coef_, onCpu.coef_, 1e-6);
      near(await onCpu.predictProba(X, gpu), await onCpu.predictProba(X), SINGLE);
      const two = await new LogisticRegression(params).fit(
        X,
        blobs.y.map(label => label > 1),
      );
      near(await two.predictProba(X, gpu), await two.predictProba(X), SINGLE);
    },
  },
  {
    name: 'KMeans: the same labels, centers and predictions to the bit, duplicates and ties among them',
    async run() {
      const twice = new Matrix(Float64Array.of(...blobs.X.data, ...blobs.X.data), 600, 6);
      for (const [X, nClusters] of [
        [blobs.X, 4],
        [twice, 7],
        [grid(), 5],
      ] as const) {
        // biome-ignore format: short
        const params = { nClusters, randomState: 0, nInit: 2 };
        const [onCpu, onGpu] = [await new KMeans(params).fit(X), await new KMeans(params).fit(X, undefined, gpu)];
        demandSame(onGpu.labels_, onCpu.labels_);
        demandSame(onGpu.clusterCenters_.data, onCpu.clusterCenters_.data);
        demandSame(await onGpu.predict(X, gpu), await onCpu.predict(X));
        near(await onGpu.transform(X, gpu), await onCpu.transform(X), DIFFERENCES);
      }
    },
  },
  {
    name: 'nearest neighbors: the same positions and distances to the bit',
    async run() {
      const params = { nNeighbors: 4, algorithm: 'brute' } as const;
      const model = await new KNeighborsClassifier(params).fit(blobs.X, blobs.y);
      const queries = blobs.X.map(value => value + 0.01);
      const [onCpu, onGpu] = [await model.kneighbors(queries), await model.kneighbors(queries, gpu)];
      demandSame(onGpu.distances.data, onCpu.distances.data);
      demandSame(onGpu.indices, onCpu.indices);
      demandSame(await model.predict(queries, gpu), await model.predict(queries));
      const regressor = await new KNeighborsRegressor(params).fit(grid(), grid().column(0));
      demandSame(await regressor.predict(grid(), gpu), await regressor.predict(grid()));
    },
  },
  {
    name: 'pipelines, searches and cross-validation hand the device on to who uses it',
    async run() {
      const pipeline = new Pipeline([['scale', new StandardScaler()], ['pca', new PCA({ nComponents: 2 })], ['k', new KMeans({ nClusters: 4, randomState: 0 })]]); // biome-ignore format: short
      const model = await pipeline.fit(blobs.X, undefined, gpu);
      demandSame(model.step('pca').device_?.backend === model.step('k').device_?.backend, true);
      demandSame(await model.predict(blobs.X, gpu), await model.predict(blobs.X));
      const search = await new GridSearchCV(new Ridge(), { paramGrid: { alpha: [0.1, 1] }, cv: 3 }).fit(
        line.X,
        line.y,
        gpu,
      );
      demandSame((search.bestEstimator_ as Ridge).device_?.reason, null);
      const scores = [
        await crossValScore(new Ridge(), line.X, line.y),
        await crossValScore(new Ridge(), line.X, line.y, gpu),
      ];
      near(one(scores[1]!), one(scores[0]!), REFINED);
    },
  },
  {
    name: "what has no GPU kernels is refused, and 'auto' says why it stays on the processor",
    async run() {
      const sentence = (action: string, reason: string) =>
        `Cannot ${action}: device 'gpu' must be possible, received ${reason}; use device 'cpu' or 'auto'`;
      const nothing = 'an estimator without GPU kernels for this call';
      await demandRefusal(
        () => new StandardScaler().fit(blobs.X, undefined, gpu),
        sentence('fit StandardScaler', nothing),
      );
      await demandRefusal(
        () => new PCA({ svdSolver: 'full' }).fit(blobs.X, undefined, gpu),
        sentence('fit PCA', "svdSolver 'full', which has no GPU kernels"),
      );
      await demandRefusal(
        () => new LogisticRegression().fit(blobs.X, blobs.y, gpu),
        sentence('fit LogisticRegression', "solver 'lbfgs', which has no GPU kernels"),
      );
      const model = await new PCA().fit(blobs.X, undefined, { device: 'auto' });
      demandSame(model.device_?.backend, 'cpu');
      demandSame(model.device_?.reason?.endsWith('is emulated by the processor'), true);
    },
  },
];

/** Points of a lattice: most have several nearest centers at the same distance. */
function grid(): Matrix {
  return Matrix.zeros(125, 3).map((_, i, j) => [i % 5, Math.floor(i / 5) % 5, Math.floor(i / 25)][j]!);
}
