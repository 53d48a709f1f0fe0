import type { Matrix } from '../../array/index.ts';
import type { FitContext } from '../../core/index.ts';
import { convergenceWarning, InvalidInputError, warn } from '../../errors/index.ts';
import type { Compute, Products } from '../../kernels/index.ts';
import { RandomState } from '../../random/index.ts';
import type { Work } from '../../work/index.ts';
import { bestRun } from './best-run.ts';
import { elkan } from './elkan.ts';
import { type Seeding, seedingBy } from './first-centers.ts';
import type { KMeansLearned, KMeansParams } from './kmeans.ts';
import { lloyd } from './lloyd.ts';
import { ones, taskOf } from './nearest-centers.ts';
import { centreSamples, closeSamples, type Samples } from './samples.ts';

/** Iterations that a run is expected to take, for the choice of a device. */
const EXPECTED_ITERATIONS = 20;

/** The clusters of samples. @throws InvalidInputError on too few samples, or too large ones. */
export function* findClusters(X: Matrix, params: KMeansParams, context: FitContext): Work<KMeansLearned> {
  const { nClusters, init } = params;
  checkCount(X.rows, nClusters, context.action);
  const seeding = seedingBy(init, X, nClusters, context.action);
  const samples = yield* centreSamples(X, context.sampleWeight ?? ones(X.rows), context.action);
  try {
    return yield* learnFrom(X, samples, seeding, params, context);
  } finally {
    closeSamples(samples);
  }
}

function* learnFrom(
  X: Matrix,
  samples: Samples,
  seeding: Seeding,
  params: KMeansParams,
  context: FitContext,
): Work<KMeansLearned> {
  const { nClusters, maxIter, tol, algorithm } = params;
  const limits = { maxIter, tol: tol * samples.variance };
  const nRuns = countRuns(params);
  const products = deviceFor(X, nRuns, params, context.compute);
  const assigner = () => (algorithm === 'elkan' ? elkan(samples, nClusters) : lloyd(samples, products));
  const plan = { ...limits, nRuns, seeding, assigner };
  const { centers, labels, inertia, nIter, hasSettled } = yield* bestRun(samples, plan, new RandomState(context.seed));
  if (!hasSettled) warnUnsettled(maxIter);
  warnOfDuplicates(labels, nClusters);
  return { centers: centers.map((value, _, k) => value + samples.mean[k]!), labels, inertia, nIter };
}

/** What nearest centers are found with, undefined for the processor, where bounds on distances are kept. */
function deviceFor(
  X: Matrix,
  nRuns: number,
  { algorithm, nClusters, maxIter }: KMeansParams,
  compute: Compute,
): Products | undefined {
  if (algorithm === 'elkan') return compute.without("algorithm 'elkan', which has no GPU kernels");
  return compute.products(taskOf(X, nClusters, nRuns * Math.min(maxIter, EXPECTED_ITERATIONS)));
}

function checkCount(rows: number, nClusters: number, action: string): void {
  if (rows >= nClusters) return;
  throw new InvalidInputError({
    action,
    rule: `nSamples must be >= nClusters (${nClusters})`,
    received: `nSamples ${rows}`,
  });
}

function countRuns({ init, nInit }: KMeansParams): number {
  const isGiven = typeof init === 'object';
  if (nInit === 'auto') return isGiven || init === 'k-means++' ? 1 : 10;
  if (isGiven && nInit > 1) {
    warn({ kind: 'user', source: 'KMeans', message: `given centers allow one run only, not nInit ${nInit}` });
  }
  return isGiven ? 1 : nInit;
}

function warnUnsettled(maxIter: number): void {
  const message = `the best run had not settled after ${maxIter} iterations; increase maxIter or tol`;
  warn(convergenceWarning('KMeans', message));
}

function warnOfDuplicates(labels: Int32Array, nClusters: number): void {
  const isUsed = new Uint8Array(nClusters);
  for (let i = 0; i < labels.length; i++) isUsed[labels[i]!] = 1;
  const distinct = isUsed.reduce((sum, used) => sum + used, 0);
  if (distinct === nClusters) return;
  const message = `only ${distinct} of ${nClusters} clusters hold samples, possibly because samples repeat; decrease nClusters`;
  warn(convergenceWarning('KMeans', message));
}
