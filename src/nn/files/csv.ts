import { type ArqueroLike, type Cell, type Column, type Frame, frameToMatrix, toFrame } from '../../array/index.ts';
import { checkParams, encodeLabels, type Label, nullable, oneOf, text, value } from '../../check/index.ts';
import { InvalidFileError, InvalidInputError, show } from '../../errors/index.ts';
import { type Tensor, tensor } from '../tensor/index.ts';

const ACTION = 'read a CSV file';

const spec = {
  /** Name of the column to predict. */
  target: nullable(text({ default: '' })),
  /** What stands between cells. */
  delimiter: value<string>({
    default: ',',
    expected: 'one character, and no letter, digit, quote or line break',
    accepts: given => typeof given === 'string' && /^[^\w"\r\n]$/.test(given),
  }),
  /** What stands between a number's whole part and its fraction. */
  decimal: oneOf(['.', ','], { default: '.' }),
};

export interface CsvOptions<T extends string | null = string | null> {
  /** Name of the column to predict. Default null: there is none. */
  readonly target?: T;
  /** What stands between cells, one character. Default `,`. */
  readonly delimiter?: string;
  /** What stands between a number's whole part and its fraction. Default `.`. */
  readonly decimal?: '.' | ',';
}

/** A table of numbers, and what is to be predicted from each of its rows. */
export interface CsvTensors<T extends string | null = string | null> {
  /** shape (rows, columns without the target); missing cells are NaN */
  readonly x: Tensor;
  /** shape (rows,): numbers as they are, others as places in `classes`; null without a target */
  readonly y: T extends string ? Tensor : null;
  readonly featureNames: readonly string[];
  /** The target's texts or booleans, sorted; null where it holds numbers. */
  readonly classes: readonly Label[] | null;
}

/**
 * The numbers of a CSV file (RFC 4180, with a line of names) as tensors, parsed by arquero, which the first call loads.
 *
 * @param source the text, or its bytes in UTF-8
 * @throws InvalidFileError if rows differ in length, a quote stays open, or names repeat
 * @throws InvalidInputError if a cell is no number, or the target is not there or has missing cells
 *
 * @example
 * import { readCsv } from 'fitwise/nn';
 * const { x, y, classes } = await readCsv('a,b,kind\n1,2,cat\n3,,dog\n', { target: 'kind' });
 * x.shape; // [2, 2]
 * y.toArray(); // [0, 1]
 * classes; // ['cat', 'dog']
 */
export async function readCsv<T extends string | null = null>(
  source: string | Uint8Array,
  options: CsvOptions<T> = {},
): Promise<CsvTensors<T>> {
  const { target, delimiter, decimal } = checkParams('readCsv', spec, options);
  const frame = await parse(textOf(source), delimiter, decimal);
  const names = frame.columnNames();
  const at = target === null ? -1 : names.indexOf(target);
  if (target !== null && at < 0) {
    throw new InvalidInputError({
      action: ACTION,
      rule: `target must be one of ${show(names)}`,
      received: show(target),
    });
  }
  const features = frame.takeColumns(names.flatMap((_, j) => (j === at ? [] : [j])));
  checkNumbers(features, decimal);
  const { y, classes } = at < 0 ? { y: null, classes: null } : readTarget(frame.columns[at]!);
  const x = tensor(frameToMatrix(features, ACTION));
  return { x, y: y as CsvTensors<T>['y'], featureNames: features.columnNames(), classes };
}

function readTarget({ name, values }: Column): { readonly y: Tensor; readonly classes: readonly Label[] | null } {
  const missing = values.findIndex((cell: unknown) => cell === null || cell === undefined || Number.isNaN(cell));
  if (missing >= 0) {
    const rule = `target ${show(name)} must have no missing cells`;
    throw new InvalidInputError({ action: ACTION, rule, received: `one at row ${missing}` });
  }
  if (values instanceof Float64Array) return { y: tensor(values), classes: null };
  const { classes, codes } = encodeLabels(ACTION, values as readonly Label[]);
  return { y: tensor(codes), classes };
}

/** arquero cuts long rows, fills short ones and lets the last of equal names win: all this is seen to here. */
async function parse(text: string, delimiter: string, decimal: string): Promise<Frame> {
  const { fromCSV } = await import('arquero');
  const { end, breaks } = scanLines(text, delimiter);
  if (text.slice(0, end).trim() === '') refuse('it must begin with a line of names', 'none');
  const head = fromCSV(text.slice(0, end), { delimiter, header: false, autoType: false });
  const names = head.columnNames().map(column => String(head.get(column, 0) ?? ''));
  if (new Set(names).size < names.length) refuse('its columns must have names of their own', show(names));
  const body = text.slice(end + (text.startsWith('\r\n', end) ? 2 : 1), endOfRows(text));
  if (body === '') refuse('it must have a row below its names', 'none');
  // One column more, by other names: rows of the right length have nothing there.
  const line = Array.from({ length: names.length + 1 }, (_, j) => `c${j}`).join(delimiter);
  // As many rows as there may be decide a column's type, and not the first thousand.
  const table = fromCSV(`${line}\n${body}`, { delimiter, decimal, autoMax: breaks + 1 });
  checkRows(names.length, table.array(`c${names.length - 1}`), table.array(`c${names.length}`));
  const named: ArqueroLike = {
    columnNames: () => names,
    numRows: () => table.numRows(),
    scan: (visit, ordered) => table.scan(visit, ordered),
    getter: name => table.getter(`c${names.indexOf(name)}`),
  };
  return toFrame(named, ACTION);
}

/** A column with one text is a column of texts for arquero: this names the one. */
function checkNumbers({ columns }: Frame, decimal: string): void {
  const isText = (cell: Cell) => typeof cell === 'string' && Number.isNaN(Number(cell.replace(decimal, '.')));
  for (const { name, values } of columns) {
    const row = values instanceof Float64Array ? -1 : values.findIndex(isText);
    if (row < 0) continue;
    const received = `${show(values[row])} at row ${row}, column ${show(name)}`;
    throw new InvalidInputError({ action: ACTION, rule: 'all columns but the target must hold numbers', received });
  }
}

/** Rows that are too short have no last cell, those that are too long have one behind it. */
function checkRows(width: number, last: ArrayLike<unknown>, beyond: ArrayLike<unknown>): void {
  for (let row = 0; row < last.length; row++) {
    if (last[row] !== undefined && beyond[row] === undefined) continue;
    refuse(
      `its rows must have a cell for each of its ${width} names`,
      `${last[row] === undefined ? 'fewer' : 'more'} at row ${row}`,
    );
  }
}

interface Lines {
  /** Where the first one ends. */
  readonly end: number;
  /** How many breaks there are. */
  readonly breaks: number;
}

/** Lines end at breaks outside of quotes; a quote opens at the beginning of a cell, and its twin ends the cell. */
function scanLines(text: string, delimiter: string): Lines {
  let end = text.length;
  let breaks = 0;
  for (let at = 0, isStart = true; at < text.length; at++) {
    if (isStart && text[at] === '"') at = endOfQuotes(text, at, delimiter);
    isStart = text[at] === delimiter || isBreak(text[at]);
    if (!isBreak(text[at])) continue;
    end = Math.min(end, at);
    breaks++;
  }
  return { end, breaks };
}

/** Without the breaks at the end. */
function endOfRows(text: string): number {
  let end = text.length;
  while (end > 0 && isBreak(text[end - 1])) end--;
  return end;
}

function isBreak(character: string | undefined): boolean {
  return character === '\n' || character === '\r';
}

/** The place behind the quote that closes the one at a place; two in a row stand for one of the text. */
function endOfQuotes(text: string, from: number, delimiter: string): number {
  let at = text.indexOf('"', from + 1);
  while (at >= 0 && text[at + 1] === '"') at = text.indexOf('"', at + 2);
  if (at < 0) return refuse('its quotes must be closed', `an open one at character ${from}`);
  const next = text[at + 1];
  const isEnd = next === undefined || next === delimiter || isBreak(next);
  return isEnd ? at + 1 : refuse('a closing quote must end its cell', `${show(next)} behind it at character ${at}`);
}

/** Without the mark of UTF-8, which `TextDecoder` leaves out too. */
function textOf(source: string | Uint8Array): string {
  if (typeof source === 'string') return source.replace(/^\ufeff/, '');
  if (!(source instanceof Uint8Array)) {
    throw new InvalidInputError({ action: ACTION, rule: 'source must be text or bytes', received: show(source) });
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(source);
  } catch {
    return refuse('its bytes must be UTF-8', 'others');
  }
}

function refuse(rule: string, received: string): never {
  throw new InvalidFileError({ action: ACTION, rule, received });
}
