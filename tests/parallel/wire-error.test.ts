import { expect, test } from 'vitest';
import { InvalidInputError } from '../../src/errors/index.ts';
import { decodeError, encodeError } from '../../src/parallel/wire-error.ts';

const crossed = (thrown: unknown) => decodeError(structuredClone(encodeError(thrown)));

test('errors of this library keep class, problem, message and stack', () => {
  const problem = { action: 'fit Toy', rule: 'X must be finite', received: 'NaN', repair: 'impute first' };
  const error = new InvalidInputError(problem);
  const again = crossed(error) as InvalidInputError;
  expect(again).toBeInstanceOf(InvalidInputError);
  expect(again.problem).toEqual(problem);
  expect(again.message).toBe('Cannot fit Toy: X must be finite, received NaN; impute first');
  expect(again.stack).toBe(error.stack);
});

test('built-in errors keep class, code and cause', () => {
  const error = Object.assign(new TypeError('outer', { cause: new RangeError('inner') }), { code: 'E_TOY' });
  const again = crossed(error);
  expect(again).toBeInstanceOf(TypeError);
  expect(again).toMatchObject({ message: 'outer', code: 'E_TOY', cause: { message: 'inner' } });
  expect(again.cause).toBeInstanceOf(RangeError);
});

test('an AbortError stays a DOMException', () => {
  const again = crossed(new DOMException('stopped', 'AbortError'));
  expect(again).toBeInstanceOf(DOMException);
  expect(again).toMatchObject({ name: 'AbortError', message: 'stopped' });
});

test('errors of unknown classes keep their name, and other values become the message of an error', () => {
  expect(crossed(Object.assign(new Error('strange'), { name: 'ToyError' }))).toMatchObject({ name: 'ToyError' });
  expect(crossed(Object.assign(new Error('hostile'), { name: 'constructor' })).message).toBe('hostile');
  expect(crossed('a string').message).toBe('a string');
});
