/** One good call of each public function: the arguments among which a hostile one is slipped. */
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  DecisionTreeClassifier,
  GaussianNB,
  KFold,
  Matrix,
  manifest,
  Ridge,
  StandardScaler,
  save,
  toBytes,
} from '../../src/index.ts';

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

const tree = await new DecisionTreeClassifier({ randomState: 0 }).fit(table(), binary());
const run = await manifest({ X: table(), estimator: new Ridge() });
const file = join(await mkdtemp(join(tmpdir(), 'fitwise-')), 'model.safetensors');
await save(tree, file);

type Arguments = () => readonly unknown[];

/** The same arguments for each of some functions. */
function each(names: string, make: Arguments): Record<string, Arguments> {
  return Object.fromEntries(names.split(/\s+/).map(name => [name, make]));
}

/** Each is made anew for each call. */
export const calls: Readonly<Record<string, Arguments>> = {
  ...each(
    `accuracyScore balancedAccuracyScore classLikelihoodRatios classificationReport cohenKappaScore confusionMatrix
     f1Score fbetaScore hammingLoss jaccardScore matthewsCorrcoef multilabelConfusionMatrix precisionRecallFscoreSupport
     precisionScore recallScore zeroOneLoss adjustedMutualInfoScore
     contingencyMatrix homogeneityCompletenessVMeasure mutualInfoScore
     normalizedMutualInfoScore vMeasureScore`,
    () => [binary(), [0, 1, 0, 0], {}],
  ),
  ...each(
    'adjustedRandScore completenessScore fowlkesMallowsScore homogeneityScore pairConfusionMatrix randScore',
    () => [binary(), [0, 1, 0, 0]],
  ),
  maxError: () => [numbers(), [1, 2, 4, 4]],
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
    `d2AbsoluteErrorScore d2PinballScore d2TweedieScore explainedVarianceScore meanAbsoluteError
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
  ...each('crossValScore crossValidate crossValPredict permutationTestScore', () => [
    new GaussianNB(),
    table(),
    binary(),
    { cv: new KFold({ nSplits: 2, shuffle: true, randomState: 3 }) },
  ]),
  learningCurve: () => [
    new GaussianNB(),
    [...table(), ...table()],
    [...binary(), ...binary()],
    { cv: 2, trainSizes: [4], shuffle: true, randomState: 3 },
  ],
  validationCurve: () => [new Ridge(), table(), numbers(), { paramName: 'alpha', paramRange: [1], cv: 2 }],
  getScorer: () => ['accuracy'],
  makeScorer: () => [() => 1, {}],
  makeColumnSelector: () => [{}],
  makeColumnTransformer: () => [[[new StandardScaler(), [0]]], {}],
  makePipeline: () => [new StandardScaler(), new Ridge()],
  makeUnion: () => [[new StandardScaler()], {}],
  manifest: () => [{ X: table(), y: binary(), estimator: new Ridge() }],
  compareManifests: () => [run, run],
  ...each('uniform normal logUniform randomInteger', () => [1, 2]),
  exponential: () => [1],
  randomFrom: () => [3],
  sampleWithoutReplacement: () => [5, 2, {}],
  exportText: () => [tree, {}],
  partialDependence: () => [tree, table(), [0], {}],
  permutationImportance: () => [tree, table(), binary(), { nRepeats: 2, randomState: 0 }],
  sync: () => [tree],
  toArquero: () => [Matrix.fromRows(table()).toTable()],
  toBytes: () => [tree],
  fromBytes: () => [toBytes(tree), {}],
  save: () => [tree, file],
  load: () => [file, {}],
  ...each('loadDiabetes loadDigits consoleProgress', () => [{}]),
  ...each('captureWarnings onWarning', () => [() => 1]),
  registerModule: () => ['data:text/javascript,export class Mine {}'],
  setThreads: () => [1],
  setWorkerFactory: () => [() => ({})],
};

/** Functions that take nothing. */
export const WITHOUT_ARGUMENTS: readonly string[] =
  'closePool deviceReport getScorerNames kernelReport loadBreastCancer loadIris loadLinnerud loadWine'.split(' ');
