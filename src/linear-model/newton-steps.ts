/** What solver `'newton-cholesky'` needs beyond the others, loaded by it alone. */
export { productsOn } from '../kernels/index.ts';
export { hessianTask, newtonCholesky } from './newton-cholesky.ts';
