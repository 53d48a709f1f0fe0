import type { MatrixLike } from '../array/index.ts';
import { checkParams, type ParamsOf, type Target } from '../check/index.ts';
import type { AnyEstimator, FlatParams } from '../core/index.ts';
import { InvalidParamError, show } from '../errors/index.ts';
import { drive, type Work } from '../work/index.ts';
import type { SampleOptions } from './cross-validate.ts';
import { checkEstimator, cvRule, errorScoreRule, nJobsRule, prepare, scoringRule } from './cv-options.ts';
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
  const { paramName, paramRange, ...rest } = options;
  return drive(validationCurveWork(estimator, X, y, { paramName: String(paramName), paramRange }, rest), options);
}

function* validationCurveWork(
  estimator: AnyEstimator,
  X: MatrixLike,
  y: Target | undefined,
  { paramName, paramRange }: { readonly paramName: string; readonly paramRange: readonly unknown[] },
  { signal: _signal, onProgress: _onProgress, groups, sampleWeight, device, ...given }: SampleOptions,
): Work<ScoreCurve> {
  const label = 'validationCurve';
  const action = `run ${label}`;
  const { cv, scoring, ...options } = checkParams(label, spec, given);
  checkEstimator(estimator, action);
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
