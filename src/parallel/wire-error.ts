import {
  FitwiseError,
  InvalidFileError,
  InvalidInputError,
  InvalidParamError,
  NotFittedError,
  type Problem,
  UnsupportedError,
  WorkerError,
} from '../errors/index.ts';

/** An error as it crosses threads: its class by name, and what it was made of. */
export interface WireError {
  readonly name: string;
  readonly message: string;
  readonly stack?: string | undefined;
  readonly code?: string | number | undefined;
  /** Of the errors of this library. */
  readonly problem?: Problem;
  readonly isDomException?: boolean;
  readonly cause?: WireError | undefined;
}

const OWN_CLASSES = {
  InvalidFileError,
  InvalidInputError,
  InvalidParamError,
  NotFittedError,
  UnsupportedError,
  WorkerError,
};
const BUILT_IN_CLASSES = { EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError };

/** What was thrown; anything but an error becomes the message of one. */
export function encodeError(thrown: unknown): WireError {
  if (!(thrown instanceof Error)) return { name: 'Error', message: String(thrown) };
  const { name, message, stack, cause } = thrown;
  const code = (thrown as { code?: unknown }).code;
  return {
    name,
    message,
    stack,
    ...(typeof code === 'string' || typeof code === 'number' ? { code } : {}),
    ...(thrown instanceof FitwiseError ? { problem: thrown.problem } : {}),
    ...(thrown instanceof DOMException ? { isDomException: true } : {}),
    ...(cause === undefined ? {} : { cause: encodeError(cause) }),
  };
}

/** The error again, with its class, message, code, cause and the stack of the thread where it was thrown. */
export function decodeError(wire: WireError): Error {
  const error = rebuild(wire);
  define(error, 'stack', wire.stack);
  if (!wire.isDomException) define(error, 'code', wire.code);
  define(error, 'cause', wire.cause && decodeError(wire.cause));
  return error;
}

function rebuild({ name, message, problem, isDomException }: WireError): Error {
  if (isDomException) return new DOMException(message, name);
  if (problem !== undefined && hasKey(OWN_CLASSES, name)) return new OWN_CLASSES[name](problem);
  if (hasKey(BUILT_IN_CLASSES, name)) return new BUILT_IN_CLASSES[name](message);
  const error = new Error(message);
  if (name !== 'Error') define(error, 'name', name);
  return error;
}

function hasKey<T extends object>(object: T, key: PropertyKey): key is keyof T {
  return Object.hasOwn(object, key);
}

/** Not enumerable, as the engine's own `stack` and `cause`. */
function define(error: Error, key: string, value: unknown): void {
  if (value !== undefined) Object.defineProperty(error, key, { value, configurable: true, writable: true });
}
