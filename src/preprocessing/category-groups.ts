/** Rules by which rare categories of a feature are grouped. */
export interface GroupingRules {
  /** A share of the rows below 1, or a count from 1 up: rarer categories are infrequent. */
  readonly minFrequency: number | null;
  /** Most output categories of a feature, the group of infrequent ones included. */
  readonly maxCategories: number | null;
}

/** How the categories of a feature are grouped. */
export interface CategoryGroups {
  /** Positions of the infrequent categories, ascending. */
  readonly infrequent: Int32Array;
  /** Output position of each category; all infrequent ones share the last. */
  readonly groups: Int32Array;
}

/** The groups of a feature's categories; null where none is infrequent. */
export function groupCategories(counts: readonly number[], rows: number, rules: GroupingRules): CategoryGroups | null {
  const infrequent = infrequentCategories(counts, rows, rules);
  if (infrequent.length === 0) return null;
  const rare = new Set(infrequent);
  const last = counts.length - rare.size;
  let next = 0;
  return { infrequent, groups: Int32Array.from(counts, (_, k) => (rare.has(k) ? last : next++)) };
}

/** Those too rare, and then those that are too many: the rarest, and among equally frequent ones the first. */
function infrequentCategories(
  counts: readonly number[],
  rows: number,
  { minFrequency, maxCategories }: GroupingRules,
): Int32Array {
  const least = minFrequency === null ? 0 : minFrequency < 1 ? minFrequency * rows : minFrequency;
  const rare = new Set(counts.flatMap((count, k) => (count < least ? [k] : [])));
  if (maxCategories !== null && maxCategories < counts.length - rare.size + 1) {
    const byCount = counts.map((_, k) => k).sort((a, b) => counts[a]! - counts[b]! || a - b);
    for (const k of byCount.slice(0, counts.length - (maxCategories - 1))) rare.add(k);
  }
  return Int32Array.from([...rare].sort((a, b) => a - b));
}
