/** True and false, positive and negative: what every set-wise metric is made of. */

import type { Label } from '../../check/index.ts';
import { show } from '../../errors/index.ts';
import {
  type AgreedTargets,
  badInput,
  type IndicatorTargets,
  type LabelTargets,
  positionsOf,
  sum,
} from '../inputs/index.ts';

/** Summed weights of the four outcomes, one entry per label (or per sample). */
export interface Counts {
  readonly tn: Float64Array;
  readonly fp: Float64Array;
  readonly fn: Float64Array;
  readonly tp: Float64Array;
}

/** Summed weights of what was right, what was predicted, and what is true. */
interface Totals {
  readonly right: Float64Array;
  readonly predicted: Float64Array;
  readonly actual: Float64Array;
  /** Weight of everything that was counted, per entry. */
  readonly all: (entry: number) => number;
}

/** Outcomes per label, in the order of `labels`, or of the sorted labels of the targets. */
export function countPerLabel<L extends Label>(
  metric: string,
  targets: AgreedTargets<L>,
  labels: readonly L[] | undefined,
  weights: Float64Array | undefined,
): Counts {
  const total = weights === undefined ? targets.rows : sum(weights);
  if (targets.kind === 'multilabel') {
    const columns = columnsOf(metric, targets, labels as readonly Label[] | undefined);
    return toCounts(totalsOfColumns(targets, columns, weights, total));
  }
  const totals = totalsOfLabels(targets, weights, total);
  if (labels === undefined) return toCounts(totals);
  return toCounts(take(totals, positionsOf(metric, labels, targets.classes)));
}

/** Outcomes per sample of a multilabel target, over the columns that `labels` names. */
export function countPerSample<L extends Label>(
  metric: string,
  targets: AgreedTargets<L>,
  labels: readonly L[] | undefined,
  weights: Float64Array | undefined,
): Counts {
  if (targets.kind !== 'multilabel') {
    throw badInput(metric, {
      rule: 'yTrue must be a table of 0 and 1 where samples are averaged',
      received: 'one label per sample',
    });
  }
  const { rows, columns: width, yTrue, yPred } = targets;
  const columns = columnsOf(metric, targets, labels as readonly Label[] | undefined);
  const [right, predicted, actual] = [new Float64Array(rows), new Float64Array(rows), new Float64Array(rows)];
  for (let i = 0; i < rows; i++) {
    const weight = weights?.[i] ?? 1;
    for (const j of columns) {
      const at = i * width + j;
      right[i]! += weight * (yTrue[at]! & yPred[at]!);
      predicted[i]! += weight * yPred[at]!;
      actual[i]! += weight * yTrue[at]!;
    }
  }
  return toCounts({ right, predicted, actual, all: i => (weights?.[i] ?? 1) * columns.length });
}

/** Which columns of an indicator the labels name: all, where none are given. */
function columnsOf(
  metric: string,
  { columns }: IndicatorTargets,
  labels: readonly Label[] | undefined,
): readonly number[] {
  if (labels === undefined) return Array.from({ length: columns }, (_, j) => j);
  const stray = labels.find(label => !Number.isInteger(label) || (label as number) < 0 || (label as number) >= columns);
  if (labels.length > 0 && stray === undefined) return labels as readonly number[];
  throw badInput(metric, {
    rule: `labels of a multilabel target must be columns, 0 to ${columns - 1}`,
    received: labels.length === 0 ? '[]' : show(stray),
  });
}

function totalsOfColumns(
  { rows, columns: width, yTrue, yPred }: IndicatorTargets,
  columns: readonly number[],
  weights: Float64Array | undefined,
  total: number,
): Totals {
  const right = new Float64Array(columns.length);
  const predicted = new Float64Array(columns.length);
  const actual = new Float64Array(columns.length);
  for (let i = 0; i < rows; i++) {
    const weight = weights === undefined ? 1 : weights[i]!;
    for (let entry = 0; entry < columns.length; entry++) {
      const at = i * width + columns[entry]!;
      right[entry]! += weight * (yTrue[at]! & yPred[at]!);
      predicted[entry]! += weight * yPred[at]!;
      actual[entry]! += weight * yTrue[at]!;
    }
  }
  return { right, predicted, actual, all: () => total };
}

function totalsOfLabels(
  { classes, rows, yTrue, yPred }: LabelTargets<Label>,
  weights: Float64Array | undefined,
  total: number,
): Totals {
  const right = new Float64Array(classes.length);
  const predicted = new Float64Array(classes.length);
  const actual = new Float64Array(classes.length);
  for (let i = 0; i < rows; i++) {
    const weight = weights === undefined ? 1 : weights[i]!;
    const truth = yTrue[i]!;
    const guess = yPred[i]!;
    actual[truth]! += weight;
    predicted[guess]! += weight;
    if (truth === guess) right[truth]! += weight;
  }
  return { right, predicted, actual, all: () => total };
}

/** The entries at `positions`; -1 is a label that never occurs. */
function take({ right, predicted, actual, all }: Totals, positions: Int32Array): Totals {
  const pick = (values: Float64Array) => Float64Array.from(positions, at => (at === -1 ? 0 : values[at]!));
  return { right: pick(right), predicted: pick(predicted), actual: pick(actual), all };
}

function toCounts({ right, predicted, actual, all }: Totals): Counts {
  const fp = predicted.map((value, entry) => value - right[entry]!);
  const fn = actual.map((value, entry) => value - right[entry]!);
  const tn = right.map((tp, entry) => all(entry) - tp - fp[entry]! - fn[entry]!);
  return { tn, fp, fn, tp: right };
}
