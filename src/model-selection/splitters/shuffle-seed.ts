import { InvalidParamError, show } from '../../errors/index.ts';
import type { Seed } from '../../random/index.ts';

/** @throws InvalidParamError if a seed is given that nothing would use. */
export function checkShuffleSeed(
  owner: string,
  params: { readonly shuffle: boolean; readonly randomState: Seed },
): void {
  if (params.shuffle || params.randomState === null) return;
  throw new InvalidParamError({
    action: `make ${owner}`,
    rule: 'randomState must be null where shuffle is false',
    received: show(params.randomState),
    repair: 'pass shuffle: true',
  });
}
