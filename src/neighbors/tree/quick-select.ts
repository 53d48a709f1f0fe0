/**
 * Reorders `order[from .. to)` so that position `middle` holds what sorting would put there, nothing greater before
 * it and nothing less after it. The sort key of sample i is `keys[i * stride + offset]`, then i itself, so that no
 * two keys are equal.
 *
 * Source: C. A. R. Hoare, "Algorithm 65: find", Communications of the ACM 4, 1961, with the median of three as pivot.
 */
export function quickSelect(
  order: Int32Array,
  from: number,
  to: number,
  middle: number,
  keys: Float64Array,
  stride: number,
  offset: number,
): void {
  const isLess = (a: number, b: number): boolean => {
    const x = keys[a * stride + offset]!;
    const y = keys[b * stride + offset]!;
    return x < y || (x === y && a < b);
  };
  let left = from;
  let right = to - 1;
  while (left < right) {
    const pivot = medianOf(order[left]!, order[(left + right) >>> 1]!, order[right]!, isLess);
    let i = left;
    let j = right;
    while (i <= j) {
      while (isLess(order[i]!, pivot)) i++;
      while (isLess(pivot, order[j]!)) j--;
      if (i > j) break;
      const kept = order[i]!;
      order[i++] = order[j]!;
      order[j--] = kept;
    }
    if (middle <= j) right = j;
    else if (middle >= i) left = i;
    else return;
  }
}

function medianOf(a: number, b: number, c: number, isLess: (a: number, b: number) => boolean): number {
  const [low, high] = isLess(a, b) ? [a, b] : [b, a];
  return isLess(c, low) ? low : isLess(high, c) ? high : c;
}
