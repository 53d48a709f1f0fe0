/**
 * Sums and means in numpy's order. Folds and candidates are compared by such means, so that whether two of them are
 * equal must not depend on how they were added up.
 */

/** numpy's order for contiguous values: eight running sums up to 128 values, halves above. */
export function sum(values: ArrayLike<number>, from = 0, to = values.length): number {
  const count = to - from;
  if (count > 128) {
    const half = Math.floor(count / 2);
    const middle = from + half - (half % 8);
    return sum(values, from, middle) + sum(values, middle, to);
  }
  let total = 0;
  let rest = from;
  if (count >= 8) {
    const end = to - (count % 8);
    const running = Array.from({ length: 8 }, (_, k) => values[from + k]!);
    for (rest = from + 8; rest < end; rest += 8) for (let k = 0; k < 8; k++) running[k]! += values[rest + k]!;
    const [a, b, c, d, e, f, g, h] = running as [number, number, number, number, number, number, number, number];
    total = a + b + (c + d) + (e + f + (g + h));
  }
  for (; rest < to; rest++) total += values[rest]!;
  return total;
}

export function mean(values: ArrayLike<number>): number {
  return sum(values) / values.length;
}

/** The standard deviation of a whole population. */
export function populationStd(values: ArrayLike<number>): number {
  const center = mean(values);
  return Math.sqrt(mean(Float64Array.from(values, value => (value - center) * (value - center))));
}
