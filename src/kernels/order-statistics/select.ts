/**
 * The value of a rank, from 0 on, as sorting would put it there. Reorders `values`, which must be numbers: nothing
 * greater stands before that place, nothing less after it. Expected cost: O(length).
 *
 * Source: C. A. R. Hoare, "Algorithm 65: find", Communications of the ACM 4, 1961, with the median of three as pivot.
 */
export function select(values: Float64Array, rank: number): number {
  let left = 0;
  let right = values.length - 1;
  while (left < right) {
    const pivot = medianOfThree(values[left]!, values[(left + right) >>> 1]!, values[right]!);
    let i = left;
    let j = right;
    while (i <= j) {
      while (values[i]! < pivot) i++;
      while (pivot < values[j]!) j--;
      if (i > j) break;
      const kept = values[i]!;
      values[i++] = values[j]!;
      values[j--] = kept;
    }
    if (rank <= j) right = j;
    else if (rank >= i) left = i;
    else break;
  }
  return values[rank]!;
}

function medianOfThree(a: number, b: number, c: number): number {
  return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
}
