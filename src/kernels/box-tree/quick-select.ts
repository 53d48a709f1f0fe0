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
  let left = from;
  let right = to - 1;
  while (left < right) {
    const pivot = medianOf(order, left, (left + right) >>> 1, right, keys, stride, offset);
    const pivotKey = keys[pivot * stride + offset]!;
    let i = left;
    let j = right;
    while (i <= j) {
      for (; ; i++) {
        const key = keys[order[i]! * stride + offset]!;
        if (!(key < pivotKey || (key === pivotKey && order[i]! < pivot))) break;
      }
      for (; ; j--) {
        const key = keys[order[j]! * stride + offset]!;
        if (!(pivotKey < key || (key === pivotKey && pivot < order[j]!))) break;
      }
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

/** The middle one of three samples by their keys. */
function medianOf(
  order: Int32Array,
  first: number,
  second: number,
  third: number,
  keys: Float64Array,
  stride: number,
  offset: number,
): number {
  const isLess = (a: number, b: number): boolean => {
    const [x, y] = [keys[a * stride + offset]!, keys[b * stride + offset]!];
    return x < y || (x === y && a < b);
  };
  const [a, b, c] = [order[first]!, order[second]!, order[third]!];
  const [low, high] = isLess(a, b) ? [a, b] : [b, a];
  return isLess(c, low) ? low : isLess(high, c) ? high : c;
}
