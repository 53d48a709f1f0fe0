export { PCA, type PCAParams } from './pca.ts';
