/** What estimators need in `fit` alone, loaded there: a page that only predicts goes without. */
export { prepareFit } from './prepare-fit.ts';
export { readDocuments } from './read-documents.ts';
export { readAnyTarget, readClassTarget, readValueTarget } from './read-target.ts';
