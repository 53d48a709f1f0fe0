import { Estimator } from '../core/index.ts';
import { InvalidParamError, show } from '../errors/index.ts';

/** @throws InvalidParamError unless `list` is an array. */
export function checkList(owner: string, name: string, list: unknown): void {
  if (!Array.isArray(list)) refuse(owner, `${name} must be a list`, list);
}

/** @throws InvalidParamError unless `list` is an array of arrays of `length` members; `form` shows one of them. */
export function checkTuples(owner: string, name: string, list: unknown, length: number, form: string): void {
  if (Array.isArray(list) && list.every(tuple => Array.isArray(tuple) && tuple.length === length)) return;
  refuse(owner, `${name} must be a list of ${form}`, list);
}

/** @throws InvalidParamError if names of contained estimators are empty, repeated, hold `__`, or are parameters. */
export function checkNames(owner: string, names: readonly unknown[], params: readonly string[]): void {
  const seen = new Set<unknown>();
  for (const name of names) {
    if (typeof name !== 'string' || name === '') refuse(owner, 'names must be non-empty strings', name);
    if (seen.has(name)) refuse(owner, 'names must be unique', name);
    if ((name as string).includes('__')) refuse(owner, 'names must not contain __', name);
    if (params.includes(name as string)) refuse(owner, 'names must not be those of parameters', name);
    seen.add(name);
  }
}

/** An unfitted copy of an estimator; words such as `'passthrough'` stay as they are. */
export function cloneIfEstimator<T>(candidate: T): T {
  return candidate instanceof Estimator ? (candidate.clone() as T) : candidate;
}

/** Names from class names, in lower case, numbered where they repeat: `standardscaler-1`, `standardscaler-2`. */
export function automaticNames(estimators: readonly unknown[]): string[] {
  const nameOf = (part: unknown) =>
    part instanceof Estimator ? part.name : typeof part === 'string' ? part : show(part);
  const names = estimators.map(part => nameOf(part).toLowerCase());
  return names.map((name, i) => {
    const isRepeated = names.indexOf(name) !== names.lastIndexOf(name);
    return isRepeated ? `${name}-${names.slice(0, i + 1).filter(other => other === name).length}` : name;
  });
}

function refuse(owner: string, rule: string, received: unknown): never {
  throw new InvalidParamError({ action: `make ${owner}`, rule, received: show(received) });
}
