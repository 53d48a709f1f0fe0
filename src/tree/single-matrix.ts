import type { Matrix } from '../array/index.ts';
import { InvalidInputError, show } from '../errors/index.ts';

/** A feature matrix as trees compare it, row-major. */
export interface SingleMatrix {
  readonly data: Float32Array;
  readonly rows: number;
  readonly columns: number;
}

/** @throws InvalidInputError on a number that single precision cannot hold: trees would take it for infinite. */
export function toSingle({ data, rows, columns }: Matrix, action: string): SingleMatrix {
  const single = new Float32Array(data);
  const at = firstInfinite(single);
  if (at === -1) return { data: single, rows, columns };
  throw new InvalidInputError({
    action,
    rule: 'X must fit single precision, in which trees work',
    received: `${show(data[at])} at row ${Math.floor(at / columns)}, column ${at % columns}`,
    repair: 'scale the features',
  });
}

function firstInfinite(values: Float32Array): number {
  for (let at = 0; at < values.length; at++) if (Math.abs(values[at]!) === Infinity) return at;
  return -1;
}
