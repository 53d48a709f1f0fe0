import { Tensor } from './tensor.ts';

/** A type in which other leaves stand for tensors, in the same lists and records: nodes of a graph, say. */
export type WithLeaves<Whole, From, To> = Whole extends From
  ? To
  : Whole extends object
    ? { readonly [K in keyof Whole]: WithLeaves<Whole[K], From, To> }
    : Whole;

/** Lists and plain records as they are, with `change` of each leaf; what is neither is a leaf. */
export function mapLeaves(tree: unknown, change: (leaf: unknown, path: readonly string[]) => unknown): unknown {
  const visit = (part: unknown, path: readonly string[]): unknown => {
    if (Array.isArray(part)) return part.map((item, i) => visit(item, [...path, String(i)]));
    if (!isRecord(part)) return change(part, path);
    return Object.fromEntries(Object.entries(part).map(([name, item]) => [name, visit(item, [...path, name])]));
  };
  return visit(tree, []);
}

/** What stands in a tree under a path that {@link mapLeaves} gave. */
export function leafAt(tree: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((part, name) => (part as Readonly<Record<string, unknown>>)[name], tree);
}

/** The tensors of a tree with their paths, in order. */
export function tensorsOf(tree: unknown): [path: string, tensor: Tensor][] {
  const found: [string, Tensor][] = [];
  mapLeaves(tree, (leaf, path) => leaf instanceof Tensor && found.push([path.join('.'), leaf]));
  return found;
}

function isRecord(part: unknown): part is Readonly<Record<string, unknown>> {
  return typeof part === 'object' && part !== null && Object.getPrototypeOf(part) === Object.prototype;
}
