import type { FitContext } from '../core/index.ts';
import { InvalidInputError, InvalidParamError } from '../errors/index.ts';

/** The parameters that decide which problem is solved. */
interface PenaltyParams {
  readonly C: number;
  readonly l1Ratio: number;
  readonly dual: boolean;
  readonly solver: string;
}

/**
 * Refuses what a solver cannot do.
 *
 * @throws InvalidParamError if the solver does not know the penalty or the dual problem.
 * @throws InvalidInputError if it cannot start from another model.
 */
export function checkLogisticParams(
  { C, l1Ratio, dual, solver }: PenaltyParams,
  { action, previous }: FitContext,
): void {
  const refuse = (rule: string, received: string, repair: string): never => {
    throw new InvalidParamError({ action, rule, received, repair });
  };
  const isPlain = C === Infinity || l1Ratio === 0;
  const isElasticNet = C !== Infinity && l1Ratio > 0 && l1Ratio < 1;
  if (solver !== 'liblinear' && dual) {
    refuse(`dual must be false for solver '${solver}'`, 'dual true', "use solver 'liblinear'");
  }
  if (solver !== 'liblinear' && solver !== 'saga' && !isPlain) {
    refuse(`l1Ratio must be 0 for solver '${solver}'`, `l1Ratio ${l1Ratio}`, "use solver 'saga'");
  }
  if (solver !== 'liblinear') return;
  if (isElasticNet) refuse("l1Ratio must be 0 or 1 for solver 'liblinear'", `l1Ratio ${l1Ratio}`, "use solver 'saga'");
  if (C === Infinity) refuse("C must be finite for solver 'liblinear'", 'C Infinity', "use solver 'lbfgs'");
  if (dual && l1Ratio === 1) refuse('dual must be false for the l1 penalty', 'dual true', 'set dual to false');
  if (previous === undefined) return;
  throw new InvalidInputError({
    action,
    rule: "solver 'liblinear' must start from zero",
    received: 'warmStartFrom',
    repair: 'leave it out, or use another solver',
  });
}
