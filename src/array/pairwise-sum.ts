/** Values that are added one after the other into each running sum; longer lists are halved. */
const BLOCK = 128;
const LANES = 8;

/**
 * The sum of `values[from] ... values[to - 1]` in numpy's order, whose error grows with the logarithm of the length:
 * eight running sums up to 128 values, halves above. Scores that tie in scikit-learn then tie here, and bounds that
 * depend on a total fall alike.
 */
export function pairwiseSum(values: ArrayLike<number>, from = 0, to = values.length): number {
  const count = to - from;
  if (count > BLOCK) {
    const half = Math.floor(count / 2);
    const middle = from + half - (half % LANES);
    return pairwiseSum(values, from, middle) + pairwiseSum(values, middle, to);
  }
  let at = from;
  let total = 0;
  if (count >= LANES) {
    let [a, b, c, d, e, f, g, h] = [0, 0, 0, 0, 0, 0, 0, 0];
    for (const end = to - (count % LANES); at < end; at += LANES) {
      a += values[at]!;
      b += values[at + 1]!;
      c += values[at + 2]!;
      d += values[at + 3]!;
      e += values[at + 4]!;
      f += values[at + 5]!;
      g += values[at + 6]!;
      h += values[at + 7]!;
    }
    total = a + b + (c + d) + (e + f + (g + h));
  }
  for (; at < to; at++) total += values[at]!;
  return total;
}
