import { compareLabels } from '../check/index.ts';
import { InvalidInputError, warn } from '../errors/index.ts';

/** Most names that a sentence lists. */
const SHOWN = 5;

/**
 * Compares the names of an input with those of `fit`: names on one side only are a warning, different names an error.
 *
 * @throws InvalidInputError if names are unseen, missing, or in another order.
 */
export function checkFeatureNames(
  source: string,
  action: string,
  fitted: readonly string[] | undefined,
  received: readonly string[] | undefined,
): void {
  if (fitted === undefined && received === undefined) return;
  if (fitted === undefined || received === undefined) {
    const message =
      fitted === undefined
        ? `X has feature names, but ${source} was fitted without feature names`
        : `X has no feature names, but ${source} was fitted with feature names`;
    warn({ kind: 'feature-names', source, message });
    return;
  }
  const unseen = without(received, fitted);
  const missing = without(fitted, received);
  if (unseen.length === 0 && missing.length === 0) {
    if (fitted.every((name, j) => name === received[j])) return;
    refuse(
      action,
      'X must have its features in the same order as in fit',
      `${list(received)} instead of ${list(fitted)}`,
    );
  }
  const parts = [
    ...(unseen.length === 0 ? [] : [`${list(unseen)} unseen at fit`]),
    ...(missing.length === 0 ? [] : [`${list(missing)} seen at fit yet now missing`]),
  ];
  refuse(action, 'X must have the features of fit', parts.join(', and '));
}

/** Sorted, as they are told. */
function without(names: readonly string[], others: readonly string[]): string[] {
  const known = new Set(others);
  return names.filter(name => !known.has(name)).sort(compareLabels);
}

function list(names: readonly string[]): string {
  const shown = names.slice(0, SHOWN).map(name => `'${name}'`);
  return `[${shown.join(', ')}${names.length > SHOWN ? ', ...' : ''}]`;
}

function refuse(action: string, rule: string, received: string): never {
  throw new InvalidInputError({ action, rule, received });
}
