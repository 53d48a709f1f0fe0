import { InvalidInputError, show } from '../errors/index.ts';

/** One value of a table; `null` and `undefined` mean that it is missing. */
export type Cell = number | string | boolean | null | undefined;

/** A named column: numbers in a `Float64Array` (missing is `NaN`), or cells where some are not numbers. */
export interface Column {
  readonly name: string;
  readonly values: Float64Array | readonly Cell[];
}

/**
 * A table of named columns of mixed types: what arquero tables, Arrow tables and arrays of row objects become at
 * the boundary, and what transformers return under `setOutput('table')`. It has arquero's reading methods, so
 * whatever reads those tables reads frames.
 *
 * @example
 * import { Frame } from 'fitwise';
 * const frame = new Frame([{ name: 'age', values: new Float64Array([31, 44]) }, { name: 'city', values: ['Ulm', 'Bonn'] }]);
 * frame.array('city'); // ['Ulm', 'Bonn']
 */
export class Frame {
  readonly columns: readonly Column[];
  readonly rows: number;

  /** @throws InvalidInputError if names repeat or lengths differ. */
  constructor(columns: readonly Column[], rows = columns?.[0]?.values?.length ?? 0) {
    if (!Array.isArray(columns) || !columns.every(isColumn)) {
      refuse('columns must be a list of { name, values }', show(columns));
    }
    if (!(Number.isSafeInteger(rows) && rows >= 0)) refuse('rows must be a whole number >= 0', show(rows));
    const seen = new Set<string>();
    for (const { name, values } of columns) {
      if (seen.has(name)) refuse('column names must be unique', show(name));
      if (values.length !== rows) refuse(`column ${show(name)} must have ${rows} values`, `length ${values.length}`);
      seen.add(name);
    }
    this.columns = columns;
    this.rows = rows;
  }

  columnNames(): string[] {
    return this.columns.map(column => column.name);
  }

  numRows(): number {
    return this.rows;
  }

  numCols(): number {
    return this.columns.length;
  }

  /** @throws InvalidInputError if there is no such column. */
  array(name: string): Column['values'] {
    const column = this.columns.find(other => other.name === name);
    if (column === undefined) {
      throw new InvalidInputError({
        action: 'read a Frame',
        rule: `the column must be one of ${show(this.columnNames())}`,
        received: show(name),
      });
    }
    return column.values;
  }

  /** The columns at `indices`, in that order, without copying their values. */
  takeColumns(indices: readonly number[]): Frame {
    return new Frame(
      indices.map(j => this.columns[j]!),
      this.rows,
    );
  }

  /** A copy of the rows at `indices`, in that order. */
  takeRows(indices: ArrayLike<number>): Frame {
    const take = ({ name, values }: Column): Column => ({ name, values: takeCells(values, indices) });
    return new Frame(this.columns.map(take), indices.length);
  }

  /** The rows as lists of cells. */
  toArray(): Cell[][] {
    return Array.from({ length: this.rows }, (_, i) => this.columns.map(({ values }) => values[i]));
  }

  /** The rows as objects. */
  objects(): Record<string, Cell>[] {
    return Array.from({ length: this.rows }, (_, i) =>
      Object.fromEntries(this.columns.map(({ name, values }) => [name, values[i]])),
    );
  }
}

function isColumn(candidate: unknown): boolean {
  const { name, values } = (candidate ?? {}) as Partial<Column>;
  return typeof name === 'string' && (Array.isArray(values) || values instanceof Float64Array);
}

function takeCells(values: Column['values'], indices: ArrayLike<number>): Column['values'] {
  if (values instanceof Float64Array) return Float64Array.from(indices, i => values[i]!);
  return Array.from(indices, i => values[i]);
}

function refuse(rule: string, received: string): never {
  throw new InvalidInputError({ action: 'make a Frame', rule, received });
}
