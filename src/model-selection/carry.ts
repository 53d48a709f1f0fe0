import { type AnyEstimator, classesIn, decodeWithClasses, type Encoded, Estimator, encode } from '../core/index.ts';
import { assert, UnsupportedError } from '../errors/index.ts';
import { type Work, waitFor } from '../work/index.ts';

/** An estimator on its way to or from a task: live where the task runs in this thread, plain data where it crosses. */
export type Carried = AnyEstimator | Encoded;

/**
 * An estimator as a task's payload.
 *
 * @throws UnsupportedError if it has to cross and some of its parameters cannot.
 */
export function carry(estimator: AnyEstimator, crosses: boolean, action: string): Carried {
  if (!crosses) return estimator;
  try {
    return encode(estimator, `send ${estimator.name} to a worker`);
  } catch (error) {
    if (!(error instanceof UnsupportedError)) throw error;
    throw new UnsupportedError({ ...error.problem, action: `run ${action} in workers`, repair: 'leave nJobs at null' });
  }
}

/** The estimator of a payload; `template` lends its classes, so that the caller's own need not be registered. */
export function* unpack(carried: Carried, template?: AnyEstimator): Work<AnyEstimator> {
  if (carried instanceof Estimator) return carried;
  const estimator = yield* waitFor(() => decodeWithClasses(carried, classesIn(template)));
  assert(estimator instanceof Estimator, 'a task carries an estimator');
  return estimator;
}

/** A fitted estimator as a task's result: as it came. */
export function sendBack(fitted: AnyEstimator, came: Carried): Carried {
  return came instanceof Estimator ? fitted : encode(fitted, 'return a model');
}
