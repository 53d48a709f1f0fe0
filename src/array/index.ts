export { type Cell, type Column, Frame } from './frame.ts';
export {
  columnNamesOf,
  frameToMatrix,
  hasNames,
  isLong,
  isNumberTable,
  longSteps,
  type NamedMatrix,
  toFrame,
  toMatrix,
  toTable,
} from './from-input.ts';
export type {
  ArqueroLike,
  ArrowColumnLike,
  ArrowLike,
  FlatMatrix,
  MatrixLike,
  MlMatrixLike,
  RowObject,
} from './input-types.ts';
export { Matrix } from './matrix.ts';
export { pairwiseSum } from './pairwise-sum.ts';
export { CsrMatrix } from './sparse.ts';
export { SparseMatrix } from './sparse-matrix.ts';
