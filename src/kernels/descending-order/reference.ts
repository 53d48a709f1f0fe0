/** Row numbers by falling score, rows of equal score in their own order. */
export function orderByComparing(scores: Float64Array): Uint32Array {
  return Uint32Array.from(scores.keys()).sort((a, b) => scores[b]! - scores[a]! || a - b);
}
