import { expect, test } from 'vitest';
import { isTokenPattern, tokenizerOf } from '../../src/feature-extraction/token-pattern.ts';

test('\\w is a letter, a number or an underscore of any script, and no combining mark', () => {
  expect(tokenizerOf('\\w+')('Straße, Ⅷ x_1 क्ष')).toEqual(['Straße', 'Ⅷ', 'x_1', 'क', 'ष']);
});

test('\\b stands between a word character of any script and another', () => {
  expect(tokenizerOf('\\b\\w\\w+\\b')('é éa à-la漢')).toEqual(['éa', 'la漢']);
});

test('\\d is a decimal digit of any script', () => {
  expect(tokenizerOf('\\d+')('3.14 ٣٤ ½')).toEqual(['3', '14', '٣٤']);
});

test('\\s is a space to Python: the file separator is one, the byte order mark is none', () => {
  expect(tokenizerOf('\\S+')('a\x1cb\ufeffc\u00a0d')).toEqual(['a', 'b\ufeffc', 'd']);
});

test('. is no line feed only, and $ is before a last line feed too', () => {
  expect(tokenizerOf('.+')('a\rb\nc')).toEqual(['a\rb', 'c']);
  expect(tokenizerOf('\\w$')('ab\n')).toEqual(['b']);
});

test('a group captures the token, and is empty where it takes no part', () => {
  expect(tokenizerOf('(\\w)\\w*')('rose is')).toEqual(['r', 'i']);
  expect(tokenizerOf('x(y)?')('xy x')).toEqual(['y', '']);
});

test('a backslash before what needs none is left out', () => {
  expect(tokenizerOf("[a-z]+(?:\\'[a-z]+)?")("don't")).toEqual(["don't"]);
});

test('a group in brackets, or behind a backslash, captures nothing', () => {
  expect(['[(](a)', '\\((a)', '(?:a)(b)', '(?u)\\w'].map(isTokenPattern)).toEqual([true, true, true, true]);
  expect(['(a)(b)', 'a)', '[\\S]', 7].map(isTokenPattern)).toEqual([false, false, false, false]);
});
