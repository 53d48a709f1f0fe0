import { checkParams, integer, nullable, type OptionsOf, oneOf, real, value } from '../../check/index.ts';
import { InvalidParamError, show } from '../../errors/index.ts';
import type { Schedule } from './schedule.ts';

const spec = {
  /** The highest rate. */
  maxLr: real({ min: 0 }),
  /** Steps of the whole cycle. */
  totalSteps: integer({ min: 1 }),
  /** Share of the steps in which the rate rises. Default 0.3. */
  pctStart: real({ min: 0, max: 1, default: 0.3 }),
  /** Along half a cosine, or along a line. Default `'cos'`. */
  annealStrategy: oneOf(['cos', 'linear'], { default: 'cos' }),
  /** The first rate is maxLr over this. Default 25. */
  divFactor: real({ above: 0, default: 25 }),
  /** The last rate is the first over this. Default 1e4. */
  finalDivFactor: real({ above: 0, default: 1e4 }),
  /** Momentum from the higher to the lower while the rate rises, and back; null leaves it alone. Default [0.85, 0.95]. */
  momentum: nullable(
    value<readonly [low: number, high: number]>({
      default: [0.85, 0.95],
      expected: 'two numbers, the lower first',
      accepts: pair => Array.isArray(pair) && pair.length === 2 && pair.every(Number.isFinite) && pair[0] <= pair[1],
    }),
    { default: [0.85, 0.95] },
  ),
};

export type OneCycleOptions = OptionsOf<typeof spec, 'maxLr' | 'totalSteps'>;

/**
 * One cycle: up to a high rate, then far down (L. N. Smith and N. Topin, "Super-convergence", 2018).
 *
 * @throws InvalidParamError on options that are wrong, and by the schedule on a step after the cycle
 */
export function oneCycle(options: OneCycleOptions): Schedule {
  const given = checkParams('oneCycle', spec, options);
  const { maxLr, totalSteps, pctStart, annealStrategy, divFactor, finalDivFactor, momentum } = given;
  const top = pctStart * totalSteps - 1;
  if (top === 0) {
    const rule = `pctStart must leave more than one step to rise in, or none, of totalSteps (${totalSteps})`;
    throw new InvalidParamError({ action: 'make oneCycle', rule, received: show(pctStart) });
  }
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
