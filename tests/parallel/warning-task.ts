import { warn } from '../../src/errors/index.ts';
import type { Task } from '../../src/parallel/index.ts';
import { waitFor } from '../../src/work/index.ts';

/** Warns twice round a pause of `ms`, and fails where `ms` is negative. */
export const warnTwice: Task<{ name: string; ms: number }, null, string> = {
  id: 'test/warn-twice',
  *run({ name, ms }) {
    warn({ kind: 'user', source: name, message: 'before' });
    yield* waitFor(() => new Promise<void>(resolve => setTimeout(resolve, ms)));
    if (ms < 0) throw new RangeError(name);
    warn({ kind: 'user', source: name, message: 'after' });
    return name;
  },
};
