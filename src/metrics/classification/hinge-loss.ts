import type { Matrix } from '../../array/index.ts';
import { compareLabels, type Label } from '../../check/index.ts';
import { show } from '../../errors/index.ts';
import {
  asList,
  badInput,
  checkLengths,
  encodeTogether,
  isTable,
  type LabelOption,
  mean,
  positionsOf,
  readNumbers,
  readOptions,
  readTable,
  readWeights,
  type Table,
  type WeightOptions,
} from '../inputs/index.ts';

export interface HingeLossOptions<L extends Label> extends WeightOptions {
  /** All labels, where `yTrue` may lack some. */
  readonly labels?: readonly L[] | undefined;
}

/**
 * The mean of `max(0, 1 - margin)`: for two classes the margin is the decision with the sign of the true label, for
 * more it is the true label's decision less the greatest of the others. Time O(n classes).
 *
 * Source: K. Crammer, Y. Singer, "On the algorithmic implementation of multiclass kernel-based vector machines", 2001.
 * A `yTrue` of one class needs `labels`; scikit-learn takes that class for the negative one.
 *
 * @param yTrue labels
 * @param predDecision n decisions, positive for the greater label; or n × classes in the order of the sorted labels
 * @returns a number >= 0
 * @throws InvalidInputError on labels and columns that do not match
 *
 * @example
 * import { hingeLoss } from 'fitwise';
 * hingeLoss([-1, 1, 1], [-2.18, 2.36, 0.09]); // 0.303...
 */
export function hingeLoss<L extends Label>(
  yTrue: ArrayLike<L>,
  predDecision: ArrayLike<number> | Table,
  options: HingeLossOptions<LabelOption<L>> = {},
): number {
  const metric = 'hingeLoss';
  const { labels, sampleWeight } = readOptions(metric, options as HingeLossOptions<L>, {
    labels: undefined,
    sampleWeight: undefined,
  });
  const list = asList(metric, 'yTrue', yTrue);
  const { classes, codes } = encodeTogether(metric, [list]);
  const all = labels === undefined ? classes : [...new Set(labels)].sort(compareLabels);
  const truth = positionsAmong(metric, classes, codes[0]!, all);
  const weights = readWeights(metric, sampleWeight, list.length);
  const table = isTable(predDecision) ? readTable(metric, 'predDecision', predDecision) : undefined;
  if (all.length > 2) return mean(losses(multiclassMargins(metric, truth, table, all)), weights);
  if (table !== undefined && table.columns !== 1) {
    throw badInput(metric, {
      rule: 'predDecision must have one value per sample for two classes',
      received: `${table.columns} columns`,
    });
  }
  const decisions = table?.data ?? readNumbers(metric, 'predDecision', predDecision as ArrayLike<number>);
  checkLengths(metric, ['yTrue', 'predDecision'], truth.length, decisions.length);
  return mean(losses(decisions.map((decision, i) => (truth[i] === 1 ? decision : -decision))), weights);
}

/** The position of each sample's label among all labels. */
function positionsAmong<L extends Label>(metric: string, classes: readonly L[], codes: Int32Array, all: readonly L[]) {
  if (all.length < 2) {
    throw badInput(metric, {
      rule: 'there must be two labels at least',
      received: show(all),
      repair: 'pass all known labels as labels',
    });
  }
  const position = positionsOf(metric, classes, all);
  const stray = classes.find((_, code) => position[code] === -1);
  if (stray === undefined) return codes.map(code => position[code]!);
  throw badInput(metric, { rule: `yTrue must hold labels of ${show(all)} only`, received: show(stray) });
}

function multiclassMargins(
  metric: string,
  truth: Int32Array,
  decisions: Matrix | undefined,
  all: readonly Label[],
): Float64Array {
  if (decisions?.columns !== all.length) {
    throw badInput(metric, {
      rule: `predDecision must have one column per label (${all.length})`,
      received: decisions === undefined ? 'a list' : `${decisions.columns} columns`,
    });
  }
  checkLengths(metric, ['yTrue', 'predDecision'], truth.length, decisions.rows);
  return Float64Array.from(truth, (column, i) => {
    let rival = -Infinity;
    decisions.row(i).forEach((decision, j) => {
      if (j !== column && decision > rival) rival = decision;
    });
    return decisions.get(i, column) - rival;
  });
}

function losses(margins: Float64Array): Float64Array {
  return margins.map(margin => Math.max(0, 1 - margin));
}
