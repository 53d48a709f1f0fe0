import { isWatched, type Tensor } from '../tensor/index.ts';
import type { AnyModule } from './hooks.ts';

/** What several modules give in one pass. */
export interface Pass {
  readonly y: Tensor;
  /** How many modules after the first it has done. */
  readonly count: number;
}

/**
 * Whether a module is of a class and runs the class's own `forward`, neither one of a class derived from it nor one with
 * hooks.
 */
export function isPlain<M extends AnyModule>(
  module: AnyModule | undefined,
  type: abstract new (...args: never[]) => M,
): module is M {
  return module instanceof type && module.forward === (type.prototype as AnyModule).forward;
}

/** Runs modules one after the other, in as few passes as give the same to the bit. */
export function runInTurn(modules: readonly AnyModule[], x: Tensor): Tensor {
  let y = x;
  for (let i = 0; i < modules.length; i++) {
    const pass = isWatched() ? null : modules[i]!.passWith(y, modules.slice(i + 1));
    y = pass?.y ?? (modules[i]!.forward(y) as Tensor);
    i += pass?.count ?? 0;
  }
  return y;
}
