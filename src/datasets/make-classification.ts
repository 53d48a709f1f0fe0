import { Matrix } from '../array/index.ts';
import { boolean, checkParams, either, integer, listOf, nullable, type ParamsOf, real, seed } from '../check/index.ts';
import { matmul } from '../kernels/index.ts';
import { type RandomState, randomFrom } from '../random/index.ts';
import { demand } from './demand.ts';
import { normalMatrix, shuffleRows, uniformMatrix } from './drawn.ts';
import { drawCorners } from './hypercube.ts';

const OWNER = 'data by makeClassification';
const anyReal = (preset: number) => real({ default: preset });
const positive = (preset: number) => real({ above: 0, default: preset });

const spec = {
  nSamples: integer({ min: 1, default: 100 }),
  nFeatures: integer({ min: 1, default: 20 }),
  /** Features that carry the clusters: each is a corner of a hypercube in that many dimensions. */
  nInformative: integer({ min: 1, default: 2 }),
  /** Features that are linear combinations of the informative ones. */
  nRedundant: integer({ min: 0, default: 2 }),
  /** Features that repeat informative or redundant ones. */
  nRepeated: integer({ min: 0, default: 0 }),
  nClasses: integer({ min: 1, default: 2 }),
  nClustersPerClass: integer({ min: 1, default: 2 }),
  /** Share of each class, or of all but the last; `null` for equal shares. */
  weights: nullable(listOf(real({ min: 0, default: 0 }), { default: [] })),
  /** Share of labels that are drawn anew. */
  flipY: real({ min: 0, max: 1, default: 0.01 }),
  /** Half the side of the hypercube. */
  classSep: positive(1),
  /** Corners of a hypercube; else of a random polytope. */
  hypercube: boolean({ default: true }),
  /** Added to each feature; `null` for random shifts in [-classSep, classSep]. */
  shift: nullable(either(anyReal(0), listOf(anyReal(0), { default: [] })), { default: 0 }),
  /** Factor of each feature, after the shift; `null` for random factors in [1, 100]. */
  scale: nullable(either(positive(1), listOf(positive(1), { default: [] })), { default: 1 }),
  /** Whether rows and features are shuffled. */
  shuffle: boolean({ default: true }),
  randomState: seed(),
};
export type MakeClassificationParams = ParamsOf<typeof spec>;

export interface ClassificationData {
  /** shape (nSamples, nFeatures) */
  readonly X: Matrix;
  /** Class codes 0 ... nClasses - 1. */
  readonly y: number[];
  /** What each column of `X` is. */
  readonly featureInfo: ('informative' | 'redundant' | 'repeated' | 'random')[];
}

/**
 * A classification problem of normal clusters about corners of a hypercube, with redundant, repeated and useless
 * features and flipped labels; scikit-learn's numbers for the same integer seed.
 *
 * Cost: O(nSamples nInformative (nInformative + nRedundant)) and the draws.
 * Source: I. Guyon, "Design of experiments for the NIPS 2003 variable selection benchmark" (2003).
 *
 * @returns `X` (nSamples, nFeatures), `y` and what each feature is
 * @throws InvalidParamError on a parameter outside its rule, or too few informative features for the clusters
 *
 * @example
 * import { makeClassification } from 'fitwise';
 * const { X, y } = makeClassification({ nSamples: 50, randomState: 0 });
 * [X.rows, X.columns, y.length]; // [50, 20, 50]
 */
export function makeClassification(params: Partial<MakeClassificationParams> = {}): ClassificationData {
  const given = checkClassification(checkParams(OWNER, spec, params));
  const random = randomFrom(given.randomState);
  const { X, y } = drawClusters(given, random);
  addOtherFeatures(X, given, random);
  flipLabels(y, given, random);
  shiftAndScale(X, given, random);
  demand(OWNER, X.data.every(Number.isFinite), 'the numbers must not overflow', given.classSep);
  const kinds = featureKinds(given);
  if (!given.shuffle) return { X, y, featureInfo: kinds };
  const shuffled = shuffleRows(X, y, random);
  const order = random.permutation(given.nFeatures);
  return { X: shuffled.X.takeColumns(order), y: shuffled.y, featureInfo: Array.from(order, j => kinds[j]!) };
}

function checkClassification(params: MakeClassificationParams): MakeClassificationParams {
  const { nFeatures, nInformative, nRedundant, nRepeated, nClasses, nClustersPerClass, weights } = params;
  const used = nInformative + nRedundant + nRepeated;
  const nClusters = nClasses * nClustersPerClass;
  demand(OWNER, used <= nFeatures, `nInformative + nRedundant + nRepeated must be <= nFeatures (${nFeatures})`, used);
  demand(
    OWNER,
    nInformative >= Math.log2(nClusters),
    `nClasses * nClustersPerClass must be <= 2 ** nInformative (${2 ** nInformative})`,
    nClusters,
  );
  if (weights !== null) checkWeights(weights, nClasses);
  for (const name of ['shift', 'scale'] as const) {
    const value = params[name];
    const fits = value === null || typeof value === 'number' || value.length === nFeatures;
    demand(OWNER, fits, `${name} must have one value per feature (${nFeatures})`, value);
  }
  return params;
}

function checkWeights(weights: readonly number[], nClasses: number): void {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  if (weights.length === nClasses - 1) {
    demand(OWNER, total <= 1 + 1e-9, 'weights of all classes but one must sum to <= 1', total);
  } else {
    demand(OWNER, weights.length === nClasses, `weights must have nClasses (${nClasses}) or one fewer values`, weights);
    demand(OWNER, total > 0, 'weights must not be zero everywhere', weights);
  }
}

/** Rows per cluster; clusters take the classes in turn, and what rounding leaves over goes to the first ones. */
function clusterSizes({ nSamples, nClasses, nClustersPerClass, weights }: MakeClassificationParams): number[] {
  const shares = weights === null ? new Array<number>(nClasses).fill(1 / nClasses) : [...weights];
  if (shares.length < nClasses) shares.push(1 - shares.reduce((sum, share) => sum + share, 0));
  const sizes = Array.from({ length: nClasses * nClustersPerClass }, (_, k) =>
    Math.trunc((nSamples * shares[k % nClasses]!) / nClustersPerClass),
  );
  const left = nSamples - sizes.reduce((sum, size) => sum + size, 0);
  for (let i = 0; i < left; i++) sizes[i % sizes.length]!++;
  return sizes;
}

/** Each cluster is a standard normal cloud, stretched by a random matrix and moved to its corner. */
function drawClusters(params: MakeClassificationParams, random: RandomState): { X: Matrix; y: number[] } {
  const { nSamples, nFeatures, nInformative, nClasses, nClustersPerClass } = params;
  const X = Matrix.zeros(nSamples, nFeatures);
  const y = new Array<number>(nSamples).fill(0);
  const corners = drawCentroids(nClasses * nClustersPerClass, params, random);
  const clouds = normalMatrix(random, nSamples, nInformative);
  let stop = 0;
  clusterSizes(params).forEach((size, k) => {
    const start = stop;
    stop = Math.min(start + size, nSamples);
    const stretch = signed(uniformMatrix(random, nInformative, nInformative));
    const rows = Int32Array.from({ length: stop - start }, (_, i) => start + i);
    const cloud = matmul(clouds.takeRows(rows), stretch);
    for (let i = start; i < stop; i++) {
      y[i] = k % nClasses;
      for (let j = 0; j < nInformative; j++) X.set(i, j, cloud.get(i - start, j) + corners.get(k, j));
    }
  });
  return { X, y };
}

function drawCentroids(count: number, params: MakeClassificationParams, random: RandomState): Matrix {
  const { nInformative, classSep, hypercube } = params;
  const corners = drawCorners(count, nInformative, random).map(bit => bit * (2 * classSep) - classSep);
  if (hypercube) return corners;
  const byCluster = random.randomSample(count);
  const byFeature = random.randomSample(nInformative);
  return corners.map((value, k, j) => value * byCluster[k]! * byFeature[j]!);
}

function signed(uniforms: Matrix): Matrix {
  return uniforms.map(value => 2 * value - 1);
}

function addOtherFeatures(X: Matrix, params: MakeClassificationParams, random: RandomState): void {
  const { nSamples, nFeatures, nInformative, nRedundant, nRepeated } = params;
  const columns = (count: number) => Int32Array.from({ length: count }, (_, j) => j);
  if (nRedundant > 0) {
    const mixing = signed(uniformMatrix(random, nInformative, nRedundant));
    setColumns(X, nInformative, matmul(X.takeColumns(columns(nInformative)), mixing));
  }
  const used = nInformative + nRedundant;
  const repeated = random.randomSample(nRepeated).map(value => Math.trunc((used - 1) * value + 0.5));
  setColumns(X, used, X.takeColumns(repeated));
  const useless = nFeatures - used - nRepeated;
  setColumns(X, used + nRepeated, normalMatrix(random, nSamples, useless));
}

function setColumns(X: Matrix, from: number, columns: Matrix): void {
  for (let i = 0; i < X.rows; i++) X.row(i).set(columns.row(i), from);
}

function flipLabels(y: number[], { flipY, nClasses }: MakeClassificationParams, random: RandomState): void {
  const flipped = [...random.randomSample(y.length).entries()].filter(([, value]) => value < flipY);
  const labels = random.randint(0, nClasses, flipped.length);
  flipped.forEach(([i], k) => {
    y[i] = labels[k]!;
  });
}

function shiftAndScale(X: Matrix, params: MakeClassificationParams, random: RandomState): void {
  const { nFeatures, classSep } = params;
  const shifts = params.shift ?? random.randomSample(nFeatures).map(value => (2 * value - 1) * classSep);
  const scales = params.scale ?? random.randomSample(nFeatures).map(value => 1 + 100 * value);
  const at = (values: number | ArrayLike<number>, j: number) => (typeof values === 'number' ? values : values[j]!);
  for (let i = 0; i < X.rows; i++) {
    for (let j = 0; j < nFeatures; j++) X.set(i, j, (X.get(i, j) + at(shifts, j)) * at(scales, j));
  }
}

function featureKinds(params: MakeClassificationParams): ClassificationData['featureInfo'] {
  const { nFeatures, nInformative, nRedundant, nRepeated } = params;
  return Array.from({ length: nFeatures }, (_, j) => {
    if (j < nInformative) return 'informative';
    if (j < nInformative + nRedundant) return 'redundant';
    return j < nInformative + nRedundant + nRepeated ? 'repeated' : 'random';
  });
}
