export * from './classification/index.ts';
export * from './regression/index.ts';
