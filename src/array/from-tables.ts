/** Tables of named columns from what holds them: a column at a time, with a pause after each. */
import { InvalidInputError, show } from '../errors/index.ts';
import { type Cell, type Column, Frame } from './frame.ts';
import { checkCells } from './from-cells.ts';
import { isArrayLike, isObject } from './input-kinds.ts';
import type { ArqueroLike, ArrowColumnLike, ArrowLike, RowObject } from './input-types.ts';
import { inSteps, type Steps } from './steps.ts';

/** Columns are called `x0`, `x1`, ... */
export function fromUnnamed(X: readonly ArrayLike<Cell>[], action: string): Steps<Frame> {
  const width = checkCells(X, action);
  const names = Array.from({ length: width }, (_, j) => `x${j}`);
  return frameOf(names, X.length, action, (_, j) => X.map(row => row[j]));
}

export function* fromRowObjects(X: readonly RowObject[], action: string): Steps<Frame> {
  const names = Object.keys(X[0] ?? {});
  const known = new Set(names);
  yield* inSteps(X.length, names.length, (from, to) => {
    for (let i = from; i < to; i++) checkRowObject(X[i], known, i, action);
  });
  const own = (row: RowObject, name: string) => (Object.hasOwn(row, name) ? row[name] : undefined);
  return yield* frameOf(names, X.length, action, name => X.map(row => own(row, name)));
}

function checkRowObject(row: unknown, known: ReadonlySet<string>, i: number, action: string): void {
  const isRow = isObject(row) && !isArrayLike(row);
  const extra = isRow ? Object.keys(row).find(name => !known.has(name)) : undefined;
  if (isRow && extra === undefined) return;
  throw new InvalidInputError({
    action,
    rule: `X must have rows with the columns of row 0 (${show([...known])})`,
    received: `${extra === undefined ? show(row) : `column ${show(extra)}`} at row ${i}`,
  });
}

export function fromArquero(table: ArqueroLike, action: string): Steps<Frame> {
  let rows = 0;
  table.scan(() => {
    rows++;
  }, true);
  return frameOf(table.columnNames(), rows, action, name => {
    const read = table.getter(name);
    return Array.from({ length: rows }, (_, i) => read.call(table, i));
  });
}

export function fromArrow(table: ArrowLike, action: string): Steps<Frame> {
  const { fields } = table.schema;
  const names = fields.map(({ name }) => name);
  return frameOf(names, table.numRows, action, (name, j) => {
    if (DATES.includes(fields[j]!.type?.typeId)) {
      throw new InvalidInputError({
        action,
        rule: 'X must hold numbers, strings and booleans',
        received: `dates in column ${show(name)}`,
        repair: 'convert them first, e.g. to days since a date of your choice',
      });
    }
    const child = table.getChild(name);
    return Array.from({ length: table.numRows }, (_, i) => readArrowCell(child, i, action, name));
  });
}

function* frameOf(
  names: readonly string[],
  rows: number,
  action: string,
  read: (name: string, j: number) => readonly unknown[],
): Steps<Frame> {
  const columns: Column[] = [];
  for (const [j, name] of names.entries()) {
    columns.push(makeColumn(name, read(name, j), action));
    yield { ops: rows };
  }
  return new Frame(columns, rows);
}

/** Arrow's type ids of dates and timestamps, which its libraries read as milliseconds without a word. */
const DATES: readonly (number | undefined)[] = [8, 10];

function readArrowCell(child: ArrowColumnLike | null | undefined, row: number, action: string, name: string): unknown {
  try {
    return child!.at(row);
  } catch (error) {
    throw new InvalidInputError({
      action,
      rule: `column ${show(name)} must be readable`,
      received: `'${error instanceof Error ? error.message : show(error)}' at row ${row}`,
    });
  }
}

/** Numbers with holes become a `Float64Array`; anything else stays as it is, cell by cell. */
function makeColumn(name: string, values: readonly unknown[], action: string): Column {
  const isNumeric = values.every(value => typeof value === 'number' || value === null || value === undefined);
  if (isNumeric && values.some(value => typeof value === 'number')) {
    return { name, values: Float64Array.from(values, value => (typeof value === 'number' ? value : Number.NaN)) };
  }
  return { name, values: values.map((value, row) => toCell(value, action, row, name)) };
}

function toCell(value: unknown, action: string, row: number, name: string): Cell {
  if (value === null || value === undefined) return value;
  if (typeof value === 'number' || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'bigint' && value >= -(2n ** 53n) && value <= 2n ** 53n) return Number(value);
  throw new InvalidInputError({
    action,
    rule: 'X must hold numbers, strings and booleans',
    received: `${show(value)} at row ${row}, column ${show(name)}`,
    ...(value instanceof Date ? { repair: 'convert it first, e.g. with getTime()' } : {}),
  });
}
