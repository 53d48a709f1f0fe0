import { cannot, type Problem } from './sentence.ts';

/** What every error of this library has: the sentence, and the parts it was made of. */
export abstract class FitwiseError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(cannot(problem));
    this.problem = problem;
  }
}

/** A parameter has an unknown name or a value outside its rule. */
export class InvalidParamError extends FitwiseError {
  override readonly name = 'InvalidParamError';
}

/** Data handed to a call break one of its rules: shape, finiteness, labels, lengths. */
export class InvalidInputError extends FitwiseError {
  override readonly name = 'InvalidInputError';
}

/** Something that only `fit` provides was asked of an estimator that is not fitted. */
export class NotFittedError extends FitwiseError {
  override readonly name = 'NotFittedError';
}

/** The call makes sense, but this estimator, host or build cannot do it. */
export class UnsupportedError extends FitwiseError {
  override readonly name = 'UnsupportedError';
}

/** A worker ended before it had finished its task; `cause` holds the host's error where there is one. */
export class WorkerError extends FitwiseError {
  override readonly name = 'WorkerError';
}

/** A model file is damaged, hostile, of a format this version does not read, or out of reach (`cause` says why). */
export class InvalidFileError extends FitwiseError {
  override readonly name = 'InvalidFileError';
}

/** States an invariant of our own code; a failure is a defect of the library. */
export function assert(condition: unknown, what: string): asserts condition {
  if (!condition) throw new Error(`internal: ${what}`);
}
