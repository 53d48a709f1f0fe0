import type { Matrix } from '../../array/index.ts';
import { show } from '../../errors/index.ts';
import {
  badInput,
  checkCount,
  checkLengths,
  checkNumber,
  mean,
  readOptions,
  readTable,
  readWeights,
  type Table,
  type WeightOptions,
} from '../inputs/index.ts';

export interface NdcgOptions extends WeightOptions {
  /** Only this many of the best scored items count; all where null. @default null */
  readonly k?: number | null;
  /** Takes items of equal score in the order of falling column instead of averaging over their orders. @default false */
  readonly ignoreTies?: boolean;
}

export interface DcgOptions extends NdcgOptions {
  /** Base of the logarithm of the discount: the lower, the sharper. @default 2 */
  readonly logBase?: number;
}

/**
 * The discounted cumulative gain: the true relevances in the order of falling score, each divided by
 * `log2(1 + rank)`, summed per row and averaged over the rows. Time O(n items log items).
 *
 * Sources: K. Jarvelin, J. Kekalainen, "Cumulated gain-based evaluation of IR techniques", 2002; F. McSherry,
 * M. Najork, "Computing information retrieval performance measures efficiently in the presence of tied scores", 2008.
 *
 * @param yTrue n × items, relevances
 * @param yScore n × items, scores
 * @throws InvalidInputError on tables of different shapes, or of fewer than two items
 * @throws InvalidParamError on a `k` below 1 or a `logBase` that is not positive
 *
 * @example
 * import { dcgScore } from 'fitwise';
 * dcgScore([[10, 0, 0, 1, 5]], [[0.1, 0.2, 0.3, 4, 70]]); // 9.499...
 */
export function dcgScore(yTrue: Table, yScore: Table, options: DcgOptions = {}): number {
  const metric = 'dcgScore';
  const { sampleWeight, ...rules } = readOptions(metric, options, {
    k: null,
    ignoreTies: false,
    logBase: 2,
    sampleWeight: undefined,
  });
  checkNumber(metric, 'logBase', rules.logBase, 'a finite number > 0', base => base > 0 && Number.isFinite(base));
  const { relevance, scores } = readItems(metric, yTrue, yScore, rules.k);
  const weights = readWeights(metric, sampleWeight, relevance.rows);
  return mean(rowGains(relevance, scores, rules), weights);
}

/**
 * The discounted cumulative gain as a share of the best possible one; rows without a relevant item score 0.
 * Time O(n items log items).
 *
 * @param yTrue n × items, relevances >= 0
 * @param yScore n × items, scores
 * @returns a number in [0, 1]
 * @throws InvalidInputError on negative relevances, and on tables of different shapes, or of fewer than two items
 * @throws InvalidParamError on a `k` below 1
 *
 * @example
 * import { ndcgScore } from 'fitwise';
 * ndcgScore([[10, 0, 0, 1, 5]], [[0.1, 0.2, 0.3, 4, 70]]); // 0.695...
 */
export function ndcgScore(yTrue: Table, yScore: Table, options: NdcgOptions = {}): number {
  const metric = 'ndcgScore';
  const { sampleWeight, ...given } = readOptions(metric, options, {
    k: null,
    ignoreTies: false,
    sampleWeight: undefined,
  });
  const rules = { ...given, logBase: 2 };
  const { relevance, scores } = readItems(metric, yTrue, yScore, rules.k);
  const negative = relevance.data.find(value => value < 0);
  if (negative !== undefined) {
    throw badInput(metric, { rule: 'yTrue must hold relevances >= 0', received: show(negative) });
  }
  const weights = readWeights(metric, sampleWeight, relevance.rows);
  const best = rowGains(relevance, relevance, { ...rules, ignoreTies: true });
  const gains = rowGains(relevance, scores, rules);
  return mean(
    gains.map((gain, row) => (best[row] === 0 ? 0 : gain / best[row]!)),
    weights,
  );
}

function readItems(metric: string, yTrue: Table, yScore: Table, k: number | null) {
  if (k !== null) checkCount(metric, 'k', k, 1);
  const [relevance, scores] = [readTable(metric, 'yTrue', yTrue), readTable(metric, 'yScore', yScore)];
  checkLengths(metric, ['yTrue', 'yScore'], relevance.rows, scores.rows);
  if (relevance.columns < 2 || relevance.columns !== scores.columns) {
    throw badInput(metric, {
      rule: 'yTrue and yScore must have the same number of columns, two at least',
      received: `${relevance.columns} and ${scores.columns}`,
    });
  }
  return { relevance, scores };
}

interface GainRules {
  readonly k: number | null;
  readonly logBase: number;
  readonly ignoreTies: boolean;
}

function rowGains(relevance: Matrix, scores: Matrix, { k, logBase, ignoreTies }: GainRules): Float64Array {
  const discounts = Float64Array.from({ length: scores.columns }, (_, rank) =>
    rank < (k ?? Infinity) ? Math.log(logBase) / Math.log(rank + 2) : 0,
  );
  return Float64Array.from({ length: scores.rows }, (_, i) => {
    const [gains, own] = [relevance.row(i), scores.row(i)];
    const order = Uint32Array.from(own.keys()).sort((a, b) => own[b]! - own[a]! || b - a);
    if (ignoreTies) return order.reduce((total, item, rank) => total + gains[item]! * discounts[rank]!, 0);
    return tiedGain(gains, own, order, discounts);
  });
}

/** The mean gain over all orders of tied items: each group's mean relevance times the sum of its discounts. */
function tiedGain(gains: Float64Array, scores: Float64Array, order: Uint32Array, discounts: Float64Array): number {
  let total = 0;
  for (let from = 0; from < order.length; ) {
    let to = from;
    let [gain, discount] = [0, 0];
    for (; to < order.length && scores[order[to]!] === scores[order[from]!]; to++) {
      gain += gains[order[to]!]!;
      discount += discounts[to]!;
    }
    total += (gain / (to - from)) * discount;
    from = to;
  }
  return total;
}
