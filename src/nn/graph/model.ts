import { InvalidInputError, show, showShape } from '../../errors/index.ts';
import { type AnyModule, Module } from '../module/index.ts';
import type { Tensor } from '../tensor/index.ts';
import { leafAt, mapLeaves, type WithLeaves } from '../tensor/tree.ts';
import { type Call, nodesOf, run } from './apply.ts';
import { GraphNode } from './graph-node.ts';

/** One node, or a list of them. */
export type GraphInputs = GraphNode | readonly GraphNode[];

type TensorsFor<Inputs extends GraphInputs> = Inputs extends readonly GraphNode[]
  ? { readonly [K in keyof Inputs]: Tensor }
  : readonly [x: Tensor];

/**
 * A functional graph as a module; made by {@link model}. Its modules are named by their positions, in the order in which
 * they were first applied: a chain has the names of a {@link Sequential} of the same modules.
 */
export class Graph<Inputs extends readonly Tensor[], Output> extends Module<Inputs, Output> {
  readonly #inputs: readonly GraphNode[];
  readonly #outputs: unknown;
  readonly #calls: readonly Call[];
  /** After each call, those whose results nobody needs any more. */
  readonly #finished: readonly (readonly Call[])[];
  readonly #modules: readonly AnyModule[];

  /** @internal */
  constructor(inputs: readonly GraphNode[], outputs: unknown) {
    super();
    this.#inputs = inputs;
    this.#outputs = outputs;
    this.#calls = callsBetween(inputs, nodesOf(outputs));
    this.#finished = finishedAfter(this.#calls, nodesOf(outputs));
    const modules = this.#calls.map(({ layer }) => layer).filter(layer => layer instanceof Module);
    this.#modules = [...new Set(modules)];
  }

  /** @throws InvalidInputError on another number of inputs, and on samples of other shapes than the nodes have */
  forward(...inputs: Inputs): Output {
    checkInputs(inputs, this.#inputs);
    const given = new Map(this.#inputs.map((node, i) => [node, inputs[i]!]));
    const results = new Map<Call, unknown>();
    const read = (node: GraphNode) => given.get(node) ?? leafAt(results.get(node.call!), node.path);
    for (const [i, call] of this.#calls.entries()) {
      results.set(call, run(call, read));
      for (const finished of this.#finished[i]!) results.delete(finished);
    }
    return mapLeaves(this.#outputs, leaf => (leaf instanceof GraphNode ? read(leaf) : leaf)) as Output;
  }

  override *namedChildren(): Iterable<[name: string, module: AnyModule]> {
    for (const [i, module] of this.#modules.entries()) yield [String(i), module];
  }
}

/**
 * The module that computes some nodes from others (Keras's functional interface): {@link input}, layers that are
 * {@link apply | applied} to it, `model`. It is a module like every other: for state dicts, training, checkpoints, and
 * inside other modules and graphs. Nodes come from nodes that are already there, so a graph has no cycles.
 *
 * Where Keras differs: it accepts inputs that no output depends on and axes of unknown length, and it names layers by
 * their classes.
 *
 * @param inputs a node, or a list of nodes: what `forward` takes, in this order; inner nodes serve too
 * @param outputs a node, or lists and records of nodes: what `forward` gives
 * @throws InvalidInputError if an output does not depend on the inputs alone, or an input is not used, or comes twice
 *
 * @example
 * import { add, apply, input, Linear, model, relu, zeros } from 'fitwise/nn';
 * const [left, right] = [input([4]), input([3])];
 * const both = apply(relu, apply(add, apply(new Linear(4, 8), left), apply(new Linear(3, 8), right)));
 * const net = model([left, right], { kind: apply(new Linear(8, 2), both), size: apply(new Linear(8, 1), both) });
 * net.forward(zeros([5, 4]), zeros([5, 3])).kind.shape; // [5, 2]
 * Object.keys(net.stateDict()).slice(0, 3); // ['0.weight', '0.bias', '1.weight']
 */
export function model<const Inputs extends GraphInputs, const Outputs>(
  inputs: Inputs,
  outputs: Outputs,
): Graph<TensorsFor<Inputs>, WithLeaves<Outputs, GraphNode, Tensor>> {
  const given = inputs instanceof GraphNode ? [inputs] : (inputs as readonly GraphNode[]);
  for (const node of given) if (!(node instanceof GraphNode)) refuse('inputs must be nodes', show(node));
  if (new Set(given).size !== given.length) refuse('every input must come once', 'one twice');
  if (nodesOf(outputs).length === 0) refuse('there must be an output', show(outputs));
  return new Graph(given, outputs);
}

/** What must be run to get from the inputs to the outputs, in order. */
function callsBetween(inputs: readonly GraphNode[], outputs: readonly GraphNode[]): Call[] {
  const [given, calls] = [new Set(inputs), new Set<Call>()];
  const needed = new Set(outputs);
  for (const node of needed) {
    if (given.has(node)) continue;
    if (node.call === null) {
      const received = `one that needs another input, of samples of ${showShape(...node.shape)}`;
      refuse('every output must be computed from the inputs', received);
    }
    calls.add(node.call);
    for (const other of nodesOf(node.call.inputs)) needed.add(other);
  }
  const unused = inputs.findIndex(node => !needed.has(node));
  if (unused !== -1) refuse('an output must depend on every input', `none that depends on input ${unused}`);
  return [...calls].sort((a, b) => a.order - b.order);
}

function finishedAfter(calls: readonly Call[], outputs: readonly GraphNode[]): Call[][] {
  const lastUse = new Map<Call, number>();
  for (const [i, call] of calls.entries()) {
    for (const node of nodesOf(call.inputs)) if (node.call !== null) lastUse.set(node.call, i);
  }
  for (const node of outputs) if (node.call !== null) lastUse.delete(node.call);
  const finished: Call[][] = calls.map(() => []);
  for (const [call, i] of lastUse) finished[i]!.push(call);
  return finished;
}

function checkInputs(inputs: readonly Tensor[], nodes: readonly GraphNode[]): void {
  const action = 'run a graph';
  if (inputs.length !== nodes.length) {
    throw new InvalidInputError({ action, rule: `it takes ${nodes.length} inputs`, received: `${inputs.length}` });
  }
  const odd = nodes.findIndex(({ shape }, i) => inputs[i]!.shape.slice(1).join() !== shape.join() || !inputs[i]!.ndim);
  if (odd === -1) return;
  const rule = `samples of input ${odd} must have ${showShape(...nodes[odd]!.shape)}`;
  throw new InvalidInputError({ action, rule, received: `a batch of ${showShape(...inputs[odd]!.shape)}` });
}

function refuse(rule: string, received: string): never {
  throw new InvalidInputError({ action: 'make a graph', rule, received });
}
