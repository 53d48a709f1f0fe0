/** Apart from {@link Compute}, which every estimator has: only those that multiply bring the products along. */
import { gramWork } from '../matmul/gram.ts';
import { matmulWork } from '../matmul/index.ts';
import type { Compute, Products, Task } from './compute.ts';

/** The processor's products. */
const cpuProducts: Products = {
  backend: 'cpu',
  matmul: matmulWork,
  gram: gramWork,
  roundoff: depth => depth * Number.EPSILON,
  keep: () => {},
};

/** The products for a task, wherever they run. */
export function productsOn(compute: Compute, task: Task): Products {
  return compute.products(task) ?? cpuProducts;
}
