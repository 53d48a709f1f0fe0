import type { MatrixLike } from '../array/index.ts';
import { checkParams, type ParamsOf, type Target } from '../check/index.ts';
import { type AnyEstimator, checkModel, type FlatParams } from '../core/index.ts';
import { InvalidParamError, show } from '../errors/index.ts';
import { drive, type Work } from '../work/index.ts';
import type { SampleOptions } from './cross-validate.ts';
import { cvRule, errorScoreRule, nJobsRule, prepare, scoringRule } from './cv-options.ts';
import { evaluate } from './evaluate.ts';
import { type ScoreCurve, toCurve } from './score-curve.ts';
import { readSingleScoring } from './scoring/index.ts';
import { candidateOf } from './search/candidates.ts';

const spec = {
  /** How to score: a scorer's name, a scorer, or null for the estimator's own `score`. */
  scoring: scoringRule(),
  /** How to split: a number of folds, a splitter, a list of splits, or null for five folds. */
  cv: cvRule(),
  /** Workers: null and 1 run in this thread, -1 on all cores. */
  nJobs: nJobsRule(),
  /** The score of a fit that throws; `'raise'` lets it throw. */
  errorScore: errorScoreRule(),
};

export interface ValidationCurveOptions<E, K extends keyof FlatParams<E>>
  extends Partial<ParamsOf<typeof spec>>,
    SampleOptions {
  /** The parameter that varies; `step__param` reaches into a pipeline. */
  readonly paramName: K;
  /** Its values. */
  readonly paramRange: readonly FlatParams<E>[K][];
}

/**
 * Training and test scores for several values of one parameter.
 *
 * Cost: one fit per split and value.
 *
 * @param estimator stays as it is
 * @param X samples × features
 * @param y target, where the estimator or the scores need one
 * @returns values × splits
 * @throws InvalidParamError on a parameter or value that the estimator refuses
 * @throws InvalidInputError on data that break a rule
 *
 * @example
 * import { GaussianNB, loadIris, validationCurve } from 'fitwise';
 * const { X, y } = await loadIris();
 * const range = { paramName: 'varSmoothing', paramRange: [1e-9, 1e-3, 1] } as const;
 * const { testScores } = await validationCurve(new GaussianNB(), X, y, range);
 * testScores.rows; // 3
 */
export function validationCurve<E extends AnyEstimator, const K extends keyof FlatParams<E>>(
  estimator: E,
  X: MatrixLike,
  y: Target | undefined,
  options: ValidationCurveOptions<E, K>,
): Promise<ScoreCurve> {
  return drive(validationCurveWork(estimator, X, y, options as CurveOptions), options);
}

/** The options with the parameter's name as any text. */
interface CurveOptions extends SampleOptions {
  readonly paramName: string;
  readonly paramRange: readonly unknown[];
}

function* validationCurveWork(
  estimator: AnyEstimator,
  X: MatrixLike,
  y: Target | undefined,
  all: CurveOptions,
): Work<ScoreCurve> {
  const {
    signal: _signal,
    onProgress: _onProgress,
    paramName,
    paramRange,
    groups,
    sampleWeight,
    device,
    ...given
  } = { ...all };
  const label = 'validationCurve';
  const action = `run ${label}`;
  const { cv, scoring, ...options } = checkParams(label, spec, given);
  checkModel(estimator, 'estimator', action);
  if (typeof paramName !== 'string') {
    throw new InvalidParamError({ action, rule: 'paramName must be a string', received: show(paramName) });
  }
  if (!Array.isArray(paramRange) || paramRange.length === 0) {
    throw new InvalidParamError({ action, rule: 'paramRange must be a non-empty list', received: show(paramRange) });
  }
  const candidates = paramRange.map(value => candidateOf(estimator, { [paramName]: value }));
  const { samples, splits } = prepare(estimator, X, y, { cv, groups, sampleWeight, device }, action);
  const scorers = readSingleScoring(scoring, estimator, action);
  const evaluateOptions = {
    ...options,
    scorers,
    label,
    returnTrainScore: true,
    returnEstimator: false,
    weighScores: false,
  };
  return toCurve(yield* evaluate(candidates, samples, splits, evaluateOptions));
}
