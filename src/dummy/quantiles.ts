/** The quantile between order statistics (R. Hyndman and Y. Fan, "Sample quantiles in statistical packages", 1996, definition 7). */
export function linearQuantile(values: Float64Array, share: number): number {
  const sorted = values.slice().sort();
  const place = (sorted.length - 1) * share;
  const at = Math.floor(place);
  const [low, high] = [sorted[at]!, sorted[Math.min(at + 1, sorted.length - 1)]!];
  // From the nearer end, so that equal neighbours give themselves.
  const t = place - at;
  return t < 0.5 ? low + (high - low) * t : high - (high - low) * (1 - t);
}

/** The least value up to which at least this share of the weight lies (definition 1 there). */
export function weightedQuantile(values: Float64Array, weights: Float64Array, share: number): number {
  const order = Uint32Array.from(values, (_, i) => i).sort((a, b) => values[a]! - values[b]! || a - b);
  const total = order.reduce((sum, i) => sum + weights[i]!, 0);
  // A share of 0 must pass over leading samples of weight zero.
  const target = share * total || Number.MIN_VALUE;
  let cumulated = 0;
  for (const i of order) {
    cumulated += weights[i]!;
    if (cumulated >= target) return values[i]!;
  }
  return values[order[order.length - 1]!]!;
}
