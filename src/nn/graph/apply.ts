import { InvalidInputError, show } from '../../errors/index.ts';
import { inEvaluation } from '../module/in-evaluation.ts';
import { type AnyModule, Module, Parameter } from '../module/index.ts';
import { Tensor, zeros } from '../tensor/index.ts';
import { mapLeaves, type WithLeaves } from '../tensor/tree.ts';
import { GraphNode } from './graph-node.ts';

/** A module, or a function of tensors that holds no parameters: `relu`, `add`, one of your own. */
export type Layer<Inputs extends readonly unknown[], Output> = Module<Inputs, Output> | ((...inputs: Inputs) => Output);

/** What a layer takes that is applied to nodes: tensors for them, in the same lists and records. */
export type Arguments<Nodes extends readonly unknown[]> = {
  readonly [K in keyof Nodes]: WithLeaves<Nodes[K], GraphNode | Tensor, Tensor>;
};

/** What its application gives: nodes for tensors. */
export type Results<Output> = WithLeaves<Output, Tensor, GraphNode>;

/** One application of a layer. */
export interface Call {
  /** Counts up, so that what a call depends on has smaller numbers than itself. */
  readonly order: number;
  readonly layer: AnyModule | ((...inputs: readonly unknown[]) => unknown);
  /** Nodes among what is passed on as it is. */
  readonly inputs: readonly unknown[];
}

let calls = 0;

/**
 * Applies a layer to nodes: a line of a functional graph. A layer that is applied twice shares its parameters.
 *
 * The layer is tried at once on zeros, as one sample, in evaluation and without a tape, so that a wrong shape is refused
 * in the line where it stands.
 *
 * @param layer a module, or a function without parameters
 * @param inputs its arguments, with nodes in place of tensors
 * @returns a node, or nodes in the lists and records in which the layer gives its tensors
 * @throws InvalidInputError if no argument is a node, if a parameter stands among them, or if the layer refuses the shapes
 *
 * @example
 * import { add, apply, cat, input, Linear, relu } from 'fitwise/nn';
 * const x = input([4]);
 * const hidden = apply(relu, apply(new Linear(4, 4), x));
 * apply(add, x, hidden).shape; // [4]
 * apply((a, b) => cat([a, b], 1), x, hidden).shape; // [8]
 */
export function apply<const Nodes extends readonly unknown[], Output>(
  layer: Layer<Arguments<Nodes>, Output>,
  ...inputs: Nodes
): Results<Output> {
  const call: Call = { order: calls++, layer: layer as Call['layer'], inputs };
  const found = nodesOf(inputs);
  if (found.length === 0) refuse('an argument must be a node of a graph', show(inputs));
  const output = tryOut(call);
  let tensors = 0;
  const nodes = mapLeaves(output, (leaf, path) => {
    if (!(leaf instanceof Tensor)) return leaf;
    tensors++;
    return new GraphNode(leaf.shape.slice(1), call, path);
  });
  if (tensors === 0) refuse('the layer must give a tensor', show(output));
  return nodes as Results<Output>;
}

/** The nodes in lists and records. */
export function nodesOf(tree: unknown): GraphNode[] {
  const found: GraphNode[] = [];
  mapLeaves(tree, leaf => {
    if (leaf instanceof GraphNode) found.push(leaf);
    if (leaf instanceof Parameter) refuse('parameters must belong to a module', 'one as an argument');
  });
  return found;
}

/** Runs a layer on what `read` gives for its nodes. */
export function run({ layer, inputs }: Call, read: (node: GraphNode) => unknown): unknown {
  const values = mapLeaves(inputs, leaf => (leaf instanceof GraphNode ? read(leaf) : leaf)) as unknown[];
  return layer instanceof Module ? layer.forward(...values) : layer(...values);
}

function tryOut(call: Call): unknown {
  const attempt = () => run(call, ({ shape }) => zeros([1, ...shape]));
  return inEvaluation(call.layer instanceof Module ? [call.layer] : [], attempt);
}

function refuse(rule: string, received: string): never {
  throw new InvalidInputError({ action: 'apply a layer', rule, received });
}
