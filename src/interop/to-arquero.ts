import { Frame } from '../array/index.ts';
import { InvalidInputError, show } from '../errors/index.ts';

/** The reading part of an arquero table, so that our types do not need arquero's. */
export interface ArqueroTable {
  numRows(): number;
  numCols(): number;
  columnNames(): string[];
  array(name: string): ArrayLike<unknown>;
  get(name: string, row?: number): unknown;
  objects(): object[];
  print(): unknown;
}

/**
 * The columns of a frame as an arquero table, with all of arquero's verbs; arquero is loaded on the first call.
 *
 * @typeParam Table arquero's `ColumnTable`, where the compiler is to know the verbs
 *
 * @throws InvalidInputError on what is no frame.
 *
 * @example
 * import { Matrix, toArquero } from 'fitwise';
 * const table = await toArquero(Matrix.fromRows([[1, 2]]).toTable(['a', 'b']));
 * table.get('b', 0); // 2
 */
export async function toArquero<Table extends ArqueroTable = ArqueroTable>(frame: Frame): Promise<Table> {
  if (!(frame instanceof Frame)) {
    const rule = 'the table must be a Frame, as setOutput and toTable give it';
    throw new InvalidInputError({ action: 'make an arquero table', rule, received: show(frame) });
  }
  const { table } = await import('arquero');
  const columns = Object.fromEntries(frame.columns.map(({ name, values }) => [name, values]));
  return table(columns, frame.columnNames()) as ArqueroTable as Table;
}
