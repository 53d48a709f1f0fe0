import { InvalidParamError, show } from '../errors/index.ts';

/** Refuses parameters that break a rule between several of them. */
export function demand(owner: string, holds: boolean, rule: string, received: unknown): void {
  if (!holds) throw new InvalidParamError({ action: `make ${owner}`, rule, received: show(received) });
}

/** Refuses a call that leaves out a parameter without a usual value. */
export function demandGiven<T extends object>(owner: string, params: T, names: readonly (keyof T & string)[]): void {
  for (const name of names) demand(owner, params?.[name] !== undefined, `${name} must be given`, undefined);
}
