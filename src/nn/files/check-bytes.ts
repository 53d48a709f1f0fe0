import { InvalidInputError, show } from '../../errors/index.ts';

/** @throws InvalidInputError unless these are bytes; Node's buffers are. */
export function checkBytes(action: string, bytes: unknown): asserts bytes is Uint8Array {
  if (bytes instanceof Uint8Array) return;
  const repair = bytes instanceof ArrayBuffer ? 'pass new Uint8Array(buffer)' : undefined;
  const problem = { action, rule: 'bytes must be a Uint8Array', received: show(bytes) };
  throw new InvalidInputError(repair === undefined ? problem : { ...problem, repair });
}
