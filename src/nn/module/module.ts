import { RandomState } from '../../random/index.ts';
import type { Device, Tensor } from '../tensor/index.ts';
import { type AnyModule, type ForwardHook, type ForwardPreHook, Hooks } from './hooks.ts';
import { Buffer, Parameter } from './parameter.ts';
import type { Pass } from './pass.ts';
import { type LoadOptions, loadState, type StateDict } from './state-dict.ts';

/**
 * A part of a network: what it holds in its attributes, and a `forward` from inputs to outputs.
 *
 * Attributes are found by what they are: parameters, buffers, generators, modules, and lists of modules. Their names in
 * a state dict are torch's: the path, with camelCase turned into snake_case (`encoder.inProjWeight` is
 * `encoder.in_proj_weight`). Hooks run whenever `forward` is called.
 *
 * @example
 * import { Linear, Module, relu, type Tensor, zeros } from 'fitwise/nn';
 * class Net extends Module {
 *   readonly hidden = new Linear(4, 8);
 *   readonly out = new Linear(8, 2);
 *   forward(x: Tensor): Tensor {
 *     return this.out.forward(relu(this.hidden.forward(x)));
 *   }
 * }
 * const net = new Net();
 * Object.keys(net.stateDict()); // ['hidden.weight', 'hidden.bias', 'out.weight', 'out.bias']
 * net.forward(zeros([3, 4])).shape; // [3, 2]
 */
export abstract class Module<Inputs extends readonly unknown[] = readonly [x: Tensor], Output = Tensor> {
  /** Whether dropout drops and batch norm learns its statistics: see {@link train} and {@link eval}. */
  training = true;
  readonly #hooks = new Hooks(this);

  abstract forward(...inputs: Inputs): Output;

  /**
   * @internal What it and the first modules after it give one after the other, to the bit, where one pass does it all;
   * null otherwise.
   */
  passWith(_x: Tensor, _next: readonly AnyModule[]): Pass | null {
    return null;
  }

  /** The modules held directly, by attribute; those in a list by attribute and position. */
  *namedChildren(): Iterable<[name: string, module: AnyModule]> {
    for (const [name, value] of Object.entries(this)) {
      if (value instanceof Module) yield [name, value];
      else if (Array.isArray(value)) {
        for (const [i, item] of value.entries()) if (item instanceof Module) yield [`${name}.${i}`, item];
      }
    }
  }

  /** This module under the empty name, and all below it, each once. */
  *namedModules(prefix = '', seen = new Set<AnyModule>()): Iterable<[name: string, module: AnyModule]> {
    if (seen.has(this)) return;
    seen.add(this);
    yield [prefix, this];
    for (const [name, child] of this.namedChildren()) yield* child.namedModules(join(prefix, name), seen);
  }

  /** Every parameter once, under torch's name. */
  namedParameters(): [name: string, parameter: Parameter][] {
    return distinct(this.#named(Parameter));
  }

  /** Every parameter once, in the order of the attributes. */
  parameters(): Parameter[] {
    return this.namedParameters().map(([, parameter]) => parameter);
  }

  /** Every buffer once, under torch's name. */
  namedBuffers(): [name: string, buffer: Buffer][] {
    return distinct(this.#named(Buffer));
  }

  /** Every generator of random numbers once: what a checkpoint must keep beside the state dict. */
  namedGenerators(): [name: string, generator: RandomState][] {
    return distinct(this.#named(RandomState));
  }

  /** Switches this module and all below it to training, or with `false` to evaluation. */
  train(training = true): this {
    for (const [, module] of this.namedModules()) module.training = training;
    return this;
  }

  /** Switches this module and all below it to evaluation. */
  eval(): this {
    return this.train(false);
  }

  /** Drops all gradients. */
  zeroGrad(): void {
    for (const parameter of this.parameters()) parameter.grad = null;
  }

  /**
   * Moves parameters and buffers to a device, in place: optimizers and state dicts hold the same tensors as before.
   * Counts, which are buffers without axes, stay where `forward` reads them. Gradients are dropped.
   *
   * @example
   * import { Linear, openGpu } from 'fitwise/nn';
   * const gpu = await openGpu().catch(() => null); // null where there is none
   * const model = new Linear(3, 1);
   * if (gpu !== null) model.to(gpu);
   */
  to(device: Device): this {
    for (const tensor of this.#movable()) if (tensor.device !== device) tensor.move(device);
    return this;
  }

  /** Moves parameters and buffers back to the processor's memory, in place; before them nothing is moved if that fails. */
  async toCpu(): Promise<this> {
    const away = this.#movable().filter(({ device }) => device !== null);
    const copies = await Promise.all(away.map(tensor => tensor.toCpu()));
    for (const [i, tensor] of away.entries()) tensor.move(copies[i]!.data);
    return this;
  }

  #movable(): Tensor[] {
    return distinct(this.#named(Parameter, Buffer)).flatMap(([, tensor]) => (tensor.ndim > 0 ? [tensor] : []));
  }

  /** Parameters and buffers by torch's names; they share the module's memory. */
  stateDict(): StateDict {
    const named = this.#named(Parameter, Buffer);
    return Object.fromEntries(named.map(([name, tensor]) => [name, tensor.detach()]));
  }

  /**
   * Copies values by name into parameters and buffers. Nothing is changed unless all of them fit.
   *
   * @throws InvalidInputError that lists every name that is missing, unexpected, or of another shape
   */
  loadStateDict(state: StateDict, options: LoadOptions = {}): void {
    loadState(this.stateDict(), state, options);
  }

  /**
   * Calls `hook` after each `forward` of this module with its inputs and its output, which is replaced by what the hook
   * returns unless that is undefined.
   *
   * @returns a function that takes the hook off again
   */
  registerForwardHook(hook: ForwardHook): () => void {
    return this.#hooks.add(hook);
  }

  /**
   * Calls `hook` before each `forward` of this module with its inputs, which are replaced by the list that the hook
   * returns unless that is undefined.
   *
   * @returns a function that takes the hook off again
   */
  registerForwardPreHook(hook: ForwardPreHook): () => void {
    return this.#hooks.addBefore(hook);
  }

  #named<T extends object>(...kinds: readonly (new (...args: never[]) => T)[]): [name: string, value: T][] {
    const found: [string, T][] = [];
    for (const [path, module] of allModules('', this)) {
      for (const [name, value] of Object.entries(module)) {
        if (kinds.some(kind => value instanceof kind)) found.push([toSnakeCase(join(path, name)), value as T]);
      }
    }
    return found;
  }
}

/** All modules under all their names: a shared one comes as often as it is held. */
function* allModules(prefix: string, module: AnyModule): Iterable<[string, AnyModule]> {
  yield [prefix, module];
  for (const [name, child] of module.namedChildren()) yield* allModules(join(prefix, name), child);
}

function distinct<T>(named: readonly [string, T][]): [string, T][] {
  const seen = new Set<T>();
  return named.filter(([, value]) => !seen.has(value) && seen.add(value));
}

function join(prefix: string, name: string): string {
  return prefix === '' ? name : `${prefix}.${name}`;
}

function toSnakeCase(name: string): string {
  return name.replace(/[A-Z]/g, letter => `_${letter.toLowerCase()}`);
}
