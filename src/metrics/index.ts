export * from './classification/index.ts';
export * from './cluster/index.ts';
export * from './pairwise/index.ts';
export * from './ranking/index.ts';
export * from './regression/index.ts';
