import type { Matrix } from '../array/index.ts';
import { InvalidInputError, show } from '../errors/index.ts';

/** A feature matrix as trees compare it, row-major. */
export interface SingleMatrix {
  readonly data: Float32Array;
  readonly rows: number;
  readonly columns: number;
}

/** @throws InvalidInputError on a number that single precision cannot hold: trees would take it for infinite. */
export function toSingle(X: Matrix, action: string): SingleMatrix {
  checkSingle(X, action);
  return { data: new Float32Array(X.data), rows: X.rows, columns: X.columns };
}

/** The rule of `toSingle` without the copy. */
export function checkSingle({ data, columns }: Matrix, action: string): void {
  const at = firstInfinite(data);
  if (at === -1) return;
  throw new InvalidInputError({
    action,
    rule: 'X must fit single precision, in which trees work',
    received: `${show(data[at])} at row ${Math.floor(at / columns)}, column ${at % columns}`,
    repair: 'scale the features',
  });
}

function firstInfinite(values: Float64Array): number {
  for (let at = 0; at < values.length; at++) if (Math.abs(Math.fround(values[at]!)) === Infinity) return at;
  return -1;
}
