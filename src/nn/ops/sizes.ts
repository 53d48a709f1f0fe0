import { InvalidParamError, show } from '../../errors/index.ts';

/** One number for height and width, or one for each. */
export type Pair = number | readonly [height: number, width: number];

/** Both numbers of a pair. */
export function pairOf(action: string, name: string, value: Pair, min: number): readonly [number, number] {
  if (isPair(value, min)) return typeof value === 'number' ? [value, value] : value;
  const rule = `${name} must be a whole number >= ${min}, or two of them`;
  throw new InvalidParamError({ action, rule, received: show(value) });
}

export function isPair(value: unknown, min: number): value is Pair {
  const sizes = Array.isArray(value) ? (value as unknown[]) : [value, value];
  return sizes.length === 2 && sizes.every(size => Number.isSafeInteger(size) && (size as number) >= min);
}
