export { type Arguments, apply, type Layer, type Results } from './apply.ts';
export { GraphNode, input } from './graph-node.ts';
export { Graph, type GraphInputs, model } from './model.ts';
