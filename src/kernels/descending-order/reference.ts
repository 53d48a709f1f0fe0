/** Scores in falling order, and the rows they came from; equal scores in order of their rows. */
export interface DescendingScores {
  readonly rows: Uint32Array;
  readonly scores: Float64Array;
}

export function sortByComparing(scores: Float64Array): DescendingScores {
  const rows = Uint32Array.from(scores.keys()).sort((a, b) => scores[b]! - scores[a]! || a - b);
  // -0 counts as 0.
  return { rows, scores: Float64Array.from(rows, row => scores[row]! + 0) };
}
