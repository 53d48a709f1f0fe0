/** Checked class probabilities beside the labels that came true, for log loss, Brier scores and their D2 forms. */
import { Matrix } from '../../array/index.ts';
import { compareLabels, type Label } from '../../check/index.ts';
import { show } from '../../errors/index.ts';
import {
  asList,
  badInput,
  type ClassTargets,
  checkLengths,
  encodeTogether,
  type Indicator,
  isIndicator,
  isTable,
  positionsOf,
  readIndicator,
  readNumbers,
  readTable,
  readWeights,
  refuseContinuous,
  sum,
  type Table,
  warnUser,
} from '../inputs/index.ts';

/** Probabilities of the positive (greater) class, or one column per class in the order of the sorted labels. */
export type Probabilities = ArrayLike<number> | Table;

/** Which classes came true, and how probable each was said to be. */
export interface Forecasts {
  /** rows × classes, in [0, 1] */
  readonly probabilities: Matrix;
  /** rows × classes: 1 where a class came true */
  readonly truth: Uint8Array;
  readonly weights: Float64Array | undefined;
  /** The weight of all rows. */
  readonly total: number;
  /** The spacing of the numbers that the probabilities came in: that of float32 for a `Float32Array`. */
  readonly epsilon: number;
}

interface ForecastOptions<L extends Label> {
  readonly labels?: readonly L[] | undefined;
  readonly sampleWeight?: ArrayLike<number> | undefined;
}

const FLOAT32_EPSILON = 2 ** -23;

/**
 * Forecasts of two or more classes whose columns are the sorted labels, or those of a table of zeros and ones.
 *
 * @throws InvalidInputError on probabilities outside [0, 1], and on labels and columns that do not match
 */
export function readForecasts<L extends Label>(
  metric: string,
  yTrue: ClassTargets<L>,
  yProba: Probabilities,
  { labels, sampleWeight }: ForecastOptions<L>,
): Forecasts {
  if (isIndicator(yTrue)) return indicatorForecasts(metric, yTrue, yProba, { labels, sampleWeight });
  const probabilities = bothColumns(readProbabilities(metric, yProba));
  const list = asList(metric, 'yTrue', yTrue as ArrayLike<L>);
  checkLengths(metric, ['yTrue', 'yProba'], list.length, probabilities.rows);
  const weights = readWeights(metric, sampleWeight, list.length);
  const { classes, codes } = encodeTogether(metric, [list]);
  refuseContinuous(metric, classes);
  const columns = labels === undefined ? classes : sortedLabels(metric, labels);
  if (columns.length < 2) {
    throw badInput(metric, {
      rule: labels === undefined ? 'yTrue must hold two labels at least' : 'labels must hold two labels at least',
      received: show(columns),
      ...(labels === undefined ? { repair: 'pass all known labels as labels' } : {}),
    });
  }
  const column = positionsOf(metric, classes, columns);
  const stray = classes.find((_, code) => column[code] === -1);
  if (stray !== undefined) {
    throw badInput(metric, { rule: `yTrue must hold labels of ${show(labels)} only`, received: show(stray) });
  }
  checkColumns(metric, columns, probabilities, labels !== undefined);
  const truth = cellsOf(codes[0]!, code => column[code]!, columns.length);
  return forecastsOf(metric, truth, probabilities, weights, yProba);
}

/** Forecasts of classes of which several, or none, may have come true. */
function indicatorForecasts<L extends Label>(
  metric: string,
  yTrue: Indicator,
  yProba: Probabilities,
  { labels, sampleWeight }: ForecastOptions<L>,
): Forecasts {
  if (labels !== undefined) {
    throw badInput(metric, { rule: 'labels must be left out where yTrue is a table', received: show(labels) });
  }
  const probabilities = bothColumns(readProbabilities(metric, yProba));
  const table = readIndicator(metric, 'yTrue', yTrue);
  checkLengths(metric, ['yTrue', 'yProba'], table.rows, probabilities.rows);
  checkColumns(metric, [...new Array(table.columns).keys()], probabilities, true);
  const weights = readWeights(metric, sampleWeight, table.rows);
  return forecastsOf(metric, Uint8Array.from(table.data), probabilities, weights, yProba);
}

/**
 * Forecasts of the positive one of two classes, from a list of its probabilities.
 *
 * @throws InvalidInputError on more than two classes, and where it cannot be told which label is positive
 */
export function readBinaryForecasts<L extends Label>(
  metric: string,
  yTrue: ArrayLike<L>,
  yProba: Probabilities,
  { posLabel, sampleWeight }: { readonly posLabel: L | undefined } & ForecastOptions<L>,
): Forecasts {
  const probabilities = bothColumns(readProbabilities(metric, yProba));
  const list = asList(metric, 'yTrue', yTrue);
  checkLengths(metric, ['yTrue', 'yProba'], list.length, probabilities.rows);
  const weights = readWeights(metric, sampleWeight, list.length);
  const { classes, codes } = encodeTogether(metric, [list]);
  refuseContinuous(metric, classes);
  if (classes.length > 2) {
    throw badInput(metric, { rule: 'yProba must have one column per label of yTrue', received: '1 column' });
  }
  const positive = posLabel ?? positiveOf(metric, classes);
  if (classes.length === 2 && !classes.includes(positive)) {
    throw badInput(metric, { rule: `posLabel must be one of ${show(classes)}`, received: show(positive) });
  }
  const truth = cellsOf(codes[0]!, code => Number(classes[code] === positive), 2);
  return forecastsOf(metric, truth, probabilities, weights, yProba);
}

/** How many samples a target has. */
export function countSamples<L extends Label>(metric: string, yTrue: ClassTargets<L>): number {
  return yTrue instanceof Matrix ? yTrue.rows : asList<unknown>(metric, 'yTrue', yTrue).length;
}

/** A one in each row, in the column of its class. */
function cellsOf(codes: Int32Array, columnOf: (code: number) => number, columns: number): Uint8Array {
  const cells = new Uint8Array(codes.length * columns);
  codes.forEach((code, i) => {
    cells[i * columns + columnOf(code)] = 1;
  });
  return cells;
}

function forecastsOf(
  metric: string,
  truth: Uint8Array,
  probabilities: Matrix,
  weights: Float64Array | undefined,
  yProba: Probabilities,
): Forecasts {
  const epsilon = spacing(yProba);
  warnUnlessNormalized(metric, probabilities, epsilon);
  return { probabilities, truth, weights, total: weights === undefined ? probabilities.rows : sum(weights), epsilon };
}

function checkColumns(metric: string, columns: readonly Label[], probabilities: Matrix, areKnown: boolean): void {
  if (columns.length === probabilities.columns) return;
  throw badInput(metric, {
    rule: `yProba must have one column per label (${columns.length}: ${show(columns)})`,
    received: `${probabilities.columns} columns`,
    ...(areKnown ? {} : { repair: 'pass all known labels as labels' }),
  });
}

/** Whether probabilities are a list, or a table of one column, of the positive class alone. */
export function isOneColumn(yProba: Probabilities): boolean {
  if (yProba instanceof Matrix) return yProba.columns === 1;
  return !isTable(yProba) || yProba[0]!.length === 1;
}

/** The greater label; strings have no natural one. */
function positiveOf<L extends Label>(metric: string, classes: readonly L[]): L {
  const greatest = classes.at(-1)!;
  if (typeof greatest === 'string') {
    throw badInput(metric, { rule: 'posLabel must be given where labels are strings', received: 'none' });
  }
  const isZeroOrMinusOne = classes.length === 1 && ((greatest as Label) === 0 || (greatest as Label) === -1);
  return isZeroOrMinusOne ? (1 as L) : typeof greatest === 'boolean' ? (true as L) : greatest;
}

function readProbabilities(metric: string, yProba: Probabilities): Matrix {
  const table = isTable(yProba) ? readTable(metric, 'yProba', yProba) : asColumn(readNumbers(metric, 'yProba', yProba));
  const at = table.data.findIndex(value => value < 0 || value > 1);
  if (at === -1) return table;
  throw badInput(metric, {
    rule: 'yProba must hold probabilities in [0, 1]',
    received: `${table.data[at]} at row ${Math.floor(at / table.columns)}`,
  });
}

function asColumn(values: Float64Array): Matrix {
  return new Matrix(values, values.length, 1);
}

function bothColumns(table: Matrix): Matrix {
  if (table.columns !== 1) return table;
  return Matrix.fromColumns([table.data.map(value => 1 - value), table.data]);
}

function sortedLabels<L extends Label>(metric: string, labels: readonly L[]): readonly L[] {
  const sorted = [...new Set(labels)].sort(compareLabels);
  if (sorted.length === labels.length && sorted.every((label, i) => label === labels[i])) return sorted;
  warnUser(metric, `labels are taken in sorted order: the columns of yProba must be those of ${show(sorted)}`);
  return sorted;
}

function warnUnlessNormalized(metric: string, { data, rows, columns }: Matrix, epsilon: number): void {
  const tolerance = Math.sqrt(epsilon);
  for (let i = 0, at = 0; i < rows; i++) {
    let total = 0;
    for (let j = 0; j < columns; j++) total += data[at++]!;
    if (Math.abs(total - 1) <= tolerance) continue;
    warnUser(metric, 'the rows of yProba do not sum to 1; pass probabilities');
    return;
  }
}

function spacing(yProba: Probabilities): number {
  const first = Array.isArray(yProba) ? yProba[0] : yProba;
  return first instanceof Float32Array ? FLOAT32_EPSILON : Number.EPSILON;
}
