/** Successive halving: many candidates on few resources first, the best of them on more. */
import { boolean, either, integer, oneOf, type ParamsOf, real, seed, text, uniqueLabels } from '../../check/index.ts';
import type { AnyEstimator } from '../../core/index.ts';
import { InvalidInputError, InvalidParamError, show } from '../../errors/index.ts';
import { RandomState } from '../../random/index.ts';
import type { Work } from '../../work/index.ts';
import type { Prepared } from '../cv-options.ts';
import { mean } from '../numpy-sums.ts';
import { labelsOf } from '../splitters/read-labels.ts';
import type { Split } from '../splitters/splitter.ts';
import { BaseSearch, type EvaluateCandidates, type SearchContext, type SearchOutcome } from './base-search.ts';
import type { CvResults } from './cv-results.ts';
import { type SearchSpec, searchSpec } from './search-spec.ts';

/** Parameters of every halving search; `minResources` has another default where candidates are drawn. */
export const halvingSpec = {
  ...searchSpec,
  /** Score the training samples too. */
  returnTrainScore: boolean({ default: true }),
  /** What grows from round to round: `'nSamples'`, or the name of a parameter that takes whole numbers. */
  resource: text({ default: 'nSamples' }),
  /** How much it grows, and the inverse share of the candidates that go on. */
  factor: real({ above: 1, default: 3 }),
  /** Most resources for one candidate; `'auto'` is the number of samples. */
  maxResources: either(oneOf(['auto'], { default: 'auto' }), integer({ min: 1, default: 1 })),
  /**
   * Resources of the first round: a number, `'smallest'` (two samples per split and class; 1 of a parameter), or
   * `'exhaust'` (so that the last round has as much as it may).
   */
  minResources: either(oneOf(['exhaust', 'smallest'], { default: 'exhaust' }), integer({ min: 1, default: 1 })),
  /** Repeat rounds on the least resources until few enough candidates are left for the rounds there is room for. */
  aggressiveElimination: boolean({ default: false }),
  /** Seed of the subsamples, and of drawn candidates. */
  randomState: seed(),
};

export type HalvingSpec = typeof halvingSpec & SearchSpec;
export type HalvingParams = ParamsOf<typeof halvingSpec>;

/** How the rounds went. */
export interface HalvingLearned {
  readonly nResources: readonly number[];
  readonly nCandidates: readonly number[];
  readonly nRemainingCandidates: number;
  readonly minResources: number;
  readonly maxResources: number;
  readonly nRequiredIterations: number;
  readonly nPossibleIterations: number;
}

type Candidate = Readonly<Record<string, unknown>>;

/** The table of a halving search also says in which round, and on how many resources. */
export type HalvingCvResults<P> = CvResults<P> & { readonly iter: Int32Array; readonly nResources: Int32Array };

/** A search that gives few resources to many candidates and more to the best of them. */
export abstract class HalvingSearch<E extends AnyEstimator, S extends HalvingSpec> extends BaseSearch<
  E,
  S,
  HalvingLearned
> {
  override get cvResults_(): HalvingCvResults<(typeof this)['bestParams_']> {
    return super.cvResults_ as HalvingCvResults<(typeof this)['bestParams_']>;
  }

  /** Resources per candidate of each round. */
  get nResources_(): readonly number[] {
    return this.learned.nResources;
  }

  /** Candidates of each round. */
  get nCandidates_(): readonly number[] {
    return this.learned.nCandidates;
  }

  /** Candidates that would have gone on after the last round. */
  get nRemainingCandidates_(): number {
    return this.learned.nRemainingCandidates;
  }

  /** Resources of the first round. */
  get minResources_(): number {
    return this.learned.minResources;
  }

  /** Most resources that one candidate may have. */
  get maxResources_(): number {
    return this.learned.maxResources;
  }

  /** Number of rounds. */
  get nIterations_(): number {
    return this.learned.nResources.length;
  }

  /** Rounds after which fewer than `factor` candidates are left. */
  get nRequiredIterations_(): number {
    return this.learned.nRequiredIterations;
  }

  /** Rounds that the resources allow. */
  get nPossibleIterations_(): number {
    return this.learned.nPossibleIterations;
  }

  /** The candidates of the first round. */
  protected abstract candidates(minResources: number, maxResources: number, seed: number): readonly Candidate[];

  protected override *search(
    evaluateCandidates: EvaluateCandidates,
    { context, ...prepared }: SearchContext,
  ): Work<SearchOutcome<HalvingLearned>> {
    const { resource, factor } = this.#own;
    const { candidates, ...plan } = this.#plan(prepared, context.seed);
    const rounds: { readonly resources: number; readonly candidates: number }[] = [];
    let left = candidates;
    for (const resources of plan.nResources) {
      const isSamples = resource === 'nSamples';
      if (!isSamples) left = left.map(candidate => ({ ...candidate, [resource]: resources }));
      const share = resources / prepared.samples.X.rows;
      const splits = isSamples ? prepared.splits.map(split => subsample(split, share, context.seed)) : prepared.splits;
      const results = yield* evaluateCandidates(left, splits);
      rounds.push({ resources, candidates: left.length });
      const means = results.map(row => mean(row.map(result => result.testScores.score!)));
      left = keepBest(left, means, Math.ceil(left.length / factor));
    }
    const column = (read: (round: (typeof rounds)[number], iter: number) => number) =>
      Int32Array.from(rounds.flatMap((round, iter) => new Array<number>(round.candidates).fill(read(round, iter))));
    return {
      columns: { iter: column((_, iter) => iter), nResources: column(round => round.resources) },
      learned: { ...plan, nCandidates: rounds.map(round => round.candidates), nRemainingCandidates: left.length },
    };
  }

  /** The best of the last round: earlier rounds had fewer resources. */
  protected override chooseBest(results: CvResults): number {
    const { iter, meanTestScore } = results as HalvingCvResults<Candidate> & { meanTestScore: Float64Array };
    const first = iter.indexOf(iter.at(-1)!);
    const scores = meanTestScore.subarray(first);
    const best = scores.filter(score => !Number.isNaN(score)).reduce((most, score) => Math.max(most, score), -Infinity);
    return first + Math.max(0, scores.indexOf(best));
  }

  /** @throws InvalidParamError if the resource cannot be one, or there are several scorers. */
  protected checkResource(names: readonly string[]): void {
    const { resource, maxResources, scoring } = this.#own;
    const action = `make ${this.name}`;
    if (
      typeof scoring === 'object' &&
      scoring !== null &&
      typeof (scoring as { metric?: unknown }).metric !== 'function'
    ) {
      throw new InvalidParamError({ action, rule: 'scoring must be one scorer', received: show(scoring) });
    }
    if (resource === 'nSamples') return;
    if (!Object.hasOwn(this.template().getParams(), resource)) {
      throw new InvalidParamError({
        action,
        rule: "resource must be 'nSamples' or a parameter of the estimator",
        received: show(resource),
      });
    }
    if (names.includes(resource)) {
      throw new InvalidParamError({
        action,
        rule: 'resource must not be among the searched parameters',
        received: show(resource),
      });
    }
    if (maxResources === 'auto') {
      throw new InvalidParamError({
        action,
        rule: "maxResources must be a number where resource is not 'nSamples'",
        received: show(maxResources),
      });
    }
  }

  /** How many resources each round has. */
  #plan({ samples, splits }: Prepared, seed: number) {
    const { factor, aggressiveElimination, ...own } = this.#own;
    const maxResources = own.maxResources === 'auto' ? samples.X.rows : own.maxResources;
    const least = typeof own.minResources === 'number' ? own.minResources : this.#smallest({ samples, splits });
    if (least > maxResources || (own.resource === 'nSamples' && maxResources > samples.X.rows)) {
      throw new InvalidInputError({
        action: `fit ${this.name}`,
        rule: `resources must grow from minResources (${least}) to maxResources, at most ${samples.X.rows} samples`,
        received: `maxResources ${maxResources}`,
      });
    }
    const candidates = this.candidates(least, maxResources, seed);
    const nRequiredIterations = 1 + Math.floor(Math.log(candidates.length) / Math.log(factor));
    const minResources =
      own.minResources === 'exhaust'
        ? Math.max(least, Math.floor(maxResources / power(factor, nRequiredIterations - 1)))
        : least;
    const nPossibleIterations = 1 + Math.floor(Math.log(Math.floor(maxResources / minResources)) / Math.log(factor));
    const rounds = aggressiveElimination ? nRequiredIterations : Math.min(nPossibleIterations, nRequiredIterations);
    const nResources = Array.from({ length: rounds }, (_, iter) => {
      const exponent = aggressiveElimination ? Math.max(0, iter - nRequiredIterations + nPossibleIterations) : iter;
      return Math.min(Math.floor(power(factor, exponent) * minResources), maxResources);
    });
    return { candidates, minResources, maxResources, nRequiredIterations, nPossibleIterations, nResources };
  }

  #smallest({ samples: { y }, splits }: Prepared): number {
    if (this.#own.resource !== 'nSamples') return 1;
    const isClassified = this.template().kind === 'classifier' && y !== undefined;
    return 2 * splits.length * (isClassified ? uniqueLabels(`fit ${this.name}`, labelsOf(y).flat()).length : 1);
  }

  get #own() {
    return this.params as unknown as HalvingParams;
  }
}

/** The share of both sides of a split, drawn without replacement; every split starts the same stream. */
function subsample({ train, test }: Split, share: number, seed: number): Split {
  const take = (rows: Int32Array): Int32Array =>
    new RandomState(seed)
      .permutation(rows.length)
      .slice(0, Math.floor(share * rows.length))
      .map(place => rows[place]!);
  const taken = { train: take(train), test: take(test) };
  if (taken.train.length > 0 && taken.test.length > 0) return taken;
  throw new InvalidInputError({
    action: 'search by halving',
    rule: 'every split must keep a sample on both sides',
    received: `${taken.train.length} for training and ${taken.test.length} for testing`,
    repair: "raise minResources, or pass 'smallest'",
  });
}

/** The `count` best candidates, the best last; NaN counts as worst. */
function keepBest(candidates: readonly Candidate[], means: readonly number[], count: number): readonly Candidate[] {
  const rank = (i: number) => (Number.isNaN(means[i]) ? -Infinity : means[i]!);
  const ascending = Array.from(candidates.keys()).sort((a, b) => rank(a) - rank(b) || 0);
  return ascending.slice(-count).map(i => candidates[i]!);
}

/** `base` to a whole power. */
function power(base: number, exponent: number): number {
  let result = 1;
  for (let i = 0; i < exponent; i++) result *= base;
  return result;
}
