import { expect, test } from 'vitest';
import { attendBack, attend as attendPlainly } from '../../src/kernels/attention/reference.ts';
import { type AttentionSize, attendBackInto, attendInto, type HeadColumns } from '../../src/kernels/index.ts';

/** One value each; sources beside registers; more heads than two; more steps than a block of sums has. */
const SIZES: readonly AttentionSize[] = [
  { batch: 1, heads: 1, length: 1, sources: 1, depth: 1 },
  { batch: 2, heads: 2, length: 5, sources: 7, depth: 3 },
  { batch: 3, heads: 4, length: 16, sources: 16, depth: 8 },
  { batch: 1, heads: 1, length: 270, sources: 261, depth: 5 },
];

const LAYOUTS = ['side by side', 'apart'] as const;
const cases = SIZES.flatMap(size => LAYOUTS.map(layout => ({ ...size, layout }))).filter(
  ({ layout, length, sources }) => layout === 'apart' || length === sources,
);

test.each(cases)('attention equals its reference to the bit, there and back: %o', ({ layout, ...size }) => {
  const { batch, heads, length, sources, depth } = size;
  const width = heads * depth;
  const [from, grad] = [operands(size, layout, 0.7), wave(batch * length * width, 0.3)];
  const make = () => ({
    weights: wave(batch * heads * length * sources, 2),
    y: wave(batch * length * width, 3),
    into: operands(size, layout, 4),
  });
  const [fast, plain] = [make(), make()];
  attendInto(from, size, fast.weights, fast.y);
  attendPlainly(from, size, plain.weights, plain.y);
  expect(firstDifference(fast.weights, plain.weights)).toBe(-1);
  expect(firstDifference(fast.y, plain.y)).toBe(-1);
  attendBackInto(grad, fast.weights, from, size, fast.into);
  attendBack(grad, plain.weights, from, size, plain.into);
  for (const part of ['query', 'key', 'value'] as const) {
    expect(firstDifference(fast.into[part].data, plain.into[part].data)).toBe(-1);
  }
});

test('equal keys are attended to evenly: the output is the mean of the values', () => {
  const size = { batch: 1, heads: 1, length: 2, sources: 4, depth: 1 };
  const columns = (...values: number[]): HeadColumns => ({ data: Float32Array.from(values), stride: 1, at: 0 });
  const [weights, y] = [new Float32Array(8), new Float32Array(2)];
  attendInto({ query: columns(1, 5), key: columns(2, 2, 2, 2), value: columns(1, 2, 3, 6) }, size, weights, y);
  expect(weights).toEqual(new Float32Array(8).fill(0.25));
  expect(y).toEqual(Float32Array.of(3, 3));
});

function operands({ batch, heads, length, sources, depth }: AttentionSize, layout: string, pace: number) {
  const width = heads * depth;
  const apart = (rows: number, k: number): HeadColumns => ({
    ...{ data: wave(batch * rows * width, pace * k), stride: width, at: 0 },
  });
  if (layout === 'apart') return { query: apart(length, 1), key: apart(sources, 2), value: apart(sources, 3) };
  const data = wave(batch * length * 3 * width, pace);
  const beside = (k: number): HeadColumns => ({ data, stride: 3 * width, at: k * width });
  return { query: beside(0), key: beside(1), value: beside(2) };
}

/** Where two arrays differ first; -1 where nowhere. */
function firstDifference(a: Float32Array, b: Float32Array): number {
  return a.findIndex((value, i) => !Object.is(value, b[i]));
}

function wave(length: number, pace: number): Float32Array {
  return Float32Array.from({ length }, (_, i) => Math.sin(1 + i * pace));
}
