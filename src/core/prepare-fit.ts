import type { MatrixLike } from '../array/index.ts';
import { checkSampleWeight, checkSize } from '../check/index.ts';
import { InvalidInputError, show } from '../errors/index.ts';
import { type Seed, seedOf } from '../random/index.ts';
import type { Work } from '../work/index.ts';
import { checkFitOptions } from './check-fit-options.ts';
import type { FitContext } from './context.ts';
import type { AnyEstimator } from './estimator.ts';
import { checkFitted, type FittedState } from './fitted-state.ts';
import type { FitOptions } from './options.ts';
import { type Entry, needsPreparing, prepareInput, readInput } from './read-input.ts';

/** What a fit may start from. */
export interface Start {
  readonly previous?: object | undefined;
  readonly looser?: FittedState<object> | undefined;
  readonly isUpdate: boolean;
}

/** A fit whose data and options are checked. */
export interface PreparedFit {
  readonly entry: Entry;
  /** What `learn` is told, all but the device's products. */
  readonly context: Omit<FitContext, 'compute'>;
}

/**
 * Checks what a fit is given, the target apart, and settles its seed.
 *
 * @throws InvalidParamError, InvalidInputError on options and data that break a rule.
 */
export function* prepareFit(model: AnyEstimator, X: MatrixLike, options: FitOptions, start: Start): Work<PreparedFit> {
  const { name, traits } = model;
  const action = `fit ${name}`;
  checkFitOptions(options, model.consumes, action);
  const given = needsPreparing(X, traits) ? yield* prepareInput(X, action, traits) : X;
  const entry = readInput(given, action, traits, { isRaw: traits.findsInfinite === true });
  checkSize(entry.rows, entry.columns, action, traits.minRows ?? 1);
  const previous = start.previous ?? warmStart(model, options.warmStartFrom, entry.columns, action);
  const { sampleWeight } = options;
  const weights = sampleWeight === undefined ? undefined : checkSampleWeight(sampleWeight, entry.rows, action);
  const { randomState } = model.params as { randomState?: Seed };
  const seed = randomState === undefined ? 0 : seedOf(randomState);
  const context = {
    action,
    options,
    featureNames: entry.names,
    sampleWeight: weights,
    seed: start.looser?.seed ?? seed,
    isUpdate: start.isUpdate,
    previous,
    looser: start.looser?.learned,
  };
  return { entry, context };
}

/** What was learned from other features, or by another class, cannot be gone on from. */
function warmStart(
  model: AnyEstimator,
  from: object | null | undefined,
  columns: number,
  action: string,
): object | undefined {
  if (from === undefined) return undefined;
  if (from?.constructor !== model.constructor) {
    throw new InvalidInputError({ action, rule: `warmStartFrom must be a fitted ${model.name}`, received: show(from) });
  }
  const { learned, nFeaturesIn } = checkFitted((from as AnyEstimator).exportState(), action);
  if (nFeaturesIn === columns) return learned;
  throw new InvalidInputError({
    action,
    rule: `X must have as many features as warmStartFrom was fitted on (${nFeaturesIn})`,
    received: `${columns}`,
  });
}
