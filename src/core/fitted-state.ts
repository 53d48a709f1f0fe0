import { NotFittedError } from '../errors/index.ts';

/** Everything that a fit leaves behind, replaced in one go. */
export interface FittedState<L> {
  readonly learned: L;
  readonly nFeaturesIn: number;
  readonly featureNamesIn: readonly string[] | undefined;
  /** The integer that stands for `randomState` in this fit, where the estimator has one. */
  readonly seed: number | undefined;
}

/**
 * The state itself, once there is one.
 *
 * @throws NotFittedError before `fit`.
 */
export function checkFitted<L>(state: FittedState<L> | undefined, action: string): FittedState<L> {
  if (state !== undefined) return state;
  throw new NotFittedError({ action, rule: 'fit must be called first', received: 'an unfitted estimator' });
}
