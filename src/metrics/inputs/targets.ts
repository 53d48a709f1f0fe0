/** What a pair (true, predicted) of classification targets is, and the labels that they share. */
import { Matrix } from '../../array/index.ts';
import type { Label } from '../../check/index.ts';
import { show } from '../../errors/index.ts';
import { encodeTogether } from './encode.ts';
import { asList, checkLengths } from './lists.ts';
import { badInput } from './refuse.ts';
import { isTable, readTable, type Table } from './table.ts';

/** Several yes-or-no labels per sample: one row per sample, one column per label, 0 or 1. */
export type Indicator = Table;

/** One label per sample, or an indicator of several. */
export type ClassTargets<L extends Label> = ArrayLike<L> | Indicator;

/**
 * The labels that options may name: those of the targets, and any number where these are numbers, so that an array
 * literal `[0, 1]` of targets does not forbid `labels: [0, 1, 2]`.
 */
export type LabelOption<L extends Label> = NoInfer<L extends number ? number : L extends boolean ? boolean : L>;

/** One label per sample, as positions in the sorted union of both lists' labels. */
export interface LabelTargets<L extends Label> {
  readonly kind: 'binary' | 'multiclass';
  readonly classes: readonly L[];
  readonly rows: number;
  readonly yTrue: Int32Array;
  readonly yPred: Int32Array;
}

/** Several labels per sample: `rows * columns` zeros and ones, row-major. */
export interface IndicatorTargets {
  readonly kind: 'multilabel';
  readonly rows: number;
  readonly columns: number;
  readonly yTrue: Uint8Array;
  readonly yPred: Uint8Array;
}

export type AgreedTargets<L extends Label> = LabelTargets<L> | IndicatorTargets;

const NAMES = ['yTrue', 'yPred'] as const;

/**
 * Both targets in one form.
 *
 * @throws InvalidInputError if they are empty, differ in length or form, or hold what is no label.
 */
export function agreeTargets<L extends Label>(
  metric: string,
  yTrue: ClassTargets<L>,
  yPred: ClassTargets<L>,
): AgreedTargets<L> {
  if (isIndicator(yTrue) && isIndicator(yPred)) return agreeIndicators(metric, yTrue, yPred);
  return agreeLabels(metric, labelsOf(metric, 'yTrue', yTrue), labelsOf(metric, 'yPred', yPred));
}

/**
 * Two lists of labels in one form.
 *
 * @throws InvalidInputError if they are empty or differ in length, or hold continuous numbers or what is no label.
 */
function agreeLabels<L extends Label>(
  metric: string,
  yTrue: ArrayLike<L>,
  yPred: ArrayLike<L>,
  names: readonly [string, string] = NAMES,
): LabelTargets<L> {
  const lists = [asList(metric, names[0], yTrue), asList(metric, names[1], yPred)] as const;
  checkLengths(metric, names, lists[0].length, lists[1].length);
  const { classes, codes } = encodeTogether(metric, lists);
  refuseContinuous(metric, classes);
  return {
    kind: classes.length > 2 ? 'multiclass' : 'binary',
    classes,
    rows: lists[0].length,
    yTrue: codes[0]!,
    yPred: codes[1]!,
  };
}

/** Both targets as one label per sample, for metrics that have no multilabel form. */
export function agreeSingleLabels<L extends Label>(
  metric: string,
  yTrue: ClassTargets<L>,
  yPred: ClassTargets<L>,
): LabelTargets<L> {
  const targets = agreeTargets(metric, yTrue, yPred);
  if (targets.kind !== 'multilabel') return targets;
  throw badInput(metric, { rule: 'yTrue must have one label per sample', received: `${targets.columns} columns` });
}

/** @throws InvalidInputError on labels that are no whole numbers: they come from a regressor. */
export function refuseContinuous(metric: string, classes: readonly Label[]): void {
  const value = classes.find(label => typeof label === 'number' && !Number.isInteger(label));
  if (value === undefined) return;
  throw badInput(metric, { rule: 'labels must be classes, not continuous numbers', received: show(value) });
}

/**
 * A table of zeros and ones.
 *
 * @throws InvalidInputError on any other value.
 */
export function readIndicator(metric: string, name: string, y: Indicator): Matrix {
  const table = readTable(metric, name, y);
  const at = table.data.findIndex(value => value !== 0 && value !== 1);
  if (at === -1) return table;
  throw badInput(metric, {
    rule: `${name} must be a label per sample, or a table of 0 and 1 with a column per label`,
    received: `${table.data[at]} at row ${Math.floor(at / table.columns)}, column ${at % table.columns}`,
  });
}

/** Whether a target is an indicator: a table of more than one column. */
export function isIndicator(y: unknown): y is Indicator {
  return isTable(y) && columnsOf(y) > 1;
}

/** A list of labels from a list or a table of one column. */
export function labelsOf<L extends Label>(metric: string, name: string, y: ClassTargets<L>): ArrayLike<L> {
  if (!isTable(y)) return y;
  const width = columnsOf(y);
  if (width !== 1)
    throw badInput(metric, { rule: `${name} must have one label per sample`, received: `${width} columns` });
  return y instanceof Matrix ? (y.column(0) as ArrayLike<number> as ArrayLike<L>) : y.map(row => row[0] as L);
}

function columnsOf(y: Table): number {
  return y instanceof Matrix ? y.columns : y[0]!.length;
}

function agreeIndicators(metric: string, yTrue: Indicator, yPred: Indicator): IndicatorTargets {
  const actual = readIndicator(metric, 'yTrue', yTrue);
  const predicted = readIndicator(metric, 'yPred', yPred);
  checkLengths(metric, NAMES, actual.rows, predicted.rows);
  if (actual.columns !== predicted.columns) {
    throw badInput(metric, {
      rule: 'yTrue and yPred must have the same number of labels',
      received: `${actual.columns} and ${predicted.columns}`,
    });
  }
  return {
    kind: 'multilabel',
    rows: actual.rows,
    columns: actual.columns,
    yTrue: Uint8Array.from(actual.data),
    yPred: Uint8Array.from(predicted.data),
  };
}
