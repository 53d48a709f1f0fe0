import type { Frame, MatrixLike } from '../../array/index.ts';
import { checkOptions, type ParamsOf, type Target } from '../../check/index.ts';
import {
  type AnyEstimator,
  type Consumable,
  Delegating,
  type FitContext,
  type FlatParams,
  hashTarget,
  manifest,
  type RunManifest,
  type ScoreOptions,
} from '../../core/index.ts';
import { InvalidParamError, show, UnsupportedError, warn } from '../../errors/index.ts';
import { type Work, waitFor, withoutProgress } from '../../work/index.ts';
import { type Prepared, prepare } from '../cv-options.ts';
import { evaluate } from '../evaluate.ts';
import { type FitScore, fitOn, type Samples } from '../fit-and-score.ts';
import { readScoring, type Scorer, scoreAll } from '../scoring/index.ts';
import { isSplitter } from '../splitters/check-cv.ts';
import { candidateOf } from './candidates.ts';
import { type CvResults, resultKey, tabulate, toFrame } from './cv-results.ts';
import { checkRefit, type SearchSpec, type searchSpec } from './search-spec.ts';
import { toStored } from './stored-params.ts';

/** What a search learned; the model is null where nothing was refitted. */
export interface SearchLearned {
  readonly cvResults: CvResults;
  readonly scorerNames: readonly string[];
  readonly isMulti: boolean;
  readonly nSplits: number;
  readonly best: {
    readonly index: number;
    readonly params: Readonly<Record<string, unknown>>;
    /** NaN where a function chose. */
    readonly score: number;
  } | null;
  readonly bestEstimator: AnyEstimator | null;
  /** Seconds; null where nothing was refitted. */
  readonly refitTime: number | null;
  readonly manifest: RunManifest;
}

/** What a strategy of search adds: further columns of the table, and further entries of the learned record. */
export interface SearchOutcome<X> {
  readonly columns: Readonly<Record<string, Int32Array>>;
  readonly learned: X;
}

/** Scores some candidates, all on the same splits (or those given), and remembers them for the table. */
export type EvaluateCandidates = (
  candidates: readonly Readonly<Record<string, unknown>>[],
  splits?: Prepared['splits'],
) => Work<readonly (readonly FitScore[])[]>;

/** Tries parameters of an estimator by cross-validation, and becomes the best one. */
export abstract class BaseSearch<
  E extends AnyEstimator,
  S extends SearchSpec,
  X extends object = object,
> extends Delegating<S, SearchLearned & X, E> {
  static override readonly traits = { input: 'any', sparse: 'native' } as const;

  override get consumes(): readonly Consumable[] {
    const { estimator, cv } = this.params as { estimator: AnyEstimator; cv: unknown };
    const inner = estimator.consumes.filter(name => name === 'sampleWeight' || name === 'groups');
    return [...new Set([...inner, ...(isSplitter(cv) && cv.usesGroups ? (['groups'] as const) : [])])];
  }

  /** Every candidate's scores; see `CvResults`. */
  get cvResults_(): CvResults<Partial<FlatParams<E>>> {
    return this.learned.cvResults as CvResults<Partial<FlatParams<E>>>;
  }

  /** The results as a table, one row per candidate; `toArquero` goes on from there. */
  cvResultsTable(): Frame {
    return toFrame(this.learned.cvResults);
  }

  /** The best candidate, fitted on all samples; its methods are this search's. */
  get bestEstimator_(): E {
    return this.delegate() as E;
  }

  /** The best candidate's parameters. */
  get bestParams_(): Partial<FlatParams<E>> {
    return this.#best().params as Partial<FlatParams<E>>;
  }

  /** The best candidate's mean test score; NaN where a function chose it. */
  get bestScore_(): number {
    return this.#best().score;
  }

  /** The best candidate's position in `cvResults_`. */
  get bestIndex_(): number {
    return this.#best().index;
  }

  /** Number of splits. */
  get nSplits_(): number {
    return this.learned.nSplits;
  }

  /** Seconds that the last fit on all samples took; null without one. */
  get refitTime_(): number | null {
    return this.learned.refitTime;
  }

  /** Whether there are several scorers. */
  get multimetric_(): boolean {
    return this.learned.isMulti;
  }

  /** What the run was made of, as JSON: see `compareManifests`. */
  get manifest_(): RunManifest {
    return this.learned.manifest;
  }

  override get nFeaturesIn_(): number {
    return this.delegate().nFeaturesIn_;
  }

  override get featureNamesIn_(): readonly string[] | undefined {
    return this.delegate().featureNamesIn_;
  }

  /** Tries candidates, in one go or in rounds; the order in which they are evaluated is that of the table. */
  protected abstract search(evaluateCandidates: EvaluateCandidates, context: SearchContext): Work<SearchOutcome<X>>;

  /** Position of the best candidate by one scorer: the first of rank 1. */
  protected chooseBest(results: CvResults, scorer: string): number {
    return (results as unknown as Record<string, Int32Array>)[resultKey('rankTest', scorer)]!.indexOf(1);
  }

  protected override *learn(X: MatrixLike, y: Target | undefined, context: FitContext): Work<SearchLearned & X> {
    const { action } = context;
    const estimator = this.template();
    const { scorers, isMulti } = readScoring(this.#own.scoring, estimator, action);
    const scorerNames = Object.keys(scorers);
    const refitScorer = checkRefit(this.#own.refit, isMulti, scorerNames, action);
    const { groups, sampleWeight, device } = context.options;
    const prepared = prepare(estimator, X, y, { cv: this.#own.cv, groups, sampleWeight, device }, action);
    if (sampleWeight !== undefined) warnOfUnweighted(scorers, this.name);
    const run = yield* waitFor(() => this.#describe(prepared.samples, context));
    const table: Table = { params: [], results: [] };
    const { columns, learned } = yield* this.search(this.#evaluator(prepared, scorers, table), {
      ...prepared,
      context,
    });
    if (table.params.length === 0) {
      throw new InvalidParamError({ action, rule: 'there must be a candidate', received: 'an empty list of grids' });
    }
    const cvResults = { ...columns, ...tabulate(table.params, table.results, scorerNames) } as CvResults;
    warnOfGaps(cvResults, scorerNames, this.name);
    const best = this.#bestOf(cvResults, refitScorer);
    const refitted = yield* this.#refit(best, prepared.samples);
    const nSplits = prepared.splits.length;
    return { ...learned, cvResults, scorerNames, isMulti, nSplits, best, ...refitted, manifest: run };
  }

  /** The search's scorer, where it has one, or the refitted estimator's own score. */
  override *scoreWork(X: MatrixLike, y: Target | undefined, options: ScoreOptions = {}): Work<number> {
    this.fitted(`score with ${this.name}`);
    checkOptions(options, ['sampleWeight'], `score ${this.name}`);
    const { refit, scoring } = this.#own;
    const { scorers, isMulti } = readScoring(scoring, this.template(), `score with ${this.name}`);
    const name = isMulti ? String(refit) : 'score';
    const scores = yield* scoreAll({ [name]: scorers[name] ?? null }, this.delegate(), {
      X,
      y,
      sampleWeight: options.sampleWeight,
    });
    return scores[name]!;
  }

  protected override template(): AnyEstimator {
    return this.#own.estimator!;
  }

  protected override delegate(): AnyEstimator {
    const { bestEstimator } = this.learned;
    if (bestEstimator !== null) return bestEstimator;
    throw new UnsupportedError({
      action: `use the best estimator of ${this.name}`,
      rule: 'refit must not be false',
      received: 'refit false',
    });
  }

  override storedParams(): object {
    return toStored(this.params);
  }

  get #own() {
    return this.params as unknown as ParamsOf<typeof searchSpec>;
  }

  #best() {
    const { best } = this.learned;
    if (best !== null) return best;
    throw new UnsupportedError({
      action: `read the best candidate of ${this.name}`,
      rule: 'refit must name the scorer that decides, where there are several',
      received: 'refit false',
    });
  }

  #evaluator({ samples, splits }: Prepared, scorers: Scorers, table: Table): EvaluateCandidates {
    const { nJobs, errorScore, returnTrainScore, share } = this.#own;
    const estimator = this.template();
    const options = { scorers, nJobs, errorScore, returnTrainScore, returnEstimator: false, label: this.name, share };
    const weighScores = samples.sampleWeight !== undefined;
    return function* (candidates, own = splits) {
      const estimators = candidates.map(params => candidateOf(estimator, params));
      const results = yield* evaluate(estimators, samples, own, { ...options, weighScores });
      table.params.push(...candidates);
      table.results.push(...results);
      return results;
    };
  }

  #bestOf(results: CvResults, refitScorer: string | null): SearchLearned['best'] {
    const { refit } = this.#own;
    if (typeof refit === 'function') {
      const index = refit(results);
      if (Number.isInteger(index) && index >= 0 && index < results.params.length) {
        return { index, params: results.params[index]!, score: Number.NaN };
      }
      throw new InvalidParamError({
        action: `fit ${this.name}`,
        rule: `refit must give a position from 0 to ${results.params.length - 1}`,
        received: show(index),
      });
    }
    if (refitScorer === null) return null;
    const index = this.chooseBest(results, refitScorer);
    const means = (results as unknown as Record<string, Float64Array>)[resultKey('meanTest', refitScorer)]!;
    return { index, params: results.params[index]!, score: means[index]! };
  }

  *#refit(best: SearchLearned['best'], samples: Samples): Work<Pick<SearchLearned, 'bestEstimator' | 'refitTime'>> {
    if (best === null || this.#own.refit === false) return { bestEstimator: null, refitTime: null };
    const start = performance.now();
    const bestEstimator = candidateOf(this.template(), best.params);
    yield* withoutProgress(fitOn(bestEstimator, samples));
    return { bestEstimator, refitTime: (performance.now() - start) / 1000 };
  }

  /** The manifest: parameters except those that decide nothing, and a hash of what belongs to each sample. */
  async #describe(
    { X, y, groups, sampleWeight }: Samples,
    { seed, options: { device } }: FitContext,
  ): Promise<RunManifest> {
    const { estimator: _estimator, nJobs: _nJobs, ...params } = this.params as Readonly<Record<string, unknown>>;
    const options = {
      search: this.name,
      ...toStored(params),
      ...('randomState' in params ? { randomState: seed } : {}),
      ...(device === undefined ? {} : { device }),
      groups: groups === undefined ? null : await hashTarget(groups),
      sampleWeight: sampleWeight === undefined ? null : await hashTarget(sampleWeight),
    };
    return manifest({ X, y, estimator: this.template(), options });
  }
}

type Scorers = Readonly<Record<string, Scorer | null>>;

/** The candidates that were evaluated, in order, and their scores on each split. */
interface Table {
  readonly params: Readonly<Record<string, unknown>>[];
  readonly results: (readonly FitScore[])[];
}

/** What a strategy of search is told. */
export interface SearchContext extends Prepared {
  readonly context: FitContext;
}

function warnOfUnweighted(scorers: Scorers, source: string): void {
  for (const scorer of Object.values(scorers)) {
    if (scorer === null || scorer.takesSampleWeight) continue;
    warn({
      kind: 'user',
      source,
      message: `scorer ${scorer.name} knows no weights: sampleWeight weighs the fits only`,
    });
  }
}

/** Warns where a mean score is no finite number: such candidates are never the best. */
function warnOfGaps(results: CvResults, names: readonly string[], source: string): void {
  for (const name of names) {
    const means = (results as unknown as Record<string, Float64Array>)[resultKey('meanTest', name)]!;
    const gaps = means.filter(mean => !Number.isFinite(mean)).length;
    if (gaps === 0) continue;
    const message = `the mean test ${name} of ${gaps} of ${means.length} candidates is not finite`;
    warn({ kind: 'undefined-metric', source, message });
  }
}
