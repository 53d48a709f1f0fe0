import { InvalidParamError, show } from '../errors/index.ts';

/**
 * The number of workers that `nJobs` asks for, by joblib's rule: `null` is 1, -1 all cores, -2 all but one, and
 * so on, but never fewer than 1.
 *
 * @throws InvalidParamError if `nJobs` is 0 or not a whole number.
 */
export function countJobs(nJobs: number | null): number {
  if (nJobs === null) return 1;
  if (!Number.isInteger(nJobs) || nJobs === 0) {
    throw new InvalidParamError({
      action: 'count workers',
      rule: 'nJobs must be null or a whole number other than 0',
      received: show(nJobs),
      repair: 'use -1 for all cores',
    });
  }
  return nJobs > 0 ? nJobs : Math.max(1, countCores() + 1 + nJobs);
}

/** What the system said; asking it takes microseconds. */
let cores: number | undefined;

/** The cores that this process may use. */
export function countCores(): number {
  cores ??=
    globalThis.process?.getBuiltinModule?.('node:os')?.availableParallelism() ??
    globalThis.navigator?.hardwareConcurrency ??
    1;
  return cores;
}
