import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { stripAccentsAscii, stripAccentsUnicode } from '../../src/feature-extraction/strip-accents.ts';

test('stripAccentsUnicode takes off marks whose combining class is not 0, and leaves the others', () => {
  // The Hebrew points and the virama have classes of their own, the Devanagari vowel sign has class 0.
  expect(stripAccentsUnicode('é ﬁ שָׁ कि क्')).toBe('e fi ש कि क');
});

test('stripAccentsUnicode takes off a mark of class 1 and of class 2 and more', () => {
  expect(stripAccentsUnicode('a\u0334b\u0301c\u0345')).toBe('abc');
});

test('stripAccentsAscii leaves ASCII only', () => {
  expect(stripAccentsAscii('crème ø 漢 ½')).toBe('creme   12');
});

test('stripping twice is stripping once', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), text => {
      for (const strip of [stripAccentsAscii, stripAccentsUnicode]) expect(strip(strip(text))).toBe(strip(text));
    }),
  );
});
