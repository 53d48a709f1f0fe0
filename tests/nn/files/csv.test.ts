import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { readCsv } from '../../../src/nn/index.ts';
import { refusal } from '../../helpers/refusal.ts';

test('readCsv: columns of numbers, a target of numbers, and missing cells as NaN', async () => {
  const { x, y, featureNames, classes } = await readCsv('a,price,b\n1,10,-0.5\n,20,1e3\n', { target: 'price' });
  expect(x.toArray()).toEqual([
    [1, -0.5],
    [NaN, 1000],
  ]);
  expect([y.toArray(), featureNames, classes]).toEqual([[10, 20], ['a', 'b'], null]);
});

test('readCsv: texts and booleans of the target become places in the sorted classes', async () => {
  const texts = await readCsv('kind,x\npear,1\napple,2\npear,3', { target: 'kind' });
  expect([texts.y.toArray(), texts.classes]).toEqual([
    [1, 0, 1],
    ['apple', 'pear'],
  ]);
  const booleans = await readCsv('x,isRipe\n1,true\n2,false\n', { target: 'isRipe' });
  expect([booleans.y.toArray(), booleans.classes]).toEqual([
    [1, 0],
    [false, true],
  ]);
});

test('readCsv: without a target there is no y; bytes, marks of UTF-8, breaks of all kinds and quotes are read', async () => {
  const bytes = new TextEncoder().encode('\ufeff"a, ""b""","c\nd"\r\n1,"2"\r\n3,4\r\n\r\n');
  const { x, y, featureNames } = await readCsv(bytes);
  expect([x.toArray(), y, featureNames]).toEqual([
    [
      [1, 2],
      [3, 4],
    ],
    null,
    ['a, "b"', 'c\nd'],
  ]);
  expect((await readCsv('\ufeffa\n1\n\n3')).x.toArray()).toEqual([[1], [NaN], [3]]);
});

test('readCsv: other delimiters and decimals', async () => {
  const { x } = await readCsv('a;b\n1,5;2\n', { delimiter: ';', decimal: ',' });
  expect(x.toArray()).toEqual([[1.5, 2]]);
});

test('readCsv: a text behind a thousand numbers is no missing number', async () => {
  const text = `a\n${'1\n'.repeat(1500)}oops\n`;
  expect(await refusal(() => readCsv(text))).toBe(
    "InvalidInputError: Cannot read a CSV file: all columns but the target must hold numbers, received 'oops' at row 1500, column 'a'",
  );
});

test('readCsv refuses what arquero would mend in silence, by whole sentences', async () => {
  const sentences = [
    ['', 'InvalidFileError: Cannot read a CSV file: it must begin with a line of names, received none'],
    ['a,b\n', 'InvalidFileError: Cannot read a CSV file: it must have a row below its names, received none'],
    ['a,b\n1,2\n3\n', 'its rows must have a cell for each of its 2 names, received fewer at row 1'],
    ['a,b\n1,2,\n', 'its rows must have a cell for each of its 2 names, received more at row 0'],
    ['a,b\n1,2\n\n3,4\n', 'its rows must have a cell for each of its 2 names, received fewer at row 1'],
    ['a,a\n1,2\n', "its columns must have names of their own, received ['a', 'a']"],
    ['a,b\n"1,2\n', 'its quotes must be closed, received an open one at character 4'],
    ['a,b\n"1"0,2\n', "a closing quote must end its cell, received '0' behind it at character 6"],
    ['a,b\n1,2020-01-01\n', "X must hold numbers, strings and booleans, received Date at row 0, column 'b'"],
  ] as const;
  for (const [text, sentence] of sentences) expect(await refusal(() => readCsv(text)), text).toContain(sentence);
  expect(await refusal(() => readCsv(Uint8Array.of(97, 10, 0xff)))).toBe(
    'InvalidFileError: Cannot read a CSV file: its bytes must be UTF-8, received others',
  );
  expect(await refusal(() => readCsv('a\n1', { target: 'b' }))).toBe(
    "InvalidInputError: Cannot read a CSV file: target must be one of ['a'], received 'b'",
  );
  expect(await refusal(() => readCsv('a,b\n1,2\n3,\n', { target: 'b' }))).toBe(
    "InvalidInputError: Cannot read a CSV file: target 'b' must have no missing cells, received one at row 1",
  );
  expect(await refusal(() => readCsv('a\n1', { delimiter: ', ' }))).toBe(
    "InvalidParamError: Cannot make readCsv: delimiter must be one character, and no letter, digit, quote or line break, received ', '",
  );
});

test('readCsv: a million blank lines take no longer than others', async () => {
  expect(await refusal(() => readCsv(`a,b\n1,2${'\n'.repeat(1e6)}3`))).toMatch(/received fewer at row 1$/);
});

test('law: what is written with quotes where they are needed is read again', async () => {
  const name = fc.string({ minLength: 1, maxLength: 6 }).filter(text => text.trim() !== '' && !/^\ufeff/.test(text));
  const names = fc.uniqueArray(name, { minLength: 1, maxLength: 4 });
  const quoted = (text: string) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  await fc.assert(
    fc.asyncProperty(names, fc.integer({ min: 1, max: 5 }), async (columns, rows) => {
      const lines = Array.from({ length: rows }, (_, i) => columns.map((_, j) => i * 10 - j));
      const { x, featureNames } = await readCsv([columns.map(quoted), ...lines].map(String).join('\n'));
      expect([featureNames, x.toArray()]).toEqual([columns, lines]);
    }),
  );
});

test('any text is read or refused, and nothing else is thrown', async () => {
  const cell = fc.constantFrom(
    '1',
    '',
    'x',
    '"',
    '""',
    ',',
    '\n',
    '\r',
    ' ',
    'true',
    '\0',
    '__proto__',
    '"a"',
    '2020-01-01',
  );
  await fc.assert(
    fc.asyncProperty(fc.array(cell, { maxLength: 30 }), async cells => {
      expect(await refusal(() => readCsv(cells.join('')))).toMatch(
        /^(accepted$|Invalid(File|Input)Error: Cannot read a CSV)/,
      );
    }),
    { numRuns: 500 },
  );
});
