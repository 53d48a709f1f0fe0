import type { Module } from './module.ts';

/** A module of whatever inputs and outputs. */
export type AnyModule = Module<readonly unknown[], unknown>;

/** Sees a module's inputs and output; what it returns, unless undefined, becomes the output. */
export type ForwardHook = (module: AnyModule, inputs: readonly unknown[], output: unknown) => unknown;

/**
 * The forward hooks of one module. While there are any, a `forward` of the module's own stands before the one of its
 * class; a module without hooks runs as if there were no such thing.
 */
export class Hooks {
  readonly #module: AnyModule;
  readonly #hooks = new Set<{ readonly run: ForwardHook }>();

  constructor(module: AnyModule) {
    this.#module = module;
  }

  add(run: ForwardHook): () => void {
    const hook = { run };
    if (this.#hooks.size === 0) this.#install();
    this.#hooks.add(hook);
    return () => {
      this.#hooks.delete(hook);
      if (this.#hooks.size === 0) Reflect.deleteProperty(this.#module, 'forward');
    };
  }

  #install(): void {
    const module = this.#module;
    const hooks = this.#hooks;
    const { forward } = module;
    const value = (...inputs: unknown[]): unknown => {
      let output = forward.apply(module, inputs);
      for (const { run } of hooks) output = run(module, inputs, output) ?? output;
      return output;
    };
    Object.defineProperty(module, 'forward', { value, configurable: true, enumerable: false });
  }
}
