import type { TreeArrays } from '../../src/index.ts';
import type { Draw } from './draw.ts';

const NODE_ARRAYS = [
  'children_left',
  'children_right',
  'feature',
  'threshold',
  'impurity',
  'n_node_samples',
  'weighted_n_node_samples',
  'value',
] as const;

/** The attributes of a tree that are compared node by node, and what `nodesOf` gives for them. */
export const NODES = treePaths('tree_');

export function treePaths(tree: string): string[] {
  return NODE_ARRAYS.map(name => `${tree}.${name}`);
}

export function nodesOf(tree: TreeArrays): unknown[] {
  const { childrenLeft, childrenRight, feature, threshold, impurity, nNodeSamples, weightedNNodeSamples } = tree;
  const width = Math.max(...tree.nClasses);
  const value = Array.from({ length: tree.nodeCount }, (_, node) =>
    Array.from({ length: tree.nOutputs }, (_, k) => {
      const at = (node * tree.nOutputs + k) * width;
      return tree.value.slice(at, at + width);
    }),
  );
  const arrays = [childrenLeft, childrenRight, feature, threshold, impurity, nNodeSamples, weightedNNodeSamples];
  return [...arrays, value];
}

/** Parameters in Python's spelling; lists of pairs become dictionaries. */
export function asPythonParams(params: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(params).map(([name, value]) => [snake(name), asPython(value)]));
}

function snake(name: string): string {
  return name.replace(/[A-Z]/g, letter => `_${letter.toLowerCase()}`);
}

function asPython(value: unknown): unknown {
  return Array.isArray(value) && Array.isArray(value[0]) ? { $map: value } : value;
}

/** Features with ties, constant columns, near ties and missing values, and rows to predict, some of them missing. */
export function hostileTable(draw: Draw, rows: number, columns: number): { X: number[][]; test: number[][] } {
  const kinds = Array.from({ length: columns }, () =>
    draw.choice(['real', 'real', 'tied', 'constant', 'near'] as const),
  );
  const cell = (j: number) => {
    const value = draw.gauss();
    if (kinds[j] === 'tied') return Math.round(2 * value);
    if (kinds[j] === 'constant') return 3;
    return kinds[j] === 'near' ? 1 + Math.round(value) * 6e-8 : value;
  };
  const table = (count: number) =>
    Array.from({ length: count }, () => Array.from({ length: columns }, (_, j) => cell(j)));
  const share = draw.choice([0, 0, 0.1, 0.5]);
  return { X: draw.withHoles(table(rows), share), test: draw.withHoles(table(8), draw.choice([0, 0.2])) };
}
