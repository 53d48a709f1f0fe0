import { NotFittedError } from '../errors/index.ts';

/** The error for reading out-of-bag results that were not asked for. */
export function needsOobScore(source: string): NotFittedError {
  return new NotFittedError({
    action: `read the out-of-bag results of ${source}`,
    rule: 'oobScore must be true in fit',
    received: 'false',
  });
}
