/** The scorers that have names, each made when it is asked for. */

import { suggestion } from '../../check/index.ts';
import { InvalidParamError, show } from '../../errors/index.ts';
import {
  accuracyScore,
  adjustedMutualInfoScore,
  adjustedRandScore,
  averagePrecisionScore,
  balancedAccuracyScore,
  brierScoreLoss,
  classLikelihoodRatios,
  completenessScore,
  d2AbsoluteErrorScore,
  d2BrierScore,
  d2LogLossScore,
  explainedVarianceScore,
  f1Score,
  fowlkesMallowsScore,
  homogeneityScore,
  jaccardScore,
  logLoss,
  matthewsCorrcoef,
  maxError,
  meanAbsoluteError,
  meanAbsolutePercentageError,
  meanGammaDeviance,
  meanPoissonDeviance,
  meanSquaredError,
  meanSquaredLogError,
  medianAbsoluteError,
  mutualInfoScore,
  normalizedMutualInfoScore,
  precisionScore,
  r2Score,
  randScore,
  recallScore,
  rocAucScore,
  rootMeanSquaredError,
  rootMeanSquaredLogError,
  topKAccuracyScore,
  vMeasureScore,
} from '../../metrics/index.ts';
import { type Metric, makeScorer, type ResponseMethod, type Scorer, type ScorerOptions } from './scorer.ts';

const THRESHOLD: readonly ResponseMethod[] = ['decisionFunction', 'predictProba'];
const loss = { greaterIsBetter: false } as const;
const unweighted = { takesSampleWeight: false } as const;
/** Undefined ratios count as no evidence either way. */
const likelihoodRatio = { ...unweighted, options: { replaceUndefinedBy: 1 } } as const;
const probability = { responseMethod: 'predictProba' } as const;

type Entry = readonly [metric: Metric, options?: ScorerOptions];

/** `precision`, `precisionMacro`, ...: one scorer per way to average. */
function averaged<N extends string>(name: N, metric: Metric) {
  const of = (average: string): Entry => [metric, { options: { average } }];
  return {
    [name]: of('binary'),
    [`${name}Macro`]: of('macro'),
    [`${name}Micro`]: of('micro'),
    [`${name}Samples`]: of('samples'),
    [`${name}Weighted`]: of('weighted'),
  } as Record<N | `${N}${'Macro' | 'Micro' | 'Samples' | 'Weighted'}`, Entry>;
}

function areaUnderRoc(multiClass: 'ovr' | 'ovo', average: 'macro' | 'weighted'): Entry {
  return [rocAucScore, { ...probability, options: { multiClass, average } }];
}

const SCORERS = {
  accuracy: [accuracyScore],
  balancedAccuracy: [balancedAccuracyScore],
  topKAccuracy: [topKAccuracyScore, { responseMethod: THRESHOLD }],
  matthewsCorrcoef: [matthewsCorrcoef],
  rocAuc: [rocAucScore, { responseMethod: THRESHOLD }],
  rocAucOvr: areaUnderRoc('ovr', 'macro'),
  rocAucOvo: areaUnderRoc('ovo', 'macro'),
  rocAucOvrWeighted: areaUnderRoc('ovr', 'weighted'),
  rocAucOvoWeighted: areaUnderRoc('ovo', 'weighted'),
  averagePrecision: [averagePrecisionScore, { responseMethod: THRESHOLD, options: { posLabel: 1 } }],
  negLogLoss: [logLoss, { ...loss, ...probability }],
  negBrierScore: [brierScoreLoss, { ...loss, ...probability }],
  d2LogLossScore: [d2LogLossScore, probability],
  d2BrierScore: [d2BrierScore, probability],
  positiveLikelihoodRatio: [positiveLikelihoodRatio, likelihoodRatio],
  negNegativeLikelihoodRatio: [negativeLikelihoodRatio, { ...loss, ...likelihoodRatio }],
  ...averaged('precision', precisionScore),
  ...averaged('recall', recallScore),
  ...averaged('f1', f1Score),
  ...averaged('jaccard', jaccardScore),
  r2: [r2Score],
  explainedVariance: [explainedVarianceScore],
  d2AbsoluteErrorScore: [d2AbsoluteErrorScore],
  negMaxError: [maxError, { ...loss, ...unweighted }],
  negMedianAbsoluteError: [medianAbsoluteError, loss],
  negMeanAbsoluteError: [meanAbsoluteError, loss],
  negMeanAbsolutePercentageError: [meanAbsolutePercentageError, loss],
  negMeanSquaredError: [meanSquaredError, loss],
  negMeanSquaredLogError: [meanSquaredLogError, loss],
  negRootMeanSquaredError: [rootMeanSquaredError, loss],
  negRootMeanSquaredLogError: [rootMeanSquaredLogError, loss],
  negMeanPoissonDeviance: [meanPoissonDeviance, loss],
  negMeanGammaDeviance: [meanGammaDeviance, loss],
  adjustedRandScore: [adjustedRandScore, unweighted],
  randScore: [randScore, unweighted],
  homogeneityScore: [homogeneityScore, unweighted],
  completenessScore: [completenessScore, unweighted],
  vMeasureScore: [vMeasureScore, unweighted],
  mutualInfoScore: [mutualInfoScore, unweighted],
  adjustedMutualInfoScore: [adjustedMutualInfoScore, unweighted],
  normalizedMutualInfoScore: [normalizedMutualInfoScore, unweighted],
  fowlkesMallowsScore: [fowlkesMallowsScore, unweighted],
} as const satisfies Record<string, Entry>;

/** The scorers that `scoring` knows by name; losses are negated and say so. */
export type ScorerName = keyof typeof SCORERS;

/** All scorer names, sorted. */
export function getScorerNames(): ScorerName[] {
  return (Object.keys(SCORERS) as ScorerName[]).sort();
}

/**
 * The scorer with a name.
 *
 * @throws InvalidParamError on an unknown name.
 *
 * @example
 * import { getScorer } from 'fitwise';
 * getScorer('negMeanSquaredError').sign; // -1
 */
export function getScorer(name: ScorerName): Scorer {
  if (typeof name !== 'string' || !Object.hasOwn(SCORERS, name)) {
    throw new InvalidParamError({
      action: 'get a scorer',
      rule: `scoring must be one of ${getScorerNames().join(', ')}, or a scorer`,
      received: show(name),
      ...suggestion(name, getScorerNames()),
    });
  }
  const [metric, options]: Entry = SCORERS[name];
  return { ...makeScorer(metric, { ...options, name }), isBuiltIn: true };
}

function positiveLikelihoodRatio(yTrue: ArrayLike<number>, yPred: ArrayLike<number>, options?: object): number {
  return classLikelihoodRatios(yTrue, yPred, options).positive;
}

function negativeLikelihoodRatio(yTrue: ArrayLike<number>, yPred: ArrayLike<number>, options?: object): number {
  return classLikelihoodRatios(yTrue, yPred, options).negative;
}
