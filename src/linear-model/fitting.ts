/** What linear regressors need in `fit` alone, loaded there: a page that only predicts goes without. */
export { centerData, interceptOf, scaleRows } from './center-data.ts';
export { checkFiniteWeights } from './check-overflow.ts';
export { leastNorm } from './least-norm.ts';
export { normalEquations, solveWellConditioned } from './normal-equations.ts';
