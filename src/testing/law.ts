import type { AnyEstimator } from '../core/index.ts';
import type { Probe } from './probe.ts';

/** Makes a fresh, unfitted estimator. */
export type Factory = () => AnyEstimator;

/** One thing that every estimator of some kind does. */
export interface Law {
  /** A sentence. */
  readonly name: string;
  /** For which estimators it holds; all of them where it is absent. */
  readonly appliesTo?: (estimator: AnyEstimator) => boolean;
  /** Throws where it does not hold. */
  readonly check: (probe: Probe) => Promise<void>;
}

/** Whether an estimator's samples are rows of several columns: those of texts are not. */
export function readsTables(estimator: AnyEstimator): boolean {
  return estimator.traits.input !== 'text';
}
