export { type ClassWeight, classWeight, weighClasses } from './class-weight.ts';
export { checkLength, checkMatrix, checkSampleWeight, checkSize, checkSparse, type MatrixRules } from './input.ts';
export { compareLabels, type EncodedLabels, encodeLabels, encodeWith, type Label, uniqueLabels } from './labels.ts';
export { isListLike, toList } from './list.ts';
export { checkOptions } from './options.ts';
export {
  boolean,
  checkParam,
  checkParams,
  either,
  integer,
  listOf,
  nullable,
  type OptionsOf,
  oneOf,
  type ParamsOf,
  type Rule,
  real,
  type Spec,
  share,
  suggestion,
  text,
  unknownParam,
  value,
} from './params.ts';
export { seed } from './seed.ts';
export {
  type ClassTarget,
  checkClassTarget,
  checkRegressionTarget,
  isMultiOutput,
  type RegressionTarget,
  type Target,
  takeTarget,
} from './target.ts';
