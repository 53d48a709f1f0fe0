export type { CentersFunction, Init } from './first-centers.ts';
export { KMeans, type KMeansParams } from './kmeans.ts';
