import { InvalidFileError } from '../errors/index.ts';
import { NO_CHILD, type TreeArrays, valueStride } from './tree-arrays.ts';

/**
 * The tree itself, once walks in it are sure to end in a leaf. Trees grown here obey by construction; those that were
 * read from a file might not.
 *
 * @throws InvalidFileError otherwise.
 */
export function checkTree(tree: TreeArrays): TreeArrays {
  const { nodeCount, childrenLeft, childrenRight, feature } = tree;
  const arrays = [childrenLeft, childrenRight, feature, tree.threshold, tree.missingGoToLeft, tree.impurity];
  const lengths = [...arrays, tree.nNodeSamples, tree.weightedNNodeSamples].map(array => array.length);
  const isWhole = lengths.every(length => length === nodeCount) && tree.nClasses.length === tree.nOutputs;
  if (nodeCount < 1 || !isWhole || tree.value.length !== nodeCount * valueStride(tree)) {
    refuse('all its arrays must have one element per node', `${nodeCount} nodes`);
  }
  const parents = new Uint8Array(nodeCount);
  for (let node = 0; node < nodeCount; node++) {
    if (node > 0 && parents[node] !== 1) refuse('each node but the root must be the child of one', `node ${node}`);
    const left = childrenLeft[node]!;
    const right = childrenRight[node]!;
    if (left === NO_CHILD && right === NO_CHILD) continue;
    const goesOn = left > node && right > node && left < nodeCount && right < nodeCount;
    if (!goesOn) refuse('children must come after their parents', `children ${left} and ${right} of node ${node}`);
    parents[left]!++;
    parents[right]!++;
    const isFeature = feature[node]! >= 0 && feature[node]! < tree.nFeatures;
    if (!isFeature) refuse(`features must be below ${tree.nFeatures}`, `feature ${feature[node]} at node ${node}`);
  }
  return tree;
}

function refuse(rule: string, received: string): never {
  throw new InvalidFileError({ action: 'load a tree', rule, received });
}
