import type { Workload } from '../workload.ts';
import { cluster } from './cluster.ts';
import { decomposition } from './decomposition.ts';
import { ensemble } from './ensemble.ts';
import { linearModel } from './linear-model.ts';
import { metrics } from './metrics.ts';
import { mlp } from './mlp.ts';
import { modelSelection } from './model-selection.ts';
import { neighbors } from './neighbors.ts';
import { nn } from './nn.ts';
import { preprocessing } from './preprocessing.ts';
import { products } from './products.ts';
import { tree } from './tree.ts';

export const WORKLOADS: readonly Workload[] = [
  ...ensemble,
  ...tree,
  ...modelSelection,
  ...preprocessing,
  ...decomposition,
  ...cluster,
  ...neighbors,
  ...linearModel,
  ...metrics,
  ...mlp,
  ...products,
  ...nn,
];

export function findWorkload(name: string): Workload {
  const found = WORKLOADS.find(work => work.name === name);
  if (found === undefined) throw new Error(`no workload is called ${name}`);
  return found;
}
