import { unknownParam } from '../check/index.ts';

/** What nested names reach into: an estimator. */
interface Nest {
  withParams(params: object): unknown;
}

/**
 * Contained estimators after some of their parameters were replaced: a plain name replaces the estimator, and
 * `name__param` goes on inside it (split at the first `__`).
 *
 * @param known names that a sentence about an unknown one lists
 * @throws InvalidParamError on a name that leads nowhere
 */
export function replaceNested(
  owner: string,
  known: readonly string[],
  parts: Readonly<Record<string, unknown>>,
  given: readonly (readonly [string, unknown])[],
): Record<string, unknown> {
  const replaced: Record<string, unknown> = {};
  const nested = new Map<string, Record<string, unknown>>();
  for (const [key, value] of given) {
    const at = key.indexOf('__');
    const head = at === -1 ? key : key.slice(0, at);
    if (!Object.hasOwn(parts, head)) throw unknownParam(owner, key, known);
    if (at === -1) replaced[head] = value;
    else nested.set(head, { ...nested.get(head), [key.slice(at + 2)]: value });
  }
  for (const [head, params] of nested) {
    const part = replaced[head] ?? parts[head];
    if (!isNest(part)) throw unknownParam(owner, `${head}__${Object.keys(params)[0]}`, known);
    replaced[head] = part.withParams(params);
  }
  return replaced;
}

function isNest(part: unknown): part is Nest {
  return typeof (part as Partial<Nest> | null | undefined)?.withParams === 'function';
}
