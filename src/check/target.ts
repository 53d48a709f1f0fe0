import { Matrix } from '../array/index.ts';
import { InvalidInputError, show, showShape } from '../errors/index.ts';
import { type EncodedLabels, encodeLabels, type Label } from './labels.ts';
import { checkLength } from './length.ts';
import { isListLike } from './list-like.ts';

/**
 * What may be a `y`: one value per sample (any array, typed array or table column), or one row per sample where
 * there are several outputs.
 */
export type Target = ArrayLike<Label> | Matrix | readonly ArrayLike<Label>[];

/** The labels of a classification target, encoded. */
export interface ClassTarget {
  /** One per output; a plain `y` has one. */
  readonly outputs: readonly EncodedLabels[];
  /** Whether `y` had one row per sample, so that predictions have columns too. */
  readonly isMultiOutput: boolean;
  readonly rows: number;
}

/** The values of a regression target. */
export interface RegressionTarget {
  /** rows × outputs. */
  readonly values: Matrix;
  /** Whether `y` had one row per sample, so that predictions are a `Matrix` too. */
  readonly isMultiOutput: boolean;
}

/**
 * Class labels of one or several outputs.
 *
 * @throws InvalidInputError on a missing y, a wrong length, continuous numbers, or labels of different types.
 */
export function checkClassTarget(y: Target | undefined, rows: number, action: string): ClassTarget {
  const columns = readColumns(y, rows, action);
  for (const column of columns.lists) refuseContinuous(column, action);
  const outputs = columns.lists.map(column => encodeLabels(action, column));
  return { outputs, isMultiOutput: columns.isMultiOutput, rows };
}

/**
 * Finite numbers of one or several outputs.
 *
 * @throws InvalidInputError on a missing y, a wrong length, or a value that is not a finite number.
 */
export function checkRegressionTarget(y: Target | undefined, rows: number, action: string): RegressionTarget {
  const { lists, isMultiOutput } = readColumns(y, rows, action);
  const numbers = lists.map(list => Float64Array.from(list, (value, row) => checkFinite(value, row, action)));
  return { values: Matrix.fromColumns(numbers, rows), isMultiOutput };
}

/** Whether `y` has one row per sample. */
export function isMultiOutput(y: Target): y is Matrix | readonly ArrayLike<Label>[] {
  return y instanceof Matrix || (Array.isArray(y) && isListLike(y[0]));
}

/** The rows of `y` at `indices`, in the form that `y` has. */
export function takeTarget<Y extends Target>(y: Y, indices: ArrayLike<number>): Y {
  if (y instanceof Matrix) return y.takeRows(indices) as Target as Y;
  const read = reader(y as ArrayLike<Label>);
  return Array.from(indices, i => read(i)) as Target as Y;
}

/** The values of each output, read once. */
function readColumns(
  y: Target | undefined,
  rows: number,
  action: string,
): { lists: Label[][]; isMultiOutput: boolean } {
  if (y === undefined || y === null) throw new InvalidInputError({ action, rule: 'y must be given', received: 'none' });
  const length = y instanceof Matrix ? y.rows : (y as ArrayLike<Label>).length;
  if (typeof y !== 'object' || typeof length !== 'number') {
    throw new InvalidInputError({ action, rule: 'y must be an array', received: show(y) });
  }
  checkLength('y', length, rows, action);
  if (y instanceof Matrix) {
    const lists = Array.from({ length: y.columns }, (_, j) => Array.from(y.column(j)));
    return { lists, isMultiOutput: true };
  }
  if (!isMultiOutput(y)) {
    const read = reader(y as ArrayLike<Label>);
    // Filled in a loop: `Array.from` with a function takes ten times as long.
    const list = new Array<Label>(length);
    for (let i = 0; i < length; i++) list[i] = read(i);
    return { lists: [list], isMultiOutput: false };
  }
  const table = y as readonly ArrayLike<Label>[];
  const width = table[0]!.length;
  for (const [i, row] of table.entries()) {
    if (isListLike(row) && row.length === width) continue;
    throw new InvalidInputError({
      action,
      rule: `y must have rows of one length (${width}, as row 0)`,
      received: `${isListLike(row) ? showShape(row.length) : show(row)} at row ${i}`,
    });
  }
  if (width === 0)
    throw new InvalidInputError({ action, rule: 'y must have at least one output', received: '0 columns' });
  return { lists: Array.from({ length: width }, (_, j) => table.map(row => row[j]!)), isMultiOutput: true };
}

/** Table columns are read by `at` or `get`, arrays by index. */
function reader(y: ArrayLike<Label>): (i: number) => Label {
  const column = y as { at?: (i: number) => Label; get?: (i: number) => Label };
  if (Array.isArray(y) || ArrayBuffer.isView(y)) return i => y[i]!;
  if (typeof column.at === 'function') return i => column.at!(i);
  if (typeof column.get === 'function') return i => column.get!(i);
  return i => y[i]!;
}

function checkFinite(value: unknown, row: number, action: string): number {
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  if (typeof value === 'boolean') return value ? 1 : 0;
  throw new InvalidInputError({ action, rule: 'y must hold finite numbers', received: `${show(value)} at row ${row}` });
}

function isContinuous(label: Label): boolean {
  return typeof label === 'number' && Number.isFinite(label) && !Number.isInteger(label);
}

function refuseContinuous(labels: readonly Label[], action: string): void {
  let row = 0;
  while (row < labels.length && !isContinuous(labels[row]!)) row++;
  if (row === labels.length) return;
  throw new InvalidInputError({
    action,
    rule: 'y must hold class labels, not continuous numbers',
    received: `${show(labels[row])} at row ${row}`,
    repair: 'use a regressor, or group the values into classes',
  });
}
