/** Cumulated weights this close (absolutely, as in scikit-learn) to the target hit it exactly. */
const EPSILON = Number.EPSILON;

/**
 * The weighted percentile of a list by the averaged inverted distribution function (R. Hyndman, Y. Fan, "Sample
 * quantiles in statistical packages", 1996, definition 2): with equal weights and rank 50 it is the median.
 *
 * @param rank percentile in [0, 100]
 */
export function weightedPercentile(values: Float64Array, weights: Float64Array | undefined, rank: number): number {
  const order = Uint32Array.from(values, (_, i) => i).sort((a, b) => values[a]! - values[b]! || a - b);
  const weightAt = (k: number) => (weights === undefined ? 1 : weights[order[k]!]!);
  const cumulated = new Float64Array(order.length);
  for (let k = 0, total = 0; k < order.length; k++) {
    total += weightAt(k);
    cumulated[k] = total;
  }
  const last = order.length - 1;
  // Rank 0 must pass over leading samples of weight zero.
  const target = (rank / 100) * cumulated[last]! || Number.MIN_VALUE;
  const at = Math.min(cumulated.findIndex(total => total >= target) >>> 0, last);
  const value = values[order[at]!]!;
  if (cumulated[at]! - target > EPSILON) return value;
  const above = cumulated.findIndex(total => total > cumulated[at]!);
  const next = at === last || weightAt(at + 1) > 0 ? Math.min(at + 1, last) : above === -1 ? at : above;
  return (value + values[order[next]!]!) / 2;
}

/** The median: the middle value, or the mean of the two middle ones. */
export function median(values: Float64Array): number {
  const sorted = values.slice().sort();
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
}
