import type { Factory, Law } from './law.ts';
import { laws } from './laws/all-laws.ts';
import { Probe } from './probe.ts';

export interface CheckEstimatorOptions {
  /** Laws that do not hold, by their name (or its beginning), with the reason. */
  readonly waived?: Readonly<Record<string, string>>;
}

/** One law for one estimator. */
export interface EstimatorCheck {
  /** The law, as a sentence. */
  readonly name: string;
  /** @throws Error that says what does not hold. */
  readonly run: () => Promise<void>;
}

/**
 * The laws that an estimator must obey, for any test runner: each check has a name and runs by itself. The factory
 * makes a fresh estimator each time, with a fixed `randomState` where it has one.
 *
 * @throws Error if a waived law does not exist.
 *
 * @example
 * import { StandardScaler } from 'fitwise';
 * import { checkEstimator } from 'fitwise/testing';
 * for (const { run } of checkEstimator(() => new StandardScaler())) await run();
 */
export function checkEstimator(make: Factory, { waived = {} }: CheckEstimatorOptions = {}): EstimatorCheck[] {
  const unknown = Object.keys(waived).find(start => !laws.some(law => law.name.startsWith(start)));
  if (unknown !== undefined) throw new Error(`there is no law '${unknown}' to waive`);
  const isWaived = ({ name }: Law) => Object.keys(waived).some(start => name.startsWith(start));
  const estimator = make();
  return laws
    .filter(law => (law.appliesTo?.(estimator) ?? true) && !isWaived(law))
    .map(law => ({ name: law.name, run: () => law.check(new Probe(make)) }));
}
