import { type Work, waitFor } from './work.ts';

/**
 * A module that is loaded when work first needs it: what only some calls use (as a rule, `fit`) then costs a page that
 * does not make them nothing. The first work waits for it, later ones have it at once.
 *
 * @param load `() => import('./module.ts')`, written out so that bundlers see it
 */
export function loadOnce<M extends object>(load: () => Promise<M>): () => Work<M> {
  let module: M | undefined;
  return function* () {
    module ??= yield* waitFor(load);
    return module;
  };
}
