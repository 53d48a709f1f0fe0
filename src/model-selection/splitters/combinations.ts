/** Every choice of `size` of the numbers below `count`, in lexicographic order, one at a time. */
export function* combinations(count: number, size: number): Generator<Int32Array> {
  const chosen = Int32Array.from({ length: size }, (_, i) => i);
  for (;;) {
    yield chosen.slice();
    let place = size - 1;
    while (place >= 0 && chosen[place] === count - size + place) place--;
    if (place < 0) return;
    chosen[place]! += 1;
    for (let i = place + 1; i < size; i++) chosen[i] = chosen[i - 1]! + 1;
  }
}

/** Number of choices of `size` out of `count`: the binomial coefficient. */
export function countCombinations(count: number, size: number): number {
  let result = 1;
  for (let i = 1; i <= size; i++) result = (result * (count - size + i)) / i;
  return Math.round(result);
}
