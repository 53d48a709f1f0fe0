import { warn } from '../../../errors/index.ts';
import { lbfgsWork } from '../../../linalg/index.ts';
import type { Work } from '../../../work/index.ts';
import { type Batch, lossGradient, type Network } from './backprop.ts';
import type { MlpParams } from './spec.ts';
import type { Training } from './training.ts';
import { OrdinaryWorkspace } from './workspace.ts';

/** Minimises the loss of all samples by L-BFGS, with scipy's settings. */
export function* trainByLbfgs(
  network: Network,
  samples: Batch,
  { tol, maxIter, maxFun }: MlpParams,
  start: Training,
  source: string,
): Work<Training> {
  const workspace = new OrdinaryWorkspace();
  const objective = (params: Float64Array, gradient: Float64Array) =>
    lossGradient(network, params, samples, gradient, workspace);
  const options = { gtol: tol, maxIter, maxEvaluations: maxFun };
  const { x, value, nIter, converged, stoppedBy } = yield* lbfgsWork(objective, start.params, options);
  if (!converged) {
    const message = `lbfgs stopped by ${stoppedBy} after ${nIter} iterations; raise maxIter or maxFun, or scale X`;
    warn({ kind: 'convergence', source, message });
  }
  return { ...start, params: x, loss: value, nIter: Math.min(nIter, maxIter) };
}
