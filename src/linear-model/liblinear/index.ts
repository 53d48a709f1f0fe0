export { dualCoordinateDescent } from './dual-coordinate-descent.ts';
export { l1CoordinateDescent } from './l1-coordinate-descent.ts';
export {
  type LiblinearData,
  type LiblinearProblem,
  type LiblinearResult,
  liblinearProblem,
  primalTolerance,
} from './problem.ts';
export { trustRegionNewton } from './trust-region-newton.ts';
