export * from './data/index.ts';
export * from './estimators/index.ts';
export * from './files/index.ts';
export * from './graph/index.ts';
export * from './init/index.ts';
export * from './layers/index.ts';
export * from './losses/index.ts';
export * from './module/index.ts';
export * from './ops/index.ts';
export * from './optimizers/index.ts';
export * from './schedules/index.ts';
export {
  arange,
  type BackwardOptions,
  full,
  type NestedNumbers,
  noGrad,
  observeTape,
  ones,
  rand,
  randn,
  type SavedForm,
  type Shape,
  type TapeObserver,
  Tensor,
  type TensorLike,
  type TensorOptions,
  tensor,
  withSavedForm,
  zeros,
} from './tensor/index.ts';
export * from './train/index.ts';
