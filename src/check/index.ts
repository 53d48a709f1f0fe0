export { type ClassWeight, classWeight } from './class-weight.ts';
export { compareLabels } from './compare-labels.ts';
export { checkMatrix, checkSize, checkSparse, type MatrixRules } from './input.ts';
export { type EncodedLabels, encodeLabels, encodeWith, type Label, uniqueLabels } from './labels.ts';
export { checkLength } from './length.ts';
export { toList } from './list.ts';
export { isListLike } from './list-like.ts';
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
export { checkSampleWeight } from './sample-weight.ts';
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
export { weighClasses } from './weigh-classes.ts';
