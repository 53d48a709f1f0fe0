export { auc } from './auc.ts';
export type { PerLabel, RankingAverage } from './average-labels.ts';
export { type AveragePrecisionOptions, averagePrecisionScore } from './average-precision-score.ts';
export { confusionMatrixAtThresholds, type OutcomesAtThresholds } from './confusion-matrix-at-thresholds.ts';
export { type DcgOptions, dcgScore, type NdcgOptions, ndcgScore } from './dcg-score.ts';
export { type DetCurve, type DetCurveOptions, detCurve } from './det-curve.ts';
export { coverageError, labelRankingAveragePrecisionScore, labelRankingLoss } from './label-ranking.ts';
export { type MetricAtThresholds, metricAtThresholds, type ThresholdMetric } from './metric-at-thresholds.ts';
export {
  type PrecisionRecallCurve,
  type PrecisionRecallCurveOptions,
  precisionRecallCurve,
} from './precision-recall-curve.ts';
export { type RocAucOptions, rocAucScore } from './roc-auc-score.ts';
export { type RocCurve, type RocCurveOptions, rocCurve } from './roc-curve.ts';
export type { CurveOptions, Scores } from './thresholds.ts';
export { type TopKAccuracyOptions, topKAccuracyScore } from './top-k-accuracy-score.ts';
