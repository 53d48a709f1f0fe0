import { InvalidParamError, show } from '../errors/index.ts';

/** Refuses an argument of a draw unless `holds`. */
export function demand(holds: boolean, what: string, rule: string, received: unknown): void {
  if (!holds) throw new InvalidParamError({ action: `draw ${what}`, rule, received: show(received) });
}

export function demandCount(n: number, what: string, name = 'n'): void {
  demand(Number.isSafeInteger(n) && n >= 0, what, `${name} must be a whole number >= 0`, n);
}

/** Probabilities: finite, non-negative; their sum is checked by those who need one. */
export function demandProbabilities(p: ArrayLike<number>, what: string): void {
  demandList(p, what, 'probabilities');
  for (let i = 0; i < p.length; i++) {
    demand(p[i]! >= 0 && p[i]! <= 1, what, 'probabilities must lie in [0, 1]', p[i]);
  }
}

/** A list whose values are read or swapped by position; what only says that it has a length is none. */
export function demandList(list: unknown, what: string, name: string): void {
  const isList = Array.isArray(list) || (ArrayBuffer.isView(list) && 'length' in list);
  demand(isList, what, `${name} must be an array`, list);
}

/** What a scale or a shape may be. */
export function isSize(value: number): boolean {
  return Number.isFinite(value) && value >= 0;
}
