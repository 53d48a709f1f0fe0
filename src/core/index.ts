export { checkModel } from './check-model.ts';
export { classesIn, decodeWithClasses, registerClasses, resolveClassesWith } from './class-registry.ts';
export {
  argmaxRows,
  Classifier,
  type ClassifierLearned,
  onlyOutput,
  ProbabilisticClassifier,
} from './classifier.ts';
export { Clusterer, type ClustererLearned } from './clusterer.ts';
export type { CallContext, FitContext } from './context.ts';
export { classIds, decode } from './decode.ts';
export { callWork, Delegating } from './delegating.ts';
export { type Encoded, type EstimatorClass, encode, type Tensor } from './encode.ts';
export { type AnyEstimator, Estimator } from './estimator.ts';
export { checkFeatureNames } from './feature-names.ts';
export { listFolder, readWhole, writeWhole } from './files.ts';
export type { FittedState } from './fitted-state.ts';
export { compareManifests, hashTarget, type ManifestInput, manifest, type RunManifest } from './manifest.ts';
export { asNests, type Bounds, boundParamOf, type Nests, nestedParamOf } from './nested.ts';
export {
  type CallOptions,
  checkDevice,
  type FitOptions,
  routeDevice,
  routeOptions,
  type ScoreOptions,
} from './options.ts';
export { fromBytes, type LoadOptions, toBytes } from './persist.ts';
export { shapeOf } from './read-input.ts';
export { Regressor, type RegressorLearned } from './regressor.ts';
export { type Sync, sync } from './sync.ts';
export type { Consumable, GpuCall, Traits } from './traits.ts';
export { InvertibleTransformer, type TableOutput, type Transformed, Transformer } from './transformer.ts';
export type {
  ClassesOf,
  Fitted,
  FlatParams,
  Kind,
  KindOf,
  LabelOf,
  LabelsOf,
  LooseEstimator,
  METHODS,
  MethodName,
  MethodsOf,
  Needs,
  NumbersOf,
  PARAMS,
  Predictions,
  ProbabilitiesOf,
  ResultOf,
} from './types.ts';
