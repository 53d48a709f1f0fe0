import { Matrix } from '../../array/index.ts';
import type { Label } from '../../check/index.ts';
import { show } from '../../errors/index.ts';
import {
  agreeSingleLabels,
  badInput,
  type ClassTargets,
  checkOneOf,
  type LabelOption,
  positionsOf,
  readOptions,
  readWeights,
  sum,
  type WeightOptions,
  warnUser,
} from '../inputs/index.ts';

export interface ConfusionOptions<L extends Label> extends WeightOptions {
  /** Labels of the rows and columns, in their order; samples of other labels are left out. @default all, sorted */
  readonly labels?: readonly L[] | undefined;
}

export interface ConfusionMatrixOptions<L extends Label> extends ConfusionOptions<L> {
  /** Shares of each row (`true`), each column (`pred`) or of everything (`all`) instead of counts; 0/0 is 0. */
  readonly normalize?: 'true' | 'pred' | 'all' | null;
}

/**
 * How often each true label (rows) was predicted as each label (columns). Time O(n + labels^2).
 *
 * For two classes `data` is `[tn, fp, fn, tp]`.
 *
 * @param yTrue labels
 * @param yPred labels of the same type
 * @returns labels × labels, counts or summed weights
 * @throws InvalidInputError on empty or unequal targets, and when no label of `labels` occurs in `yTrue`
 *
 * @example
 * import { confusionMatrix } from 'fitwise';
 * confusionMatrix(['cat', 'ant', 'cat'], ['ant', 'ant', 'cat']).toArray(); // [[1, 0], [1, 1]]
 */
export function confusionMatrix<L extends Label>(
  yTrue: ArrayLike<L>,
  yPred: ArrayLike<L>,
  options: ConfusionMatrixOptions<LabelOption<L>> = {},
): Matrix {
  const metric = 'confusionMatrix';
  const { normalize, ...rest } = readOptions(metric, options as ConfusionMatrixOptions<L>, {
    labels: undefined,
    sampleWeight: undefined,
    normalize: null,
  });
  checkOneOf(metric, 'normalize', normalize, ['true', 'pred', 'all', null]);
  const counts = countConfusion(metric, yTrue, yPred, rest);
  if (counts.rows === 1) {
    warnUser(metric, 'yTrue and yPred hold a single label; pass all known labels as labels to have a row for each');
  }
  return normalize === null ? counts : normalized(counts, normalize);
}

/** The unnormalised matrix, for all metrics that are functions of it. */
export function countConfusion<L extends Label>(
  metric: string,
  yTrue: ClassTargets<L>,
  yPred: ClassTargets<L>,
  options: ConfusionOptions<L>,
): Matrix {
  const targets = agreeSingleLabels(metric, yTrue, yPred);
  const weights = readWeights(metric, options.sampleWeight, targets.rows);
  const row = rowOfClass(metric, targets.classes, options.labels ?? undefined, targets.yTrue);
  const size = options.labels?.length ?? targets.classes.length;
  const counts = Matrix.zeros(size, size);
  for (let i = 0; i < targets.rows; i++) {
    const truth = row[targets.yTrue[i]!]!;
    const guess = row[targets.yPred[i]!]!;
    if (truth !== -1 && guess !== -1) counts.data[truth * size + guess]! += weights === undefined ? 1 : weights[i]!;
  }
  return counts;
}

/** The row of each class in the matrix, -1 for those that are left out. */
function rowOfClass<L extends Label>(
  metric: string,
  classes: readonly L[],
  labels: readonly L[] | undefined,
  yTrue: Int32Array,
): Int32Array {
  if (labels === undefined) return Int32Array.from(classes, (_, code) => code);
  if (new Set(labels).size !== labels.length) {
    throw badInput(metric, { rule: 'labels must not repeat', received: show(labels) });
  }
  const row = new Int32Array(classes.length).fill(-1);
  positionsOf(metric, labels, classes).forEach((code, position) => {
    if (code !== -1) row[code] = position;
  });
  if (yTrue.some(code => row[code] !== -1)) return row;
  throw badInput(metric, { rule: 'at least one of labels must occur in yTrue', received: show(labels) });
}

function normalized(counts: Matrix, by: 'true' | 'pred' | 'all'): Matrix {
  const total = sum(counts.data);
  const rows = Array.from({ length: counts.rows }, (_, i) => sum(counts.row(i)));
  const columns = Array.from({ length: counts.columns }, (_, j) => sum(counts.column(j)));
  return counts.map((count, i, j) => {
    const whole = by === 'true' ? rows[i]! : by === 'pred' ? columns[j]! : total;
    return whole === 0 ? 0 : count / whole;
  });
}
