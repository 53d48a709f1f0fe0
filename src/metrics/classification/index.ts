export { type AccuracyOptions, accuracyScore, zeroOneLoss } from './accuracy-score.ts';
export type { Average, Averaged, SetScoreOptions, ZeroDivision } from './averages.ts';
export { type BalancedAccuracyOptions, balancedAccuracyScore } from './balanced-accuracy-score.ts';
export { type BrierScoreLossOptions, brierScoreLoss, type D2BrierOptions, d2BrierScore } from './brier-score-loss.ts';
export {
  type ClassLikelihoodRatiosOptions,
  classLikelihoodRatios,
  type LikelihoodRatios,
} from './class-likelihood-ratios.ts';
export {
  type ClassificationReportOptions,
  classificationReport,
  type ReportObject,
  type ReportScores,
} from './classification-report.ts';
export { type CohenKappaOptions, cohenKappaScore } from './cohen-kappa-score.ts';
export { type ConfusionMatrixOptions, type ConfusionOptions, confusionMatrix } from './confusion-matrix.ts';
export { hammingLoss } from './hamming-loss.ts';
export { type HingeLossOptions, hingeLoss } from './hinge-loss.ts';
export { jaccardScore } from './jaccard-score.ts';
export { d2LogLossScore, type LogLossOptions, logLoss } from './log-loss.ts';
export { matthewsCorrcoef } from './matthews-corrcoef.ts';
export {
  type MultilabelConfusionMatrixOptions,
  multilabelConfusionMatrix,
} from './multilabel-confusion-matrix.ts';
export {
  type FbetaOptions,
  f1Score,
  fbetaScore,
  type PrecisionRecallFscoreSupport,
  precisionRecallFscoreSupport,
  precisionScore,
  recallScore,
} from './precision-recall-fscore.ts';
export type { Probabilities } from './probabilities.ts';
