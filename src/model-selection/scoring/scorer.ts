import { Matrix, type MatrixLike } from '../../array/index.ts';
import { checkOptions, type Label, type Target } from '../../check/index.ts';
import { type AnyEstimator, callWork, type MethodName } from '../../core/index.ts';
import { InvalidInputError, InvalidParamError, show, UnsupportedError, warn } from '../../errors/index.ts';
import type { Work } from '../../work/index.ts';

/** What a metric is given as its second argument. */
export type ResponseMethod = 'predict' | 'predictProba' | 'decisionFunction';

/**
 * A metric that a scorer wraps, of whatever targets and responses it takes; `sign` says whether greater is better.
 * With its options it must give a number: many give a list when asked for one value per class.
 */
export type Metric = (yTrue: never, response: never, options: never) => unknown;

export interface ScorerOptions {
  /** Name in results; that of the metric by default. */
  readonly name?: string;
  /** What the metric is given: the first of these that the estimator has. */
  readonly responseMethod?: ResponseMethod | readonly ResponseMethod[];
  /** Losses say `false`: their scores are negated. */
  readonly greaterIsBetter?: boolean;
  /** Options passed on to the metric; `posLabel` also says which class's probabilities or scores it is given. */
  readonly options?: Readonly<Record<string, unknown>>;
  /** Metrics that know no `sampleWeight` say `false`. */
  readonly takesSampleWeight?: boolean;
}

const SCORER_OPTIONS = ['name', 'responseMethod', 'greaterIsBetter', 'options', 'takesSampleWeight'];

/** A metric together with how to ask an estimator for what it measures; greater is always better. */
export interface Scorer {
  readonly name: string;
  readonly metric: Metric;
  readonly sign: 1 | -1;
  readonly responses: readonly ResponseMethod[];
  readonly options: Readonly<Record<string, unknown>>;
  readonly takesSampleWeight: boolean;
  /** Whether the name alone stands for it, so that workers can find it. */
  readonly isBuiltIn: boolean;
}

/**
 * A scorer from a metric `(yTrue, yPred, options) => number`.
 *
 * @throws InvalidParamError if the metric is no function.
 *
 * @example
 * import { fbetaScore, makeScorer } from 'fitwise';
 * const f2 = makeScorer(fbetaScore, { name: 'f2', options: { beta: 2 } });
 * f2.name; // 'f2'
 */
export function makeScorer(metric: Metric, options: ScorerOptions = {}): Scorer {
  if (typeof metric !== 'function') {
    throw new InvalidParamError({ action: 'make a scorer', rule: 'metric must be a function', received: show(metric) });
  }
  checkOptions(options, SCORER_OPTIONS, 'make a scorer');
  const { name = metric.name, responseMethod = 'predict', greaterIsBetter = true, takesSampleWeight = true } = options;
  return {
    name,
    metric,
    sign: greaterIsBetter ? 1 : -1,
    responses: typeof responseMethod === 'string' ? [responseMethod] : responseMethod,
    options: options.options ?? {},
    takesSampleWeight,
    isBuiltIn: false,
  };
}

/** Samples that are scored. */
export interface ScoredData {
  readonly X: MatrixLike;
  readonly y: Target | undefined;
  readonly sampleWeight: ArrayLike<number> | undefined;
}

/**
 * Scores of one fitted estimator on one set of samples; each response is computed once.
 *
 * @param scorers by name; a null scorer is the estimator's own `score`
 * @param errorScore the score where scoring throws; `'raise'` lets it throw
 */
export function* scoreAll(
  scorers: Readonly<Record<string, Scorer | null>>,
  estimator: AnyEstimator,
  { X, y, sampleWeight }: ScoredData,
  errorScore: number | 'raise' = 'raise',
): Work<Record<string, number>> {
  const responses = new Map<ResponseMethod, unknown>();
  const scores: Record<string, number> = {};
  const weight = sampleWeight === undefined ? {} : { sampleWeight };
  function* scoreOne(scorer: Scorer | null): Work<number> {
    if (scorer === null) {
      const given = sampleWeight === undefined ? [] : [weight];
      return (yield* callWork(estimator, 'score', X, y, ...given)) as number;
    }
    const method = chooseResponse(scorer, estimator);
    if (!responses.has(method)) responses.set(method, yield* callWork(estimator, method, X));
    const response = forMetric(method, responses.get(method), estimator, scorer);
    const options = { ...scorer.options, ...(scorer.takesSampleWeight ? weight : {}) };
    return scorer.sign * asScore(scorer.metric(y as never, response as never, options as never), scorer.name);
  }
  for (const [name, scorer] of Object.entries(scorers)) {
    try {
      scores[name] = yield* scoreOne(scorer);
    } catch (error) {
      if (errorScore === 'raise') throw error;
      scores[name] = errorScore;
      const reason = error instanceof Error ? error.message : String(error);
      warn({
        kind: 'failed-fit',
        source: estimator.name,
        message: `scoring failed and counts as ${errorScore}: ${reason}`,
      });
    }
  }
  return scores;
}

function asScore(score: unknown, name: string): number {
  if (typeof score === 'number') return score;
  throw new InvalidInputError({
    action: `score with ${name}`,
    rule: 'the metric must give one number',
    received: show(score),
    repair: 'choose an average in its options',
  });
}

function chooseResponse(scorer: Scorer, estimator: AnyEstimator): ResponseMethod {
  const found = scorer.responses.find(method => estimator.supports(method as MethodName));
  if (found !== undefined) return found;
  throw new UnsupportedError({
    action: `score ${estimator.name} with ${scorer.name}`,
    rule: `it must have ${scorer.responses.join(' or ')}`,
    received: 'an estimator without',
  });
}

/**
 * Metrics take the positive class's probabilities or scores where there are two classes, and one column per label
 * where there are several labels.
 */
function forMetric(method: ResponseMethod, response: unknown, estimator: AnyEstimator, scorer: Scorer): unknown {
  if (method === 'predict') return response;
  if (Array.isArray(response)) {
    const outputs = response as readonly Matrix[];
    return Matrix.fromColumns(outputs.map(output => output.column(output.columns - 1)));
  }
  const { classes_ } = estimator as unknown as { readonly classes_: readonly (Label | readonly Label[])[] };
  if (classes_ === undefined || classes_.length > 2 || Array.isArray(classes_[0])) return response;
  const positive = positiveClass(classes_ as readonly Label[], estimator, scorer);
  if (method === 'predictProba') return (response as Matrix).column(positive);
  return positive === 1 ? response : (response as Float64Array).map(score => -score);
}

/** Position of the positive class among two: that of `posLabel`, or the second. */
function positiveClass(classes: readonly Label[], estimator: AnyEstimator, { name, options }: Scorer): number {
  const { posLabel = classes[1] } = options;
  const positive = classes.indexOf(posLabel as Label);
  if (classes.length === 2 && positive !== -1) return positive;
  throw new InvalidInputError({
    action: `score ${estimator.name} with ${name}`,
    rule: classes.length === 2 ? `posLabel must be one of ${show(classes)}` : 'it must know two classes',
    received: classes.length === 2 ? show(posLabel) : show(classes),
  });
}
