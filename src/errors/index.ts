export {
  assert,
  FitwiseError,
  InvalidFileError,
  InvalidInputError,
  InvalidParamError,
  NotFittedError,
  UnsupportedError,
  WorkerError,
} from './errors.ts';
export { cannot, type Problem, show, showShape } from './sentence.ts';
export {
  captureWarnings,
  convergenceWarning,
  onWarning,
  type Warning,
  type WarningHandler,
  type WarningKind,
  warn,
} from './warnings.ts';
