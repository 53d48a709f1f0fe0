export {
  type CrossValidateOptions,
  type CrossValidation,
  type CrossValScoreOptions,
  crossValidate,
  crossValScore,
} from './cross-validate.ts';
export { type GridLike, ParameterGrid } from './parameter-grid.ts';
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
export { GridSearchCV, type GridSearchCVParams, type ParamGrid } from './search/grid-search.ts';
export {
  checkCv,
  KFold,
  type KFoldParams,
  type Split,
  type Splitter,
  StratifiedKFold,
  type StratifiedKFoldParams,
} from './splitters/index.ts';
export { ShuffleSplit, type ShuffleSplitParams } from './splitters/shuffle-split.ts';
export { StratifiedShuffleSplit, type StratifiedShuffleSplitParams } from './splitters/stratified-shuffle-split.ts';
export { type TrainTestSplit, type TrainTestSplitOptions, trainTestSplit } from './train-test-split.ts';
