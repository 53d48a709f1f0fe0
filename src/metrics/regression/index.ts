export { d2AbsoluteErrorScore, d2PinballScore } from './d2-pinball-score.ts';
export type { VarianceMultioutput } from './explained-share.ts';
export { maxError } from './max-error.ts';
export {
  meanAbsoluteError,
  meanAbsolutePercentageError,
  meanPinballLoss,
  meanSquaredError,
  meanSquaredLogError,
  type PinballOptions,
  rootMeanSquaredError,
  rootMeanSquaredLogError,
} from './mean-errors.ts';
export { medianAbsoluteError } from './median-absolute-error.ts';
export { explainedVarianceScore, type R2Options, r2Score } from './r2-score.ts';
export type { Multioutput, NumericTarget, OverOutputs, RegressionOptions } from './targets.ts';
export {
  d2TweedieScore,
  meanGammaDeviance,
  meanPoissonDeviance,
  meanTweedieDeviance,
  type TweedieOptions,
} from './tweedie-deviance.ts';
