import type { LbfgsMemory } from './lbfgs-memory.ts';

/** Bounds of each variable; infinite where there is none. Who has any brings along how directions keep within them. */
export interface Bounds {
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  /** The step from x to the minimum of the model within the bounds; undefined where the memory must be forgotten. */
  direction(x: Float64Array, gradient: Float64Array, memory: LbfgsMemory): Float64Array | undefined;
}

/** The largest component of the gradient that does not press against a bound. */
export function projectedGradientNorm(x: Float64Array, gradient: Float64Array, bounds: Bounds | undefined): number {
  let largest = 0;
  for (let i = 0; i < x.length; i++) {
    let g = gradient[i]!;
    if (bounds !== undefined) {
      g = g < 0 ? Math.max(x[i]! - bounds.upper[i]!, g) : Math.min(x[i]! - bounds.lower[i]!, g);
    }
    // Also keeps NaN, which no tolerance accepts.
    if (!(Math.abs(g) <= largest)) largest = Math.abs(g);
  }
  return largest;
}

export function clipInto(bounds: Bounds, x: Float64Array): void {
  for (let i = 0; i < x.length; i++) x[i] = Math.min(Math.max(x[i]!, bounds.lower[i]!), bounds.upper[i]!);
}

/** How far `direction` may be followed before a bound is crossed. */
export function longestStep(x: Float64Array, direction: Float64Array, { lower, upper }: Bounds, limit: number): number {
  let longest = limit;
  for (let i = 0; i < x.length; i++) {
    const d = direction[i]!;
    const room = d < 0 ? lower[i]! - x[i]! : upper[i]! - x[i]!;
    if (d !== 0 && Math.abs(room) < Math.abs(d) * longest) longest = Math.max(0, room / d);
  }
  return longest;
}
