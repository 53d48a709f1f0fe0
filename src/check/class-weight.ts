import type { Label } from './labels.ts';
import { type Rule, value } from './params.ts';

/**
 * Weights of classes: `null` for one each, `'balanced'` for the reverse of their frequency, or a weight per label (a
 * record, or a list of `[label, weight]` where labels are not strings); labels that are not named weigh 1.
 */
export type ClassWeight = 'balanced' | Readonly<Record<string, number>> | readonly (readonly [Label, number])[] | null;

/** The rule of a `classWeight` parameter. */
export function classWeight(): Rule<ClassWeight> {
  return value<ClassWeight>({
    default: null,
    expected: "'balanced', null, or a weight >= 0 per label as a record or a list of [label, weight]",
    accepts: candidate => {
      if (candidate === null || candidate === 'balanced') return true;
      if (typeof candidate !== 'object' || !(Array.isArray(candidate) || isRecord(candidate as object))) return false;
      return entriesOf(candidate as object).every(entry => {
        const weight = Array.isArray(entry) && entry.length === 2 ? (entry[1] as unknown) : undefined;
        return typeof weight === 'number' && Number.isFinite(weight) && weight >= 0;
      });
    },
  });
}

/** Whether what an object holds are its own keys: those of a `Map` are not. */
function isRecord(given: object): boolean {
  return Object.prototype.toString.call(given) === '[object Object]';
}

/** Labels and their weights. */
export function entriesOf(given: object): readonly (readonly [unknown, unknown])[] {
  return Array.isArray(given) ? given : Object.entries(given);
}
