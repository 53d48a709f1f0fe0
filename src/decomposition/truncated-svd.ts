/** The decompositions of `svdSolver` `'arpack'` and `'randomized'`, loaded by those alone. */
export { lanczosSvdWork, randomizedSvdWork } from '../linalg/index.ts';
export { RandomStream } from '../random/index.ts';
