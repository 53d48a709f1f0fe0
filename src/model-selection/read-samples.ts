import { type MatrixLike, toTable } from '../array/index.ts';
import { checkLength, checkSampleWeight, isMultiOutput, type Target, takeTarget } from '../check/index.ts';
import type { Samples } from './fit-and-score.ts';

/**
 * What a search works on, read once: a table whose rows can be taken, and a y of the same length.
 *
 * @throws InvalidInputError on ragged rows and wrong lengths.
 */
export function readSamples(
  X: MatrixLike,
  y: Target | undefined,
  sampleWeight: ArrayLike<number> | undefined,
  action: string,
): Samples {
  const table = toTable(X, action);
  if (y !== undefined && y !== null) checkLength('y', 'rows' in y ? y.rows : y.length, table.rows, action);
  return {
    X: table,
    y:
      y === undefined || y === null || isPlainArray(y)
        ? y
        : takeTarget(
            y,
            Int32Array.from({ length: table.rows }, (_, i) => i),
          ),
    sampleWeight: sampleWeight === undefined ? undefined : checkSampleWeight(sampleWeight, table.rows, action),
  };
}

/** Table columns are copied into an array, so that workers can be sent them. */
function isPlainArray(y: Target): boolean {
  return Array.isArray(y) || ArrayBuffer.isView(y) || isMultiOutput(y);
}
