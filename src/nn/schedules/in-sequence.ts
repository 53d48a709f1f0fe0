import { InvalidParamError, show } from '../../errors/index.ts';
import type { Schedule } from './schedule.ts';

/**
 * Schedules one after the other, each from its step 0 on.
 *
 * @param milestones the first steps of all schedules but the first
 * @throws InvalidParamError unless there is one less than schedules, and none is less than the one before
 *
 * @example
 * import { cosineDecay, inSequence, linearWarmUp } from 'fitwise/nn';
 * const schedule = inSequence([linearWarmUp({ steps: 10 }), cosineDecay({ steps: 90 })], [10]);
 * schedule(10, 0.1).lr; // 0.1
 */
export function inSequence(schedules: readonly Schedule[], milestones: readonly number[]): Schedule {
  if (schedules.length !== milestones.length + 1) {
    const rule = `there must be one milestone less than schedules (${schedules.length})`;
    throw new InvalidParamError({ action: 'make a schedule', rule, received: show(milestones) });
  }
  if (milestones.some((milestone, i) => !(milestone >= (milestones[i - 1] ?? 0)))) {
    const rule = 'milestones must be >= 0, and none less than the one before';
    throw new InvalidParamError({ action: 'make a schedule', rule, received: show(milestones) });
  }
  return (step, lr) => {
    const passed = milestones.filter(milestone => milestone <= step).length;
    return schedules[passed]!(step - (milestones[passed - 1] ?? 0), lr);
  };
}
