import type { Target } from '../check/index.ts';
import { InvalidInputError, showShape, warn } from '../errors/index.ts';
import type { Traits } from './traits.ts';

/**
 * Whether predictions have columns. A `y` of one column, given to an estimator that knows one output only, is taken
 * as a plain list, with a warning.
 *
 * @throws InvalidInputError if the estimator knows one output only and `y` has more.
 */
export function settleOutputs(
  target: { readonly isMultiOutput: boolean; readonly columns: number; readonly rows: number },
  traits: Traits,
  source: string,
  action: string,
): boolean {
  if (!target.isMultiOutput || traits.multiOutput) return target.isMultiOutput;
  if (target.columns === 1) {
    warn({ kind: 'data-conversion', source, message: 'a y of one column was taken as a plain list of values' });
    return false;
  }
  throw new InvalidInputError({
    action,
    rule: 'y must have one output',
    received: showShape(target.rows, target.columns),
    repair: 'fit one estimator per output',
  });
}

/** Options of `score`. */
export interface ScoreOptions {
  readonly sampleWeight?: ArrayLike<number> | undefined;
}

/** The target of `score`, whatever its form. */
export type ScoreTarget = Target;
