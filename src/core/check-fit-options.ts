import { InvalidInputError, InvalidParamError, show } from '../errors/index.ts';
import { CALL_OPTIONS, type FitOptions } from './options.ts';
import type { Consumable } from './traits.ts';

const CONSUMABLES: readonly Consumable[] = ['sampleWeight', 'groups', 'validation', 'warmStartFrom', 'classes'];

/**
 * Checks the names of options, and that somebody consumes each.
 *
 * @throws InvalidParamError on an unknown name. @throws InvalidInputError on an option that nobody consumes.
 */
export function checkFitOptions(options: FitOptions, consumes: readonly Consumable[], action: string): void {
  for (const [name, given] of Object.entries(options)) {
    if (given === undefined || CALL_OPTIONS.includes(name)) continue;
    if (!CONSUMABLES.includes(name as Consumable)) {
      throw new InvalidParamError({
        action,
        rule: `options must be among ${[...CONSUMABLES, ...CALL_OPTIONS].join(', ')}`,
        received: show(name),
      });
    }
    if (!consumes.includes(name as Consumable)) {
      throw new InvalidInputError({
        action,
        rule: `${name} must be consumed by some estimator`,
        received: 'one that nobody uses',
      });
    }
  }
}
