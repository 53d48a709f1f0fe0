/** What LogisticRegression needs in `fit` alone, loaded there: a page that only predicts goes without. */
export { checkFiniteWeights, checkMagnitude } from './check-overflow.ts';
export { checkLogisticParams } from './logistic-penalty.ts';
export { LOGISTIC_SOLVERS } from './logistic-solvers.ts';
