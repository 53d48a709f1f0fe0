import { InvalidInputError } from '../../errors/index.ts';
import { Tensor } from '../tensor/index.ts';
import { mapLeaves } from '../tensor/tree.ts';
import type { GpuValues } from './gpu-values.ts';

/** What has been made in each open scope and belongs to nobody else; a scope lies in the one that was opened before it. */
export class Scopes {
  readonly #open: Set<GpuValues>[] = [];

  /** Gives new values to the innermost scope, where one is open. */
  add(values: GpuValues): void {
    this.#open.at(-1)?.add(values);
  }

  /** Takes values out of their scope. */
  remove(values: GpuValues): void {
    for (const scope of this.#open) scope.delete(values);
  }

  /**
   * Runs `body` in a scope of its own, which ends when the promise that it may return is settled. What the result holds
   * goes to the scope around it.
   *
   * @param letGo is called with all that was made in the scope but that
   */
  async run<T>(body: () => T | Promise<T>, letGo: (values: GpuValues) => void): Promise<T> {
    const scope = new Set<GpuValues>();
    this.#open.push(scope);
    try {
      const given = body();
      // What is made between here and the next turn of the event loop belongs to the scope of a promise alone.
      const result = given instanceof Promise ? await given : given;
      for (const values of heldBy(result)) if (scope.delete(values)) this.#around(scope)?.add(values);
      return result;
    } finally {
      const isInnermost = this.#open.at(-1) === scope;
      this.#open.splice(this.#open.indexOf(scope), 1);
      for (const values of scope) letGo(values);
      if (!isInnermost) refuseOverlap();
    }
  }

  #around(scope: Set<GpuValues>): Set<GpuValues> | undefined {
    return this.#open[this.#open.indexOf(scope) - 1];
  }
}

function heldBy(result: unknown): Set<GpuValues> {
  const found = new Set<GpuValues>();
  mapLeaves(
    result,
    leaf => leaf instanceof Tensor && leaf.device !== null && found.add(leaf.storage.values as GpuValues),
  );
  return found;
}

function refuseOverlap(): never {
  throw new InvalidInputError({
    action: 'end a scope',
    rule: 'scopes of one GPU must end in the reverse order of their beginnings',
    received: 'one that was opened later and is still open',
    repair: 'await a scope before the next one is opened',
  });
}
