const LANES = 8;
const BLOCK = 128;

/**
 * The sum of a list, in the order of numpy's pairwise summation: bounds that depend on a total weight then agree with
 * scikit-learn's to the last bit.
 */
export function pairwiseSum(values: Float64Array, from = 0, to = values.length): number {
  const n = to - from;
  if (n > BLOCK) {
    const half = (n >> 1) - ((n >> 1) % LANES);
    return pairwiseSum(values, from, from + half) + pairwiseSum(values, from + half, to);
  }
  if (n < LANES) {
    let sum = 0;
    for (let i = from; i < to; i++) sum += values[i]!;
    return sum;
  }
  const lanes = values.slice(from, from + LANES);
  let i = from + LANES;
  for (; i <= to - LANES; i += LANES) {
    for (let lane = 0; lane < LANES; lane++) lanes[lane]! += values[i + lane]!;
  }
  const [a, b, c, d, e, f, g, h] = lanes as unknown as readonly [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  let sum = a + b + (c + d) + (e + f + (g + h));
  for (; i < to; i++) sum += values[i]!;
  return sum;
}
