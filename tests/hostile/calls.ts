/** One good call of each public function: the arguments among which a hostile one is slipped. */
import { GaussianNB, KFold, Ridge, StandardScaler } from '../../src/index.ts';

const binary = () => [0, 1, 1, 0];
const scores = () => [0.1, 0.8, 0.6, 0.4];
const numbers = () => [1, 2, 3, 5];
const table = () => [
  [1, 2],
  [2, 1],
  [4, 3],
  [3, 5],
];
const indicator = () => [
  [0, 1],
  [1, 0],
  [1, 1],
  [0, 1],
];

type Arguments = () => readonly unknown[];

/** The same arguments for each of some functions. */
function each(names: string, make: Arguments): Record<string, Arguments> {
  return Object.fromEntries(names.split(/\s+/).map(name => [name, make]));
}

export const calls: Readonly<Record<string, Arguments>> = {
  ...each(
    `accuracyScore balancedAccuracyScore classLikelihoodRatios classificationReport cohenKappaScore confusionMatrix
     f1Score fbetaScore hammingLoss jaccardScore matthewsCorrcoef multilabelConfusionMatrix precisionRecallFscoreSupport
     precisionScore recallScore zeroOneLoss adjustedMutualInfoScore adjustedRandScore completenessScore
     contingencyMatrix fowlkesMallowsScore homogeneityCompletenessVMeasure homogeneityScore mutualInfoScore
     normalizedMutualInfoScore pairConfusionMatrix randScore vMeasureScore`,
    () => [binary(), [0, 1, 0, 0], {}],
  ),
  fbetaScore: () => [binary(), [0, 1, 0, 0], { beta: 2 }],
  ...each(
    `brierScoreLoss d2BrierScore logLoss d2LogLossScore hingeLoss averagePrecisionScore confusionMatrixAtThresholds detCurve
     precisionRecallCurve rocAucScore rocCurve topKAccuracyScore`,
    () => [binary(), scores(), {}],
  ),
  metricAtThresholds: () => [binary(), scores(), () => 1, {}],
  ...each('coverageError labelRankingAveragePrecisionScore labelRankingLoss ndcgScore dcgScore', () => [
    indicator(),
    table(),
    {},
  ]),
  auc: () => [numbers(), scores()],
  ...each('calinskiHarabaszScore daviesBouldinScore', () => [table(), binary()]),
  ...each('silhouetteSamples silhouetteScore', () => [table(), binary(), {}]),
  expectedMutualInformation: () => [table(), 21],
  ...each(
    `d2AbsoluteErrorScore d2PinballScore d2TweedieScore explainedVarianceScore maxError meanAbsoluteError
     meanAbsolutePercentageError meanGammaDeviance meanPinballLoss meanPoissonDeviance meanSquaredError
     meanSquaredLogError meanTweedieDeviance medianAbsoluteError r2Score rootMeanSquaredError rootMeanSquaredLogError`,
    () => [numbers(), [1, 2, 4, 4], {}],
  ),
  ...each(
    'additiveChi2Kernel cosineDistances cosineSimilarity haversineDistances linearKernel manhattanDistances',
    () => [table(), table()],
  ),
  ...each(
    `chi2Kernel euclideanDistances laplacianKernel nanEuclideanDistances pairedDistances pairwiseDistances
     pairwiseDistancesArgmin pairwiseDistancesArgminMin pairwiseKernels polynomialKernel rbfKernel sigmoidKernel`,
    () => [table(), table(), {}],
  ),
  ...each('pairedCosineDistances pairedEuclideanDistances pairedManhattanDistances', () => [table(), table()]),
  ...each(
    `makeBiclusters makeBlobs makeCheckerboard makeCircles makeClassification makeFriedman1 makeFriedman2 makeFriedman3
     makeGaussianQuantiles makeHastie102 makeLowRankMatrix makeMoons makeMultilabelClassification makeRegression
     makeSCurve makeSparseUncorrelated makeSwissRoll`,
    () => [{}],
  ),
  makeBiclusters: () => [{ shape: [4, 4], nClusters: 2 }],
  makeCheckerboard: () => [{ shape: [4, 4], nClusters: 2 }],
  makeSparseCodedSignal: () => [{ nSamples: 4, nComponents: 3, nFeatures: 2, nNonzeroCoefs: 1 }],
  makeSpdMatrix: () => [{ nDim: 3 }],
  trainTestSplit: () => [table(), binary(), {}],
  checkCv: () => [3, binary(), {}],
  ...each('crossValScore crossValidate crossValPredict learningCurve permutationTestScore', () => [
    new GaussianNB(),
    table(),
    binary(),
    { cv: new KFold({ nSplits: 2, shuffle: true, randomState: 3 }) },
  ]),
  validationCurve: () => [new Ridge(), table(), numbers(), { paramName: 'alpha', paramRange: [1], cv: 2 }],
  getScorer: () => ['accuracy'],
  makeScorer: () => [() => 1, {}],
  makeColumnSelector: () => [{}],
  makeColumnTransformer: () => [[[new StandardScaler(), [0]]], {}],
  makePipeline: () => [new StandardScaler(), new Ridge()],
  makeUnion: () => [[new StandardScaler()], {}],
  manifest: () => [{ X: table() }],
  compareManifests: () => [{}, {}],
  ...each('uniform normal logUniform randomInteger', () => [1, 2]),
  exponential: () => [1],
  randomFrom: () => [3],
  sampleWithoutReplacement: () => [5, 2, {}],
  exportText: () => [null, {}],
  sync: () => [null],
  toArquero: () => [table(), null],
  toBytes: () => [new Ridge()],
  fromBytes: () => [new Uint8Array(16), {}],
  save: () => [null, null],
  load: () => ['/nowhere/at/all.safetensors', {}],
};
