import { type AnyModule, Module } from '../module/index.ts';
import { runInTurn } from '../module/pass.ts';
import type { Tensor } from '../tensor/index.ts';
import { checkModules } from './rules.ts';

/**
 * Modules one after the other: each takes what the one before it gives. Their names are their positions.
 *
 * @example
 * import { Linear, ReLU, Sequential, zeros } from 'fitwise/nn';
 * const model = new Sequential(new Linear(4, 8), new ReLU(), new Linear(8, 2));
 * model.forward(zeros([3, 4])).shape; // [3, 2]
 * Object.keys(model.stateDict()); // ['0.weight', '0.bias', '2.weight', '2.bias']
 */
export class Sequential extends Module {
  readonly #modules: readonly Module[];

  /** @throws InvalidParamError on what is no module */
  constructor(...modules: readonly Module[]) {
    super();
    checkModules('Sequential', 'modules', Module, modules);
    this.#modules = modules;
  }

  forward(x: Tensor): Tensor {
    return runInTurn(this.#modules, x);
  }

  override *namedChildren(): Iterable<[name: string, module: AnyModule]> {
    for (const [i, module] of this.#modules.entries()) yield [String(i), module];
  }

  /** The module at a position; negative ones count from the back. */
  at(position: number): Module | undefined {
    return this.#modules.at(position);
  }

  get length(): number {
    return this.#modules.length;
  }
}
