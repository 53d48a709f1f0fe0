/**
 * The tape: what was computed, and how gradients flow back (reverse-mode differentiation; S. Linnainmaa, 1970).
 *
 * Each operation leaves a node that knows the nodes of its inputs and a function from the gradient of its output to
 * those of its inputs. `backpropagate` visits the nodes from the last to the first and adds up what arrives at each.
 * A node is freed once it has been visited, so that a tape serves one backward pass and holds no memory after it.
 */
import { assert, InvalidInputError } from '../../errors/index.ts';
import { addInto } from '../../kernels/index.ts';
import type { Tensor } from './tensor.ts';

/** Gradients of an operation's inputs, in their order; `null` for those that need none. */
export type Backward<Saved extends readonly Tensor[]> = (
  grad: Tensor,
  saved: Saved,
  needs: readonly boolean[],
) => readonly (Tensor | null)[];

export interface Node {
  /** Counts up, so that a node's inputs have smaller numbers than itself. */
  readonly order: number;
  readonly name: string;
  /** Nodes of the inputs; `null` for those without gradients. */
  inputs: readonly (Node | null)[];
  /** Runs backward over what the operation saved; `null` in a leaf, and in a node that has been freed. */
  run: ((grad: Tensor) => readonly (Tensor | null)[]) | null;
  /** The parameter whose gradients end here. */
  readonly leaf: Tensor | null;
  /** What an observer made of the operation. */
  readonly mark?: unknown;
}

/**
 * Sees each result and each gradient as they arise, with the name of the operation. What operations compute while they
 * run backward is not shown.
 */
export interface TapeObserver {
  /** What it returns is kept with the operation, and given to `onBackward` as `mark`. */
  onForward?(operation: string, output: Tensor, inputs: readonly Tensor[]): unknown;
  /** @param gradients of the operation's inputs */
  onBackward?(operation: string, gradients: readonly (Tensor | null)[], mark: unknown): void;
  /** Something is kept for backward: `kept` is the tensor, or what a {@link SavedForm} made of it. */
  onSave?(operation: string, saved: Tensor, kept: unknown): void;
}

/** Stores what operations keep for backward in another form: half precision, say. */
export interface SavedForm {
  /** @param isHeld whether it is a parameter or data, which lie in memory anyway */
  pack(saved: Tensor, isHeld: boolean): unknown;
  unpack(packed: unknown): Tensor;
}

let isOn = true;
let observer: TapeObserver | null = null;
let savedForm: SavedForm | null = null;
let nodes = 0;

/**
 * Runs `body` without a tape: nothing is kept for a backward pass, and results need no gradients.
 *
 * @throws InvalidInputError if `body` returns a promise: what it awaits would run with the tape again
 *
 * @example
 * import { mul, noGrad, tensor } from 'fitwise/nn';
 * const w = tensor([2, 3], { requiresGrad: true });
 * noGrad(() => mul(w, w)).requiresGrad; // false
 */
export function noGrad<T>(body: () => T): T {
  const before = isOn;
  isOn = false;
  try {
    return synchronous('run without gradients', body());
  } finally {
    isOn = before;
  }
}

/** Whether operations are being recorded. */
export function isRecording(): boolean {
  return isOn;
}

/** Whether somebody looks at operations one by one, or keeps what each saves in a form of its own. */
export function isWatched(): boolean {
  return observer !== null || savedForm !== null;
}

/** Shows every result and every gradient that arises inside `body` to an observer. */
export function observeTape<T>(next: TapeObserver, body: () => T): T {
  const before = observer;
  observer = next;
  try {
    return synchronous('observe the tape', body());
  } finally {
    observer = before;
  }
}

/** Keeps what the operations inside `body` save in another form until their backward pass. */
export function withSavedForm<T>(form: SavedForm, body: () => T): T {
  const before = savedForm;
  savedForm = form;
  try {
    return synchronous('keep saved tensors in another form', body());
  } finally {
    savedForm = before;
  }
}

function synchronous<T>(action: string, result: T): T {
  if (result instanceof Promise) {
    throw new InvalidInputError({ action, rule: 'the body must not return a promise', received: 'a promise' });
  }
  return result;
}

/**
 * Puts an operation on the tape, and gives its output.
 *
 * @param name as messages show it
 * @param output what was computed; fresh, and seen by nobody yet
 * @param saves what `backward` will read; it must take it from its argument and nowhere else
 */
export function record<const Saved extends readonly Tensor[]>(
  name: string,
  output: Tensor,
  inputs: readonly Tensor[],
  saves: Saved,
  backward: Backward<Saved>,
): Tensor {
  const mark = observer?.onForward?.(name, output, inputs);
  const needs = inputs.map(input => isOn && input.requiresGrad);
  if (!needs.includes(true)) return output;
  const unpackers = keepAll(name, saves, inputs);
  const inputNodes = inputs.map((input, i) => (needs[i] ? input.node() : null));
  output.attach({
    order: nodes++,
    name,
    inputs: inputNodes,
    leaf: null,
    mark,
    run: grad => backward(grad, unpackers.map(unpack => unpack()) as unknown as Saved, needs),
  });
  return output;
}

/** The node at which the gradients of a parameter end. */
export function leafNode(leaf: Tensor): Node {
  return { order: nodes++, name: 'leaf', inputs: [], run: null, leaf };
}

/** Apart from `record`, whose function for backward would hold on to the inputs together with the names it uses. */
function keepAll(name: string, saves: readonly Tensor[], inputs: readonly Tensor[]): (() => Tensor)[] {
  return saves.map(saved => keep(name, saved, inputs.includes(saved) && saved.isLeaf));
}

/** Keeps a saved tensor, and makes sure that it is still the same when it is needed. */
function keep(name: string, saved: Tensor, isHeld: boolean): () => Tensor {
  const { changes } = saved.storage;
  const { count } = changes;
  const form = savedForm;
  const packed = form?.pack(saved, isHeld);
  const held = form === null ? saved : null;
  observer?.onSave?.(name, saved, held ?? packed);
  return () => {
    if (changes.count !== count) {
      throw new InvalidInputError({
        action: `run backward through ${name}`,
        rule: 'what it saved must not have been changed in place',
        received: `a tensor changed ${changes.count - count} times since`,
        repair: 'change it after backward, or change a clone',
      });
    }
    return held ?? form!.unpack(packed);
  };
}

/** Sends a gradient from a node back to all leaves below it, and frees the tape unless it is to be retained. */
export function backpropagate(root: Node, grad: Tensor, retainGraph: boolean): void {
  const arrived = new Map<Node, Tensor>([[root, grad]]);
  for (const node of lastToFirst(root)) {
    const own = arrived.get(node);
    arrived.delete(node);
    if (own === undefined) continue;
    if (node.leaf !== null) node.leaf.grad = sum(node.leaf.grad, own);
    else sendBack(node, own, arrived);
    if (!retainGraph && node.leaf === null) free(node);
  }
}

function sendBack(node: Node, grad: Tensor, arrived: Map<Node, Tensor>): void {
  const gradients = unobserved(() => node.run!(grad));
  observer?.onBackward?.(node.name, gradients, node.mark);
  node.inputs.forEach((input, i) => {
    const part = gradients[i];
    if (input === null) return;
    assert(part instanceof Object, `${node.name} must give a gradient for input ${i}`);
    arrived.set(input, sum(arrived.get(input) ?? null, part));
  });
}

function unobserved<T>(body: () => T): T {
  const before = observer;
  observer = null;
  try {
    return body();
  } finally {
    observer = before;
  }
}

/** Gradients are never written to, so that one may be shared by several tensors: a sum is a new tensor. */
function sum(a: Tensor | null, b: Tensor): Tensor {
  if (a === null) return b;
  if (b.device !== null) return b.device.map('add', [a, b]);
  const data = new Float32Array(b.size);
  addInto(a.data, b.data, data);
  return b.like(data);
}

/** All nodes that the root depends on, itself first; each before its inputs. */
function lastToFirst(root: Node): Node[] {
  const found = new Set([root]);
  for (const node of found) {
    if (node.run === null && node.leaf === null) refuseFreed();
    for (const input of node.inputs) if (input !== null) found.add(input);
  }
  return [...found].sort((a, b) => b.order - a.order);
}

function refuseFreed(): never {
  throw new InvalidInputError({
    action: 'run backward',
    rule: 'each part of the tape serves one backward pass',
    received: 'a tape that has been freed',
    repair: 'pass { retainGraph: true } to the first pass',
  });
}

function free(node: Node): void {
  node.inputs = [];
  node.run = null;
}
