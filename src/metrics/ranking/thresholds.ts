/** Outcomes at every threshold of a score, from the highest down: what all threshold curves are made of. */
import type { Label } from '../../check/index.ts';
import { show } from '../../errors/index.ts';
import {
  asList,
  badInput,
  checkLengths,
  encodeTogether,
  isTable,
  labelsOf,
  readNumbers,
  readTable,
  readWeights,
  refuseContinuous,
  type Table,
} from '../inputs/index.ts';
import { descendingOrder } from './descending-order.ts';

/** Scores of the positive class: one per sample, or a table of one column. */
export type Scores = ArrayLike<number> | Table;

/** Which samples are positive, and how each is scored. */
export interface BinaryScores {
  /** 1 for positive samples, 0 for others. */
  readonly isPositive: Uint8Array;
  readonly scores: Float64Array;
  readonly weights: Float64Array | undefined;
}

/** Summed weights above each distinct score, scores falling. */
export interface ThresholdCounts {
  readonly fps: Float64Array;
  readonly tps: Float64Array;
  readonly thresholds: Float64Array;
}

/** The options that every threshold curve has. */
export interface CurveOptions<L extends Label> {
  /** The positive label. @default 1 where the labels are 0 and 1 or -1 and 1, `true` for booleans */
  readonly posLabel?: L | undefined;
  readonly sampleWeight?: ArrayLike<number> | undefined;
}

/**
 * Two-class labels beside their scores.
 *
 * @throws InvalidInputError on more than two labels without a `posLabel`, where it cannot be told which label is
 * positive, and on lists that are empty, unequal or not finite
 */
export function readBinaryScores<L extends Label>(
  metric: string,
  yTrue: ArrayLike<L>,
  yScore: Scores,
  { posLabel, sampleWeight }: CurveOptions<L>,
): BinaryScores {
  const labels = asList(metric, 'yTrue', labelsOf(metric, 'yTrue', yTrue));
  const scores = readScores(metric, yScore);
  checkLengths(metric, ['yTrue', 'yScore'], labels.length, scores.length);
  const weights = readWeights(metric, sampleWeight, labels.length);
  const { classes, codes } = encodeTogether(metric, [labels]);
  refuseContinuous(metric, classes);
  if (classes.length > 2 && posLabel === undefined) {
    throw badInput(metric, { rule: 'yTrue must hold two labels', received: show(classes), repair: 'pass posLabel' });
  }
  const positive = classes.indexOf(posLabel ?? naturalPositive(metric, classes));
  return { isPositive: Uint8Array.from(codes[0]!, code => Number(code === positive)), scores, weights };
}

function readScores(metric: string, yScore: Scores): Float64Array {
  if (!isTable(yScore)) return readNumbers(metric, 'yScore', yScore);
  const table = readTable(metric, 'yScore', yScore);
  if (table.columns === 1) return table.data;
  throw badInput(metric, {
    rule: 'yScore must have one score per sample for two labels',
    received: `${table.columns} columns`,
  });
}

/** 1 among {0, 1} or {-1, 1}, `true` among booleans; other labels have no natural positive. */
function naturalPositive<L extends Label>(metric: string, classes: readonly Label[]): L {
  if (typeof classes[0] === 'boolean') return true as L;
  const isNatural = classes.every(label => label === 1 || label === classes[0]);
  if (isNatural && [0, -1, 1].includes(classes[0] as number)) return 1 as L;
  throw badInput(metric, {
    rule: 'posLabel must be given unless the labels of yTrue are 0 and 1, or -1 and 1',
    received: show(classes),
  });
}

/** The outcomes at every distinct score; samples of weight zero make no threshold. */
export function countAtThresholds({ isPositive, scores, weights }: BinaryScores): ThresholdCounts {
  const all = descendingOrder(scores);
  const order = weights === undefined ? all : all.filter(row => weights[row]! > 0);
  const [fps, tps] = [new Float64Array(order.length), new Float64Array(order.length)];
  const thresholds = new Float64Array(order.length);
  let [fp, tp, count] = [0, 0, 0];
  for (let k = 0; k < order.length; k++) {
    const row = order[k]!;
    const weight = weights === undefined ? 1 : weights[row]!;
    if (isPositive[row] === 1) tp += weight;
    else fp += weight;
    if (k + 1 < order.length && scores[order[k + 1]!] === scores[row]) continue;
    [fps[count], tps[count], thresholds[count]] = [fp, tp, scores[row]!];
    count++;
  }
  return { fps: fps.slice(0, count), tps: tps.slice(0, count), thresholds: thresholds.slice(0, count) };
}

/** The points where `keeps` holds, and always the first and the last. */
export function thin({ fps, tps, thresholds }: ThresholdCounts, keeps: (point: number) => boolean): ThresholdCounts {
  if (fps.length <= 2) return { fps, tps, thresholds };
  const isKept = (_: number, point: number) => point === 0 || point === fps.length - 1 || keeps(point);
  return { fps: fps.filter(isKept), tps: tps.filter(isKept), thresholds: thresholds.filter(isKept) };
}

/** A list with one value before all others. */
export function prepend(value: number, values: Float64Array): Float64Array {
  const longer = new Float64Array(values.length + 1);
  longer[0] = value;
  longer.set(values, 1);
  return longer;
}

/** A list with one value after all others. */
export function append(values: Float64Array, value: number): Float64Array {
  const longer = new Float64Array(values.length + 1);
  longer.set(values);
  longer[values.length] = value;
  return longer;
}
