/** Options that several layers have. */
import { checkParam, either, integer, type Rule, real, seed, value } from '../../check/index.ts';
import { InvalidParamError, show } from '../../errors/index.ts';
import { RandomState, type Seed } from '../../random/index.ts';
import type { AnyModule } from '../module/index.ts';
import type { Pair } from '../ops/index.ts';
import { isPair } from '../ops/sizes.ts';

/** A seed, or a generator that goes on; one may serve many layers. */
export function randomState(): Rule<Seed | RandomState> {
  const stream = {
    default: null,
    expected: 'a RandomState',
    accepts: (given: unknown) => given instanceof RandomState,
  };
  return either<Seed, Seed | RandomState>(seed(), stream);
}

export function probability(byDefault: number): Rule<number> {
  return real({ min: 0, max: 1, default: byDefault });
}

/** What is added to a variance. */
export function epsilon(): Rule<number> {
  return real({ min: 0, default: 1e-5 });
}

/** @throws InvalidParamError unless channels are whole numbers >= 1 that the groups divide */
export function checkChannels(owner: string, inChannels: number, outChannels: number, groups: number): void {
  checkParam(owner, 'inChannels', integer({ min: 1 }), inChannels);
  checkParam(owner, 'outChannels', integer({ min: 1 }), outChannels);
  if (inChannels % groups === 0 && outChannels % groups === 0) return;
  const rule = `groups must divide the channels, ${inChannels} in and ${outChannels} out`;
  throw new InvalidParamError({ action: `make ${owner}`, rule, received: show(groups) });
}

/** @throws InvalidParamError unless they are a list of modules of a kind, which `plural` names */
export function checkModules(
  owner: string,
  plural: string,
  kind: abstract new (...given: never[]) => AnyModule,
  modules: readonly AnyModule[],
): void {
  const isList = Array.isArray(modules);
  const stray = isList ? modules.find(module => !(module instanceof kind)) : modules;
  if (isList && stray === undefined && !modules.includes(undefined as never)) return;
  const rule = `its parts must be ${plural}`;
  throw new InvalidParamError({ action: `make ${owner}`, rule, received: show(stray) });
}

/** One whole number for height and width, or one for each. */
export function pair(min: number, byDefault?: Pair): Rule<Pair> {
  const expected = `a whole number >= ${min}, or two of them`;
  return value<Pair>({ default: byDefault as Pair, expected, accepts: given => isPair(given, min) });
}
