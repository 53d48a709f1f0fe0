import { checkParams, integer, type ParamsOf, seed } from '../../check/index.ts';
import { InvalidParamError, show, warn } from '../../errors/index.ts';
import { type RandomState, randomFrom, sampleWithoutReplacement } from '../../random/index.ts';
import { type GridLike, ParameterGrid } from '../parameter-grid.ts';
import { type Distribution, isDistribution } from './distributions.ts';

/** Lists of values, or distributions, by parameter name. */
export type DistributionsLike = Readonly<Record<string, readonly unknown[] | Distribution | undefined>>;

const spec = {
  /** Number of combinations. */
  nIter: integer({ min: 1, default: 10 }),
  /** Seed of the draws. */
  randomState: seed(),
};

/**
 * Random combinations of parameter values. Where all are lists, distinct combinations of the grid are drawn, at most
 * as many as there are; otherwise each value is drawn on its own (names sorted), from a record that is drawn first
 * where there are several.
 *
 * @example
 * import { ParameterSampler, uniform } from 'fitwise';
 * const sampler = new ParameterSampler({ a: [1, 2], b: uniform(0, 1) }, { nIter: 3, randomState: 0 });
 * [...sampler].length; // 3
 */
export class ParameterSampler implements Iterable<Record<string, unknown>> {
  readonly records: readonly DistributionsLike[];
  readonly params: ParamsOf<typeof spec>;

  /** @throws InvalidParamError if a value is neither a non-empty list nor a distribution. */
  constructor(
    distributions: DistributionsLike | readonly DistributionsLike[],
    params: Partial<ParamsOf<typeof spec>> = {},
  ) {
    this.records = (Array.isArray(distributions) ? distributions : [distributions]) as readonly DistributionsLike[];
    this.params = checkParams('ParameterSampler', spec, params);
    if (this.records.length === 0) {
      throw new InvalidParamError({
        action: 'make ParameterSampler',
        rule: 'there must be >= 1 record',
        received: 'none',
      });
    }
    for (const record of this.records) checkRecord(record);
  }

  /** Number of combinations that are drawn. */
  get length(): number {
    const grid = this.#grid();
    return grid === undefined ? this.params.nIter : Math.min(this.params.nIter, grid.length);
  }

  *[Symbol.iterator](): Generator<Record<string, unknown>> {
    const { nIter, randomState } = this.params;
    const random = randomFrom(randomState);
    const grid = this.#grid();
    if (grid === undefined) {
      for (let i = 0; i < nIter; i++) yield drawFrom(this.records[random.randint(0, this.records.length)]!, random);
      return;
    }
    if (grid.length < nIter) {
      const message = `the grid has ${grid.length} combinations, fewer than the ${nIter} asked for; all are taken`;
      warn({ kind: 'user', source: 'ParameterSampler', message });
    }
    for (const index of sampleWithoutReplacement(grid.length, this.length, { randomState: random }))
      yield grid.at(index)!;
  }

  /** All combinations, where there are finitely many. */
  #grid(): ParameterGrid | undefined {
    const areLists = this.records.every(record => Object.values(record).every(values => !isDistribution(values)));
    return areLists ? new ParameterGrid(this.records as readonly GridLike[]) : undefined;
  }
}

function drawFrom(record: DistributionsLike, random: RandomState): Record<string, unknown> {
  const drawn = Object.keys(record)
    .sort()
    .map(name => {
      const values = record[name]!;
      return [name, isDistribution(values) ? values.rvs(random) : values[random.randint(0, values.length)]];
    });
  return Object.fromEntries(drawn);
}

function checkRecord(record: unknown): void {
  const action = 'make ParameterSampler';
  if (typeof record !== 'object' || record === null || Array.isArray(record) || isDistribution(record)) {
    throw new InvalidParamError({
      action,
      rule: 'values must be given by parameter name',
      received: show(record),
    });
  }
  for (const [name, values] of Object.entries(record)) {
    if (isDistribution(values) || (Array.isArray(values) && values.length > 0)) continue;
    throw new InvalidParamError({
      action,
      rule: `${name} must be a non-empty list of values or a distribution`,
      received: show(values),
      repair: 'use uniform, logUniform, randomInteger, or an object with rvs(random)',
    });
  }
}
