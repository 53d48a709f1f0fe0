export type { BlockData } from './block-matrix.ts';
export type { Dataset } from './dataset.ts';
export { loadBreastCancer } from './load-breast-cancer.ts';
export { type LoadDiabetesParams, loadDiabetes } from './load-diabetes.ts';
export { type LoadDigitsParams, loadDigits } from './load-digits.ts';
export { loadIris } from './load-iris.ts';
export { loadLinnerud } from './load-linnerud.ts';
export { loadWine } from './load-wine.ts';
export { type MakeBiclustersParams, makeBiclusters } from './make-biclusters.ts';
export { type BlobsData, type MakeBlobsParams, makeBlobs } from './make-blobs.ts';
export { type MakeCheckerboardParams, makeCheckerboard } from './make-checkerboard.ts';
export { type MakeCirclesParams, makeCircles } from './make-circles.ts';
export { type ClassificationData, type MakeClassificationParams, makeClassification } from './make-classification.ts';
export {
  type FriedmanData,
  type MakeFriedman1Params,
  type MakeFriedman2Params,
  type MakeFriedman3Params,
  makeFriedman1,
  makeFriedman2,
  makeFriedman3,
} from './make-friedman.ts';
export {
  type GaussianQuantilesData,
  type MakeGaussianQuantilesParams,
  makeGaussianQuantiles,
} from './make-gaussian-quantiles.ts';
export { type MakeHastie102Params, makeHastie102 } from './make-hastie-10-2.ts';
export { type MakeLowRankMatrixParams, makeLowRankMatrix } from './make-low-rank-matrix.ts';
export { type MakeMoonsParams, makeMoons } from './make-moons.ts';
export {
  type MakeMultilabelClassificationParams,
  type MultilabelData,
  makeMultilabelClassification,
} from './make-multilabel-classification.ts';
export { type MakeRegressionParams, makeRegression, type RegressionData } from './make-regression.ts';
export { type MakeSCurveParams, makeSCurve } from './make-s-curve.ts';
export {
  type MakeSparseCodedSignalParams,
  makeSparseCodedSignal,
  type SparseCodedSignal,
} from './make-sparse-coded-signal.ts';
export { type MakeSparseUncorrelatedParams, makeSparseUncorrelated } from './make-sparse-uncorrelated.ts';
export { type MakeSpdMatrixParams, makeSpdMatrix } from './make-spd-matrix.ts';
export { type MakeSwissRollParams, type ManifoldData, makeSwissRoll } from './make-swiss-roll.ts';
export type { TwoCurvesData } from './two-curves.ts';
