/** Outcomes at every threshold of a score, from the highest down: what all threshold curves are made of. */
import type { Label } from '../../check/index.ts';
import { show } from '../../errors/index.ts';
import { type DescendingScores, readDescending } from '../../kernels/index.ts';
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
  return { isPositive: markPositive(codes[0]!, positive), scores, weights };
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

/** 1 where a code is that of the positive label. */
export function markPositive(codes: Int32Array, positive: number): Uint8Array {
  const marks = new Uint8Array(codes.length);
  for (let i = 0; i < codes.length; i++) marks[i] = Number(codes[i] === positive);
  return marks;
}

/** The outcomes at every distinct score; samples of weight zero make no threshold. */
export function countAtThresholds({ isPositive, scores, weights }: BinaryScores): ThresholdCounts {
  if (weights === undefined) return readDescending(scores, isPositive, countSamples);
  return readDescending(scores, Int32Array.from(scores.keys()), sorted => sumWeights(sorted, isPositive, weights));
}

function countSamples({ scores, tags: isPositive }: DescendingScores): ThresholdCounts {
  const [fps, tps, thresholds] = emptyLists(scores.length);
  let tp = 0;
  let point = -1;
  let last = Number.NaN;
  for (let k = 0; k < scores.length; k++) {
    const score = scores[k]!;
    if (score !== last) point++;
    last = score;
    tp += isPositive[k]!;
    fps[point] = k + 1 - tp;
    tps[point] = tp;
    thresholds[point] = score;
  }
  return cutLists(fps, tps, thresholds, point + 1);
}

function sumWeights(
  { scores, tags: rows }: DescendingScores,
  isPositive: Uint8Array,
  weights: Float64Array,
): ThresholdCounts {
  const [fps, tps, thresholds] = emptyLists(rows.length);
  let fp = 0;
  let tp = 0;
  let point = -1;
  let last = Number.NaN;
  for (let k = 0; k < rows.length; k++) {
    const row = rows[k]!;
    const weight = weights[row]!;
    if (weight === 0) continue;
    const score = scores[k]!;
    if (score !== last) point++;
    last = score;
    if (isPositive[row] === 1) tp += weight;
    else fp += weight;
    fps[point] = fp;
    tps[point] = tp;
    thresholds[point] = score;
  }
  return cutLists(fps, tps, thresholds, point + 1);
}

function emptyLists(length: number): [Float64Array, Float64Array, Float64Array] {
  return [new Float64Array(length), new Float64Array(length), new Float64Array(length)];
}

function cutLists(fps: Float64Array, tps: Float64Array, thresholds: Float64Array, points: number): ThresholdCounts {
  if (points === fps.length) return { fps, tps, thresholds };
  return { fps: fps.slice(0, points), tps: tps.slice(0, points), thresholds: thresholds.slice(0, points) };
}

/** The points where `keeps` holds, and always the first and the last. */
export function thin(counts: ThresholdCounts, keeps: (point: number) => boolean): ThresholdCounts {
  const last = counts.fps.length - 1;
  if (last < 2) return counts;
  const kept = new Int32Array(last + 1);
  let count = 1;
  for (let point = 1; point < last; point++) if (keeps(point)) kept[count++] = point;
  kept[count++] = last;
  const points = kept.subarray(0, count);
  const { fps, tps, thresholds } = counts;
  return { fps: pick(fps, points), tps: pick(tps, points), thresholds: pick(thresholds, points) };
}

function pick(values: Float64Array, points: Int32Array): Float64Array {
  const picked = new Float64Array(points.length);
  for (let k = 0; k < points.length; k++) picked[k] = values[points[k]!]!;
  return picked;
}

/** The points that do not lie evenly between their neighbours. */
export function corners(counts: ThresholdCounts): ThresholdCounts {
  const { fps, tps } = counts;
  return thin(counts, point => isBend(fps, point) || isBend(tps, point));
}

function isBend(values: Float64Array, at: number): boolean {
  return values[at + 1]! - values[at]! !== values[at]! - values[at - 1]!;
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
