import { type Rule, value } from '../../check/index.ts';
import type { AnyEstimator } from '../../core/index.ts';
import { RandomState } from '../../random/index.ts';
import { checkCandidates } from './candidates.ts';
import { isDistribution } from './distributions.ts';
import { type DistributionsLike, ParameterSampler } from './parameter-sampler.ts';

/** Rule of `paramDistributions`. */
export function distributionsRule(): Rule<DistributionsLike | readonly DistributionsLike[]> {
  return value<DistributionsLike | readonly DistributionsLike[]>({
    default: {},
    expected: 'lists of values or distributions by parameter name, or a list of such records',
    accepts: candidate => typeof candidate === 'object' && candidate !== null,
  });
}

/**
 * Checks every name, and every value of a list once; of a distribution one draw is tried.
 *
 * @throws InvalidParamError on a name that the estimator lacks, or a value that it refuses.
 */
export function checkDistributions(
  estimator: AnyEstimator,
  distributions: DistributionsLike | readonly DistributionsLike[],
): void {
  for (const record of new ParameterSampler(distributions).records) checkCandidates(estimator, samplesOf(record));
}

/** Candidates in which each listed value occurs. */
function* samplesOf(record: DistributionsLike): Generator<Record<string, unknown>> {
  const random = new RandomState(0);
  const longest = Math.max(1, ...Object.values(record).map(values => (isDistribution(values) ? 1 : values!.length)));
  for (let k = 0; k < longest; k++) {
    const pick = Object.entries(record).map(([name, values]) => [
      name,
      isDistribution(values) ? values.rvs(random) : values![k % values!.length],
    ]);
    yield Object.fromEntries(pick);
  }
}
