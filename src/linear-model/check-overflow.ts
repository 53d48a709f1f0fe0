import { CsrMatrix, type Matrix } from '../array/index.ts';
import { InvalidInputError, show } from '../errors/index.ts';
import { largestEntry } from '../linalg/index.ts';
import type { LinearWeights } from './linear-scores.ts';

/** Squares of numbers up to this can be summed without overflow. */
const LIMIT = 1e150;

/** @throws InvalidInputError if a solver that sums squares cannot compute with a table, which is named by `name`. */
export function checkMagnitude(name: string, table: Matrix | CsrMatrix, action: string, limit = LIMIT): void {
  const { data, columns } = table;
  if (largestEntry(data) <= limit) return;
  const at = data.findIndex(value => Math.abs(value) > limit);
  const [row, column] =
    table instanceof CsrMatrix
      ? [table.indptr.findLastIndex(start => start <= at), table.indices[at]]
      : [Math.floor(at / columns), at % columns];
  throw new InvalidInputError({
    action,
    rule: `${name} must lie within ±${limit}, so that no sum of squares overflows`,
    received: `${show(data[at])} at row ${row}, column ${column}`,
    repair: 'scale it, e.g. with StandardScaler',
  });
}

/** @throws InvalidInputError if coefficients or intercepts are not finite: the data were too large to compute with. */
export function checkFiniteWeights<W extends LinearWeights>(weights: W, action: string): W {
  if (weights.coef.data.every(Number.isFinite) && weights.intercept.every(Number.isFinite)) return weights;
  throw new InvalidInputError({
    action,
    rule: 'sums over X and y must not overflow',
    received: 'values too large for double precision',
    repair: 'scale them, e.g. with StandardScaler',
  });
}
