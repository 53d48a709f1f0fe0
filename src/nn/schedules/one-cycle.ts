import { InvalidParamError, show } from '../../errors/index.ts';
import type { Schedule } from './schedule.ts';

export interface OneCycleOptions {
  /** The highest rate. */
  readonly maxLr: number;
  /** Steps of the whole cycle. */
  readonly totalSteps: number;
  /** Share of the steps in which the rate rises. Default 0.3. */
  readonly pctStart?: number;
  /** Along half a cosine, or along a line. Default `'cos'`. */
  readonly annealStrategy?: 'cos' | 'linear';
  /** The first rate is maxLr over this. Default 25. */
  readonly divFactor?: number;
  /** The last rate is the first over this. Default 1e4. */
  readonly finalDivFactor?: number;
  /** Momentum from the higher to the lower while the rate rises, and back; null leaves it alone. Default [0.85, 0.95]. */
  readonly momentum?: readonly [low: number, high: number] | null;
}

/** One cycle: up to a high rate, then far down (L. N. Smith and N. Topin, "Super-convergence", 2018). */
export function oneCycle(options: OneCycleOptions): Schedule {
  const { maxLr, totalSteps, pctStart = 0.3, annealStrategy = 'cos', divFactor = 25, finalDivFactor = 1e4 } = options;
  const { momentum = [0.85, 0.95] } = options;
  const top = pctStart * totalSteps - 1;
  const last = totalSteps - 1;
  const first = maxLr / divFactor;
  const between = annealStrategy === 'cos' ? alongCosine : alongLine;
  return step => {
    if (step > last) {
      const rule = `the step must be at most totalSteps (${totalSteps}) - 1`;
      throw new InvalidParamError({ action: 'follow a cycle', rule, received: show(step) });
    }
    const isRising = step <= top;
    const share = isRising ? step / top : (step - top) / (last - top);
    const lr = isRising ? between(first, maxLr, share) : between(maxLr, first / finalDivFactor, share);
    if (momentum === null) return { lr };
    const [low, high] = momentum;
    return { lr, momentum: isRising ? between(high, low, share) : between(low, high, share) };
  };
}

function alongLine(from: number, to: number, share: number): number {
  return from + (to - from) * share;
}

function alongCosine(from: number, to: number, share: number): number {
  return to + ((from - to) / 2) * (1 + Math.cos(Math.PI * share));
}
