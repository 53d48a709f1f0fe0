export * from './mlp/index.ts';
export { ModuleClassifier, type ModuleClassifierParams } from './module/module-classifier.ts';
export { ModuleRegressor, type ModuleRegressorParams } from './module/module-regressor.ts';
export type { MakeModule, MakeRule, ModuleShape } from './module/spec.ts';
