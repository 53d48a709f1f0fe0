import { InvalidInputError, show } from '../../errors/index.ts';
import type { Module } from './module.ts';

/** A module of whatever inputs and outputs. */
export type AnyModule = Module<readonly unknown[], unknown>;

/** Sees a module's inputs and output; what it returns, unless undefined, becomes the output. */
export type ForwardHook = (module: AnyModule, inputs: readonly unknown[], output: unknown) => unknown;

/** Sees a module's inputs before it runs; the list that it returns, unless undefined, takes their place. */
export type ForwardPreHook = (module: AnyModule, inputs: readonly unknown[]) => readonly unknown[] | undefined;

/**
 * The forward hooks of one module. While there are any, a `forward` of the module's own stands before the one of its
 * class; a module without hooks runs as if there were no such thing.
 */
export class Hooks {
  readonly #module: AnyModule;
  readonly #before = new Set<{ readonly run: ForwardPreHook }>();
  readonly #after = new Set<{ readonly run: ForwardHook }>();

  constructor(module: AnyModule) {
    this.#module = module;
  }

  addBefore(run: ForwardPreHook): () => void {
    return this.#add(this.#before, { run });
  }

  add(run: ForwardHook): () => void {
    return this.#add(this.#after, { run });
  }

  get #size(): number {
    return this.#before.size + this.#after.size;
  }

  #add<H extends { readonly run: unknown }>(hooks: Set<H>, hook: H): () => void {
    if (typeof hook.run !== 'function') {
      throw new InvalidInputError({ action: 'add a hook', rule: 'it must be a function', received: show(hook.run) });
    }
    if (this.#size === 0) this.#install();
    hooks.add(hook);
    return () => {
      hooks.delete(hook);
      if (this.#size === 0) Reflect.deleteProperty(this.#module, 'forward');
    };
  }

  #install(): void {
    const module = this.#module;
    const [before, after] = [this.#before, this.#after];
    const { forward } = module;
    const value = (...given: unknown[]): unknown => {
      let inputs: readonly unknown[] = given;
      for (const { run } of before) inputs = run(module, inputs) ?? inputs;
      let output = forward.apply(module, [...inputs]);
      for (const { run } of after) output = run(module, inputs, output) ?? output;
      return output;
    };
    Object.defineProperty(module, 'forward', { value, configurable: true, enumerable: false });
  }
}
