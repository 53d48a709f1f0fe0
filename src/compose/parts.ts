import { nullable, type Rule, value } from '../check/index.ts';
import { type AnyEstimator, Estimator } from '../core/index.ts';
import { InvalidParamError, show } from '../errors/index.ts';
import { checkNames, checkTuples, cloneIfEstimator } from './named-parts.ts';
import type { Part, PartEstimator } from './part-types.ts';
import { Passthrough } from './passthrough.ts';

/** Rule of a record of factors by transformer name. */
export function weightsRule(): Rule<Readonly<Record<string, number>> | null> {
  return nullable(
    value<Readonly<Record<string, number>>>({
      default: {},
      expected: 'an object of finite numbers by transformer name',
      accepts: given => typeof given === 'object' && given !== null && Object.values(given).every(Number.isFinite),
    }),
  );
}

/** Copies of named transformers of `length` members each, once they obey the rules. */
export function checkParts<P extends Part>(
  owner: string,
  given: unknown,
  length: number,
  params: readonly string[],
): readonly P[] {
  const action = `make ${owner}`;
  if (length === 2) checkTuples(owner, 'transformerList', given, length, '[name, transformer]');
  else checkTuples(owner, 'transformers', given, length, '[name, transformer, columns]');
  const parts = given as readonly Part[];
  checkNames(
    owner,
    parts.map(([name]) => name),
    params,
  );
  for (const [name, part] of parts) checkPart(part, `transformer '${name}'`, action);
  return parts.map(([name, part, ...rest]) => [name, cloneIfEstimator(part), ...rest] as unknown as P);
}

/** @throws InvalidParamError if something is neither a transformer nor one of the two words. */
export function checkPart(part: unknown, what: string, action: string): void {
  if (part === 'passthrough' || part === 'drop' || (part instanceof Estimator && part.supports('transform'))) return;
  throw new InvalidParamError({
    action,
    rule: `${what} must be a transformer, 'passthrough' or 'drop'`,
    received: show(part),
  });
}

/** @throws InvalidParamError if a weight is for no transformer. */
export function checkWeights(
  owner: string,
  weights: Readonly<Record<string, number>> | null,
  names: readonly string[],
): void {
  const unknown = Object.keys(weights ?? {}).find(name => !names.includes(name));
  if (unknown === undefined) return;
  throw new InvalidParamError({
    action: `make ${owner}`,
    rule: `transformerWeights must be for ${names.join(', ')}`,
    received: show(unknown),
  });
}

/** An unfitted estimator of its own for a part that is not dropped. */
export function freshPart(part: Exclude<PartEstimator, 'drop'>): AnyEstimator {
  return part === 'passthrough' ? new Passthrough() : part.clone();
}
