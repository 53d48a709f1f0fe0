/** Scores in falling order, each with its tag; equal scores in the order in which they came. */
export interface DescendingScores {
  readonly scores: Float64Array;
  readonly tags: Int32Array;
}

export function sortByComparing(scores: Float64Array, tags: ArrayLike<number>): DescendingScores {
  const rows = Uint32Array.from(scores.keys()).sort((a, b) => scores[b]! - scores[a]! || a - b);
  // -0 counts as 0.
  return {
    scores: Float64Array.from(rows, row => scores[row]! + 0),
    tags: Int32Array.from(rows, row => tags[row]!),
  };
}
