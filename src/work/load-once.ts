import { assert } from '../errors/index.ts';
import { type Work, waitFor } from './work.ts';

/** A module that is loaded when it is first needed. */
export interface LazyModule<M extends object = object> {
  /** The module; the first work waits for it, later ones have it at once. */
  (): Work<M>;
  /** The module, for a caller that cannot wait and knows that it has been loaded. */
  loaded(): M;
}

/**
 * A module that is loaded when work first needs it: what only some calls use (as a rule, `fit`) then costs a page that
 * does not make them nothing.
 *
 * @param load `() => import('./module.ts')`, written out so that bundlers see it
 */
export function loadOnce<M extends object>(load: () => Promise<M>): LazyModule<M> {
  let module: M | undefined;
  function* work(): Work<M> {
    module ??= yield* waitFor(load);
    return module;
  }
  const loaded = () => {
    assert(module !== undefined, 'a module is loaded before it is used');
    return module;
  };
  return Object.assign(work, { loaded });
}

/** Loads what is not loaded yet. */
export function* loadAll(modules: readonly LazyModule[]): Work<void> {
  for (const module of modules) yield* module();
}
