import { type MatrixLike, toTable } from '../array/index.ts';
import { checkLength, checkSampleWeight, isMultiOutput, type Label, type Target, takeTarget } from '../check/index.ts';
import type { CallOptions } from '../core/index.ts';
import type { Samples } from './fit-and-score.ts';
import { countTarget } from './splitters/read-labels.ts';

/** What belongs to each sample besides its features and its target. */
export interface PerSample {
  readonly sampleWeight?: ArrayLike<number> | undefined;
  readonly groups?: ArrayLike<Label> | undefined;
  /** Where the fits compute; scores are always computed on the processor. @default 'cpu' */
  readonly device?: CallOptions['device'];
}

/**
 * What a search works on, read once: a table whose rows can be taken, and as many targets, weights and groups.
 *
 * @throws InvalidInputError on ragged rows and wrong lengths.
 */
export function readSamples(
  X: MatrixLike,
  y: Target | undefined,
  { sampleWeight, groups, device }: PerSample,
  action: string,
): Samples {
  const table = toTable(X, action);
  const hasTarget = y !== undefined && y !== null;
  if (hasTarget) checkLength('y', countTarget(y, action), table.rows, action);
  if (groups !== undefined) checkLength('groups', groups.length, table.rows, action);
  return {
    device,
    X: table,
    y: hasTarget ? readList(y, table.rows) : undefined,
    sampleWeight: sampleWeight === undefined ? undefined : checkSampleWeight(sampleWeight, table.rows, action),
    groups: groups === undefined ? undefined : Array.from(readList(groups, table.rows) as ArrayLike<Label>),
  };
}

/** Table columns are copied into an array, so that workers can be sent them. */
function readList(list: Target, rows: number): Target {
  if (Array.isArray(list) || ArrayBuffer.isView(list) || isMultiOutput(list)) return list;
  return takeTarget(
    list,
    Int32Array.from({ length: rows }, (_, i) => i),
  );
}
