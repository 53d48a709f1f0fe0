import type { Label } from '../../check/index.ts';
import { checkNumber, checkOneOf, type LabelOption, readOptions, sum, warnUndefined } from '../inputs/index.ts';
import { type ConfusionOptions, countConfusion } from './confusion-matrix.ts';

export interface CohenKappaOptions<L extends Label> extends ConfusionOptions<L> {
  /** How much a disagreement counts by the distance of the labels in their order. @default null, all alike */
  readonly weights?: 'linear' | 'quadratic' | null;
  /** What stands for an undefined score: NaN, or a number in [-1, 1]. @default NaN */
  readonly replaceUndefinedBy?: number;
}

/**
 * The agreement of two annotators beyond chance, (p_o - p_e) / (1 - p_e). Time O(n + labels^2).
 *
 * Source: J. Cohen, "A coefficient of agreement for nominal scales", 1960.
 *
 * @param y1 labels of the first annotator
 * @param y2 labels of the second, of the same type
 * @returns a number in [-1, 1]; NaN, with a warning, where both give one and the same label only
 * @throws InvalidInputError on empty or unequal lists, and when no label of `labels` occurs in `y1`
 *
 * @example
 * import { cohenKappaScore } from 'fitwise';
 * cohenKappaScore(['no', 'yes', 'yes', 'no'], ['no', 'yes', 'no', 'no']); // 0.5
 */
export function cohenKappaScore<L extends Label>(
  y1: ArrayLike<L>,
  y2: ArrayLike<L>,
  options: CohenKappaOptions<LabelOption<L>> = {},
): number {
  const metric = 'cohenKappaScore';
  const { weights, replaceUndefinedBy, ...rest } = readOptions(metric, options as CohenKappaOptions<L>, {
    labels: undefined,
    sampleWeight: undefined,
    weights: null,
    replaceUndefinedBy: Number.NaN,
  });
  checkOneOf(metric, 'weights', weights, ['linear', 'quadratic', null]);
  checkNumber(metric, 'replaceUndefinedBy', replaceUndefinedBy, 'NaN or a number in [-1, 1]', isReplacement);
  const counts = countConfusion(metric, y1, y2, rest);
  const size = counts.rows;
  const first = Float64Array.from({ length: size }, (_, i) => sum(counts.row(i)));
  const second = Float64Array.from({ length: size }, (_, j) => sum(counts.column(j)));
  const total = sum(first);
  const cost = (i: number, j: number) =>
    weights === null ? Number(i !== j) : weights === 'linear' ? Math.abs(i - j) : (i - j) * (i - j);
  const observed = sum(counts.map((count, i, j) => cost(i, j) * count).data);
  const expected = sum(counts.map((_, i, j) => cost(i, j) * ((second[i]! * first[j]!) / total)).data);
  if (total > 0 && expected !== 0) return 1 - observed / expected;
  warnUndefined(metric, `the lists have one label or none in common; the score is set to ${replaceUndefinedBy}`);
  return replaceUndefinedBy;
}

function isReplacement(value: number): boolean {
  return Number.isNaN(value) || Math.abs(value) <= 1;
}
