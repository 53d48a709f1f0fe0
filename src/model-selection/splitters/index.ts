export { type CheckCvOptions, type CrossValidation, checkCv } from './check-cv.ts';
export { KFold, type KFoldParams } from './k-fold.ts';
export type { Samples, Split, Splitter } from './splitter.ts';
export { StratifiedKFold, type StratifiedKFoldParams } from './stratified-k-fold.ts';
