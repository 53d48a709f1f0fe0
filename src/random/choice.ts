import { demand, demandCount, demandProbabilities } from './arguments.ts';
import type { RandomStream } from './random-stream.ts';

export interface ChoiceOptions {
  /** Whether a value may be drawn more than once; `true` by default. */
  readonly replace?: boolean;
  /** Probability of each value, summing to 1; uniform by default. */
  readonly p?: ArrayLike<number>;
}

/** `n` positions of a population of `size`, as numpy's `choice` draws them. */
export function drawPositions(random: RandomStream, size: number, n: number, options: ChoiceOptions): Int32Array {
  const { replace = true, p } = options;
  demandCount(size, 'choice', 'the population');
  demandCount(n, 'choice');
  demand(size > 0 || n === 0, 'choice', 'the population must not be empty', size);
  demand(replace || n <= size, 'choice', `n must be <= ${size}, the population, without replacement`, n);
  if (p !== undefined) checkProbabilities(p, size);
  if (replace) return p === undefined ? random.randint(0, Math.max(size, 1), n) : search(cumulate(p), random, n);
  return p === undefined ? random.permutation(size).slice(0, n) : drawDistinct(random, p, n);
}

function checkProbabilities(p: ArrayLike<number>, size: number): void {
  demand(p.length === size, 'choice', `p must have one probability per value (${size})`, p);
  demandProbabilities(p, 'choice');
  let sum = 0;
  for (let i = 0; i < size; i++) sum += p[i]!;
  demand(Math.abs(sum - 1) <= 1.5e-8, 'choice', 'p must sum to 1', sum);
}

/** Cumulative shares; the last is 1. */
function cumulate(p: ArrayLike<number>): Float64Array {
  const cumulative = Float64Array.from(p);
  for (let i = 1; i < cumulative.length; i++) cumulative[i]! += cumulative[i - 1]!;
  const total = cumulative[cumulative.length - 1]!;
  return cumulative.map(value => value / total);
}

function search(cumulative: Float64Array, random: RandomStream, n: number): Int32Array {
  const positions = new Int32Array(n);
  for (let i = 0; i < n; i++) positions[i] = searchRight(cumulative, random.random());
  return positions;
}

/** How many of the ascending values are at most `value`. */
function searchRight(ascending: Float64Array, value: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (value < ascending[middle]!) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Draws rounds of the number still missing; what was drawn before has no weight in the next round. */
function drawDistinct(random: RandomStream, p: ArrayLike<number>, n: number): Int32Array {
  const weights = Float64Array.from(p);
  const possible = weights.reduce((count, weight) => count + Number(weight > 0), 0);
  demand(n <= possible, 'choice', `n must be <= ${possible}, the values of positive probability`, n);
  const chosen = new Set<number>();
  while (chosen.size < n) {
    for (const position of chosen) weights[position] = 0;
    for (const position of search(cumulate(weights), random, n - chosen.size)) chosen.add(position);
  }
  return Int32Array.from(chosen);
}
