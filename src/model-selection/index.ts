export { type CrossValPredictions, type CrossValPredictOptions, crossValPredict } from './cross-val-predict.ts';
export {
  type CrossValidateOptions,
  type CrossValidation,
  type CrossValScoreOptions,
  crossValidate,
  crossValScore,
} from './cross-validate.ts';
export { type LearningCurve, type LearningCurveOptions, learningCurve } from './learning-curve.ts';
export { type GridLike, ParameterGrid } from './parameter-grid.ts';
export { type PermutationTest, type PermutationTestOptions, permutationTestScore } from './permutation-test-score.ts';
export type { ScoreCurve } from './score-curve.ts';
export {
  getScorer,
  getScorerNames,
  type Metric,
  type MultiScoring,
  makeScorer,
  type ResponseMethod,
  type Scorer,
  type ScorerName,
  type ScorerOptions,
  type Scoring,
} from './scoring/index.ts';
export type { CvResults } from './search/cv-results.ts';
export {
  type Distribution,
  exponential,
  logUniform,
  type NamedDistribution,
  normal,
  randomInteger,
  uniform,
} from './search/distributions.ts';
export { GridSearchCV, type GridSearchCVParams, type ParamGrid } from './search/grid-search.ts';
export { HalvingGridSearchCV, type HalvingGridSearchCVParams } from './search/halving-grid-search.ts';
export { HalvingRandomSearchCV, type HalvingRandomSearchCVParams } from './search/halving-random-search.ts';
export { type DistributionsLike, ParameterSampler } from './search/parameter-sampler.ts';
export {
  type ParamDistributions,
  RandomizedSearchCV,
  type RandomizedSearchCVParams,
} from './search/randomized-search.ts';
export {
  type CvOption,
  checkCv,
  GroupKFold,
  type GroupKFoldParams,
  GroupShuffleSplit,
  type GroupShuffleSplitParams,
  KFold,
  type KFoldParams,
  LeaveOneGroupOut,
  LeaveOneOut,
  LeavePGroupsOut,
  type LeavePGroupsOutParams,
  LeavePOut,
  type LeavePOutParams,
  PredefinedSplit,
  type PredefinedSplitParams,
  RepeatedKFold,
  type RepeatedKFoldParams,
  RepeatedStratifiedKFold,
  type RepeatedStratifiedKFoldParams,
  ShuffleSplit,
  type ShuffleSplitParams,
  type Split,
  type Splitter,
  StratifiedGroupKFold,
  type StratifiedGroupKFoldParams,
  StratifiedKFold,
  type StratifiedKFoldParams,
  StratifiedShuffleSplit,
  type StratifiedShuffleSplitParams,
  TimeSeriesSplit,
  type TimeSeriesSplitParams,
} from './splitters/index.ts';
export { type TrainTestSplit, type TrainTestSplitOptions, trainTestSplit } from './train-test-split.ts';
export { type ValidationCurveOptions, validationCurve } from './validation-curve.ts';
