import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { CountVectorizer, Pipeline, TfidfTransformer, TfidfVectorizer } from '../../src/index.ts';

// "aa" is in both documents, "bb" in one.
const COUNTS = [
  [1, 0],
  [2, 3],
];

test('TfidfTransformer multiplies counts by ln((1 + n) / (1 + df)) + 1', async () => {
  const model = await new TfidfTransformer({ norm: null }).fit(COUNTS);
  expect(Array.from(model.idf_!)).toEqual([1, Math.log(3 / 2) + 1]);
  expect((await model.transform(COUNTS)).toArray()).toEqual([
    [1, 0],
    [2, 3 * (Math.log(3 / 2) + 1)],
  ]);
});

test('TfidfTransformer without smoothing takes ln(n / df) + 1', async () => {
  const model = await new TfidfTransformer({ smoothIdf: false }).fit(COUNTS);
  expect(Array.from(model.idf_!)).toEqual([1, Math.log(2) + 1]);
});

test('sublinearTf takes 1 + ln(count)', async () => {
  const transformer = new TfidfTransformer({ norm: null, useIdf: false, sublinearTf: true });
  expect((await transformer.fitTransform(COUNTS)).toArray()).toEqual([
    [1, 0],
    [1 + Math.log(2), 1 + Math.log(3)],
  ]);
  expect(transformer.idf_).toBeNull();
});

test('rows have length 1 in the norm that was asked for, but for those of zeros', () => {
  const tables = fc.array(fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 3, maxLength: 3 }), { minLength: 1 });
  return fc.assert(
    fc.asyncProperty(tables, fc.constantFrom('l1' as const, 'l2' as const), async (rows, norm) => {
      const weights = await new TfidfTransformer({ norm }).fitTransform(rows);
      for (const [i, row] of weights.toArray().entries()) {
        const length = norm === 'l1' ? row.reduce((sum, w) => sum + w, 0) : Math.hypot(...row);
        expect(length).toBeCloseTo(rows[i]!.some(count => count > 0) ? 1 : 0, 12);
      }
    }),
  );
});

test('TfidfVectorizer is CountVectorizer, then TfidfTransformer', async () => {
  const documents = ['a rose is a rose', 'what is a rose', 'no tulip'];
  const steps = new Pipeline([
    ['counts', new CountVectorizer()],
    ['weights', new TfidfTransformer()],
  ]);
  const [both, one] = [await steps.fitTransform(documents), await new TfidfVectorizer().fitTransform(documents)];
  expect(one).toEqual(both);
});

test('a term of no document has no weight without smoothing: it is refused', async () => {
  const model = await new TfidfTransformer({ smoothIdf: false }).fit([[1, 0]]);
  await expect(model.transform([[1, 1]])).rejects.toThrow(
    'Cannot transform with TfidfTransformer: all weights must be finite, received the count 1 in column 1, which gives NaN',
  );
});
