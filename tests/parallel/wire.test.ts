import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { CsrMatrix, Frame, Matrix } from '../../src/array/index.ts';
import { compact, decode, detach, encode } from '../../src/parallel/wire.ts';

const crossed = (value: unknown) => decode(structuredClone(encode(value, 'value')));

test('encode and decode, with a structured clone between, give plain data back', () => {
  const plain = fc.letrec(tie => ({
    value: fc.oneof(
      { maxDepth: 3 },
      fc.double(),
      fc.string(),
      fc.boolean(),
      fc.constantFrom(null, undefined),
      fc.float64Array({ maxLength: 4 }),
      fc.int32Array({ maxLength: 4 }),
      fc.array(tie('value'), { maxLength: 4 }),
      fc.dictionary(
        fc.string().filter(key => key !== '__proto__'),
        tie('value'),
        { maxKeys: 4, noNullPrototype: true },
      ),
    ),
  })).value;
  fc.assert(
    fc.property(plain, value => {
      expect(crossed(value)).toStrictEqual(value);
    }),
  );
});

test('encode keeps the classes of matrices and frames, also within objects that look like an envelope', () => {
  const X = Matrix.fromRows([[1, 0], [0, 4]]); // biome-ignore format: a matrix reads by rows
  const frame = new Frame([
    { name: 'city', values: ['Ulm', null] },
    { name: 'age', values: new Float64Array([31, NaN]) },
  ]);
  const value = { is: 'matrix', entries: [X, { sparse: CsrMatrix.fromDense(X) }], frame };
  expect(crossed(value)).toStrictEqual(value);
});

test('encode names what cannot cross threads, and where it is', () => {
  expect(() => encode({ steps: [1, { func: Math.abs }] }, 'payload')).toThrow(
    'Cannot hand data to another thread: payload.steps[1].func must be plain data, typed arrays, Matrix, CsrMatrix or ' +
      'Frame, received function abs; use nJobs 1',
  );
  for (const value of [1n, Symbol('s'), new Map(), new Date(0), new DataView(new ArrayBuffer(1))]) {
    expect(() => encode([value], 'payload')).toThrow('payload[0] must be plain data');
  }
});

test('compact copies parts of a buffer out and leaves whole ones; detach also leaves shared memory', () => {
  const whole = new Float64Array([1, 2, 3]);
  const part = compact(whole.subarray(1));
  expect(compact(whole)).toBe(whole);
  expect([...part]).toEqual([2, 3]);
  expect(part.buffer.byteLength).toBe(16);
  const shared = new Float64Array(new SharedArrayBuffer(8));
  expect(compact(shared)).toBe(shared);
  expect(detach(shared).buffer).toBeInstanceOf(ArrayBuffer);
});
