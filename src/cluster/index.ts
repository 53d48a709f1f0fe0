export { type CentersFunction, KMeans, type KMeansParams } from './kmeans/index.ts';
