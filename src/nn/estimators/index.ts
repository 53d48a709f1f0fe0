export { MLPClassifier, type MLPClassifierParams } from './mlp/mlp-classifier.ts';
export { MLPRegressor, type MLPRegressorParams } from './mlp/mlp-regressor.ts';
