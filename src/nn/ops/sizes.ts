import { InvalidParamError, show } from '../../errors/index.ts';

/** One number for height and width, or one for each. */
export type Pair = number | readonly [height: number, width: number];

/** Both numbers of a pair. */
export function pairOf(action: string, name: string, value: Pair, min: number): readonly [number, number] {
  const pair = typeof value === 'number' ? ([value, value] as const) : value;
  if (pair.length !== 2 || !pair.every(size => Number.isInteger(size) && size >= min)) {
    const rule = `${name} must be a whole number >= ${min}, or two of them`;
    throw new InvalidParamError({ action, rule, received: show(value) });
  }
  return pair;
}
