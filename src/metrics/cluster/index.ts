export { calinskiHarabaszScore, daviesBouldinScore } from './cluster-dispersion.ts';
export { type ContingencyMatrixOptions, contingencyMatrix } from './contingency-matrix.ts';
export type { AverageMethod } from './entropy.ts';
export { expectedMutualInformation } from './expected-mutual-information.ts';
export {
  type AdjustedMutualInfoOptions,
  adjustedMutualInfoScore,
  type MutualInfoOptions,
  mutualInfoScore,
  normalizedMutualInfoScore,
} from './mutual-info-score.ts';
export { adjustedRandScore, fowlkesMallowsScore, pairConfusionMatrix, randScore } from './rand-score.ts';
export {
  type SilhouetteSamplesOptions,
  type SilhouetteScoreOptions,
  silhouetteSamples,
  silhouetteScore,
} from './silhouette-score.ts';
export {
  completenessScore,
  type HomogeneityCompletenessVMeasure,
  homogeneityCompletenessVMeasure,
  homogeneityScore,
  type VMeasureOptions,
  vMeasureScore,
} from './v-measure-score.ts';
