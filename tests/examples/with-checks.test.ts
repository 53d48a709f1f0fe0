import { expect, test } from 'vitest';
import { expectValue } from './expect-value.ts';
import { parseLiteral, withChecks } from './with-checks.ts';

const HEADER = "import { expectValue } from 'checker';";
const FOOTER = '\nexport {};\n';

test('withChecks: a literal at the end of an expression is checked', () => {
  expect(withChecks('await f(1); // [1, 0.5]', 'checker')).toBe(
    `${HEADER}\nexpectValue((await f(1)), "[1, 0.5]");${FOOTER}`,
  );
});

test.each(['f(1); // about one', 'f(1); // [1, ...]', 'console.log(1); // 1', 'const x = 1; // 1'])(
  'withChecks: %s is for readers only',
  code => expect(withChecks(code, 'checker')).not.toContain('expectValue('),
);

test('parseLiteral: nothing but literals', () => {
  for (const text of ['f()', '1 + 1', '', '1); f(', '[1, x]', '{ a }']) expect(parseLiteral(text)).toBeUndefined();
});

test('expectValue: numbers agree to the decimals shown', () => {
  expectValue(0.123456, '0.1235');
  expectValue([[1, 2]], '[[1, 2]]');
  expectValue({ a: 'x', b: [true, null] }, "{ a: 'x', b: [true, null] }");
  expect(() => expectValue(0.1237, '0.1235')).toThrow('0.1237 is not 0.1235');
  expect(() => expectValue(2, '1')).toThrow();
  expect(() => expectValue([1, 2], '[1]')).toThrow();
});
