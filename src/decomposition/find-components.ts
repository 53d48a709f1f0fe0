import { Matrix } from '../array/index.ts';
import { checkMatrix } from '../check/index.ts';
import type { FitContext } from '../core/index.ts';
import { InvalidInputError, InvalidParamError, show, showShape, UnsupportedError } from '../errors/index.ts';
import { gramTask, productsOn } from '../kernels/index.ts';
import { loadOnce, type Work } from '../work/index.ts';
import { minkaDimension } from './minka-dimension.ts';
import type { NoiseModel } from './noise-model.ts';
import type { PCAParams } from './pca.ts';
import { axesByCovariance, axesBySvd, axesByTruncatedSvd, type PrincipalAxes } from './principal-axes.ts';

const truncated = loadOnce(() => import('./truncated-svd.ts'));

type Solver = Exclude<PCAParams['svdSolver'], 'auto'>;

/** What PCA keeps of what it finds. */
export interface PrincipalComponents extends PrincipalAxes, NoiseModel {
  readonly ratios: Float64Array;
  readonly nSamples: number;
  readonly solver: Solver;
}

/**
 * The components that the parameters ask for.
 *
 * @throws InvalidInputError, InvalidParamError or UnsupportedError where there are none.
 */
export function* findComponents(X: Matrix, params: PCAParams, context: FitContext): Work<PrincipalComponents> {
  const solver = chooseSolver(params, X.rows, X.columns);
  const wanted = checkComponents(params.nComponents, solver, X, context.action);
  const found = yield* findAxes(X, solver, wanted, params, context);
  if (!Number.isFinite(found.totalVariance)) {
    throw new InvalidInputError({
      action: context.action,
      rule: 'the variance of X must not overflow',
      received: show(found.totalVariance),
    });
  }
  return keep(found, countComponents(wanted, found, X.rows), X, solver, params.whiten);
}

function* findAxes(
  X: Matrix,
  solver: Solver,
  wanted: number | 'mle',
  params: PCAParams,
  { action, compute, seed }: FitContext,
): Work<PrincipalAxes> {
  if (solver === 'covariance_eigh') return yield* axesByCovariance(X, productsOn(compute, gramTask(X)), action);
  checkMatrix(X, action);
  compute.without(`svdSolver '${solver}', which has no GPU kernels`);
  if (solver === 'full') return yield* axesBySvd(X);
  const { tol, iteratedPower, nOversamples, powerIterationNormalizer } = params;
  const count = wanted as number;
  const { lanczosSvdWork, RandomStream, randomizedSvdWork } = yield* truncated();
  return yield* axesByTruncatedSvd(X, centred =>
    solver === 'arpack'
      ? lanczosSvdWork(centred, count, { tol, random: new RandomStream(seed) })
      : randomizedSvdWork(centred, count, {
          nOversamples,
          nIter: iteratedPower,
          normalizer: powerIterationNormalizer,
          random: new RandomStream(seed),
        }),
  );
}

function chooseSolver({ svdSolver, nComponents }: PCAParams, rows: number, columns: number): Solver {
  if (svdSolver !== 'auto') return svdSolver;
  if (columns <= 1000 && rows >= 10 * columns) return 'covariance_eigh';
  if (Math.max(rows, columns) <= 500 || nComponents === 'mle') return 'full';
  const count = nComponents ?? Math.min(rows, columns);
  return count >= 1 && count < 0.8 * Math.min(rows, columns) ? 'randomized' : 'full';
}

/** The wanted components: a count, a share, or `'mle'`. */
function checkComponents(
  nComponents: PCAParams['nComponents'],
  solver: Solver,
  X: Matrix,
  action: string,
): number | 'mle' {
  const most = Math.min(X.rows, X.columns);
  const isTruncated = solver === 'arpack' || solver === 'randomized';
  const limit = solver === 'arpack' ? most - 1 : most;
  const wanted = nComponents ?? limit;
  if (wanted === 'mle') {
    if (isTruncated) {
      throw new UnsupportedError({
        action,
        rule: "nComponents must be a count with svdSolver 'arpack' or 'randomized'",
        received: "'mle'",
      });
    }
    if (X.rows >= X.columns) return 'mle';
    throw new InvalidInputError({
      action,
      rule: "nSamples must be >= nFeatures for nComponents 'mle'",
      received: showShape(X.rows, X.columns),
    });
  }
  const least = isTruncated ? 1 : 0;
  if (wanted >= least && wanted <= limit) return wanted;
  throw new InvalidParamError({
    action,
    rule: `nComponents must be between ${least} and ${limit} with svdSolver '${solver}' and shape (${X.rows}, ${X.columns})`,
    received: show(wanted),
  });
}

function countComponents(wanted: number | 'mle', { variances, totalVariance }: PrincipalAxes, rows: number): number {
  if (wanted === 'mle') return minkaDimension(variances, rows);
  if (wanted === 0 || wanted >= 1) return wanted;
  let explained = 0;
  const enough = variances.findIndex(value => {
    explained += value / totalVariance;
    // Of samples that are all alike no share is defined; one component stands for them.
    return !(explained <= wanted);
  });
  return enough === -1 ? variances.length : enough + 1;
}

function keep(found: PrincipalAxes, count: number, X: Matrix, solver: Solver, whiten: boolean): PrincipalComponents {
  const { axes, variances, singularValues, totalVariance, mean } = found;
  const rest = Math.min(X.rows, X.columns) - count;
  const isTruncated = solver === 'arpack' || solver === 'randomized';
  const keptVariance = variances.subarray(0, count).reduce((sum, value) => sum + value, 0);
  const left = isTruncated
    ? totalVariance - keptVariance
    : variances.subarray(count).reduce((sum, value) => sum + value, 0);
  // The covariance has as many eigenvalues as there are features, more than nSamples where samples are few.
  const leftCount = isTruncated ? rest : variances.length - count;
  const noiseVariance = rest > 0 ? left / leftCount : 0;
  // With whitened components scikit-learn's signal carries their variance once more.
  const signalOf = (value: number) => Math.max(value - noiseVariance, 0) * (whiten ? value : 1);
  return {
    mean,
    signal: variances.slice(0, count).map(signalOf),
    axes: new Matrix(axes.data.slice(0, count * axes.columns), count, axes.columns),
    variances: variances.slice(0, count),
    singularValues: singularValues.slice(0, count),
    ratios: variances.slice(0, count).map(value => value / totalVariance),
    totalVariance,
    noiseVariance,
    nSamples: X.rows,
    solver,
  };
}
