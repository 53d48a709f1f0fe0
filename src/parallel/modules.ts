import { InvalidInputError, show } from '../errors/index.ts';

const urls = new Set<string>();

/**
 * Names a module that every worker loads before its next task, so that it knows the estimators exported there.
 * A worker has its own memory: classes defined here are unknown to it until then.
 *
 * @param url Absolute, e.g. `new URL('./my-estimators.js', import.meta.url)`.
 * @throws InvalidInputError if `url` is relative.
 *
 * @example
 * import { registerModule } from 'fitwise';
 *
 * registerModule(new URL('data:text/javascript,export class Mine {}'));
 */
export function registerModule(url: string | URL): void {
  if (!(url instanceof URL) && !(typeof url === 'string' && URL.canParse(url))) {
    throw new InvalidInputError({
      action: 'register a module',
      rule: 'url must be absolute, because workers have another base',
      received: show(url),
      repair: "pass new URL('./my-estimators.js', import.meta.url)",
    });
  }
  urls.add(String(new URL(url)));
}

/** The URLs of all registered modules, in their order. */
export function registeredModules(): string[] {
  return [...urls];
}
