export { MLPClassifier, type MLPClassifierParams } from './mlp-classifier.ts';
export { MLPRegressor, type MLPRegressorParams } from './mlp-regressor.ts';
