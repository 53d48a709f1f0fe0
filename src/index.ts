export type { Cell, Column, MatrixLike, RowObject } from './array/index.ts';
export { CsrMatrix, Frame, Matrix } from './array/index.ts';
export type { Label, ParamsOf, Rule, Spec, Target } from './check/index.ts';
export * as rule from './check/rules.ts';
export * from './cluster/index.ts';
export * from './compose/index.ts';
export type { FitOptions, Fitted, FlatParams, ScoreOptions, Sync, Traits } from './core/index.ts';
export {
  Classifier,
  Clusterer,
  compareManifests,
  Estimator,
  InvertibleTransformer,
  manifest,
  ProbabilisticClassifier,
  Regressor,
  type RunManifest,
  sync,
  Transformer,
} from './core/index.ts';
export * from './datasets/index.ts';
export * from './decomposition/index.ts';
export * from './dummy/index.ts';
export * from './ensemble/index.ts';
export {
  captureWarnings,
  FitwiseError,
  InvalidFileError,
  InvalidInputError,
  InvalidParamError,
  NotFittedError,
  onWarning,
  UnsupportedError,
  type Warning,
  type WarningKind,
  WorkerError,
} from './errors/index.ts';
export * from './feature-extraction/index.ts';
export * from './impute/index.ts';
export * from './inspection/index.ts';
export { type ArqueroTable, toArquero } from './interop/index.ts';
export { type DeviceReport, deviceReport, type GpuBackend, type KernelReport, kernelReport } from './kernels/index.ts';
export * from './linear-model/index.ts';
export * from './metrics/index.ts';
export * from './model-selection/index.ts';
export * from './naive-bayes/index.ts';
export * from './neighbors/index.ts';
export {
  MLPClassifier,
  type MLPClassifierParams,
  MLPRegressor,
  type MLPRegressorParams,
} from './nn/estimators/mlp/index.ts';
export { closePool, registerModule, setThreads, setWorkerFactory, type WorkerLike } from './parallel/index.ts';
export * from './preprocessing/index.ts';
export {
  type ChoiceOptions,
  RandomState,
  type RandomStateSnapshot,
  randomFrom,
  type SamplingOptions,
  type Seed,
  type SeedGenerator,
  sampleWithoutReplacement,
  XorShift,
} from './random/index.ts';
export { fromBytes, load, save, toBytes } from './registry/index.ts';
export * from './transformed-target/index.ts';
export {
  DecisionTreeClassifier,
  type DecisionTreeClassifierParams,
  DecisionTreeRegressor,
  type DecisionTreeRegressorParams,
  type ExportTextOptions,
  exportText,
  type PruningPath,
  type TreeArrays,
} from './tree/index.ts';
export { consoleProgress, type ProgressEvent, type RunOptions } from './work/index.ts';
