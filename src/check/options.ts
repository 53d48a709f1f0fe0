import { InvalidParamError, show } from '../errors/index.ts';

/** @throws InvalidParamError on options that are no object, and on a name that is not known. */
export function checkOptions(options: object, known: readonly string[], action: string): void {
  if (typeof options !== 'object' || options === null) {
    throw new InvalidParamError({ action, rule: 'options must be an object', received: show(options) });
  }
  const unknown = Object.keys(options).find(name => !known.includes(name));
  if (unknown === undefined) return;
  throw new InvalidParamError({ action, rule: `options must be among ${known.join(', ')}`, received: show(unknown) });
}
