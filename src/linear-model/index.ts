export { LinearRegression, type LinearRegressionParams } from './linear-regression.ts';
export { LogisticRegression, type LogisticRegressionParams } from './logistic-regression.ts';
export { Ridge, type RidgeParams } from './ridge.ts';
