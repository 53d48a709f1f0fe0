import { multiplySingleInto } from '../matmul-single/index.ts';
import { softmaxRowsBackInto, softmaxRowsInto } from '../softmax/index.ts';
import type { AttentionOperands, AttentionSize, HeadColumns } from './sizes.ts';

/**
 * Head by head: weights = softmax(q k' / sqrt(depth)), shape (batch, heads, length, sources), and y = weights v, shape
 * (batch, length, heads depth).
 */
export function attend(
  { query, key, value }: AttentionOperands,
  size: AttentionSize,
  weights: Float32Array,
  y: Float32Array,
): void {
  const { heads, length, sources, depth } = size;
  const scaled = scaledQueries(query, size);
  const scores = new Float32Array(weights.length);
  forEachHead(size, (b, h, at) => {
    const a = operand('a', scaled, b * length, h * depth);
    const k = { ...operand('b', key, b * sources, h * depth), bTransposed: true };
    multiplySingleInto({ m: length, n: sources, k: depth, ...a, ...k, c: scores, cOffset: at });
  });
  softmaxRowsInto(scores, sources, weights);
  const out = { data: y, stride: heads * depth, at: 0 };
  forEachHead(size, (b, h, at) => {
    const operands = { ...operand('b', value, b * sources, h * depth), ...operand('c', out, b * length, h * depth) };
    multiplySingleInto({ m: length, n: depth, k: sources, a: weights, aOffset: at, ...operands });
  });
}

/** Writes the gradients of queries, keys and values to the columns `into`, of `grad` that of y. */
export function attendBack(
  grad: Float32Array,
  weights: Float32Array,
  { query, key, value }: AttentionOperands,
  size: AttentionSize,
  into: AttentionOperands,
): void {
  const { heads, length, sources, depth } = size;
  const scaled = scaledQueries(query, size);
  const g = { data: grad, stride: heads * depth, at: 0 };
  const [ofWeights, ofScores] = [new Float32Array(weights.length), new Float32Array(weights.length)];
  forEachHead(size, (b, h, at) => {
    const v = { ...operand('b', value, b * sources, h * depth), bTransposed: true };
    const operands = { ...operand('a', g, b * length, h * depth), ...v, c: ofWeights, cOffset: at };
    multiplySingleInto({ m: length, n: sources, k: depth, ...operands });
    const to = { ...operand('b', g, b * length, h * depth), ...operand('c', into.value, b * sources, h * depth) };
    multiplySingleInto({ m: sources, n: depth, k: length, a: weights, aOffset: at, aTransposed: true, ...to });
  });
  softmaxRowsBackInto(ofWeights, weights, sources, ofScores);
  forEachHead(size, (b, h, at) => {
    const a = { a: ofScores, aOffset: at };
    const q = { ...operand('b', key, b * sources, h * depth), ...operand('c', into.query, b * length, h * depth) };
    multiplySingleInto({ m: length, n: depth, k: sources, ...a, ...q });
    const k = { ...operand('b', scaled, b * length, h * depth), ...operand('c', into.key, b * sources, h * depth) };
    multiplySingleInto({ m: sources, n: depth, k: length, ...a, aTransposed: true, ...k });
  });
  scaleInto(into.query, size, into.query);
}

function scaledQueries(query: HeadColumns, size: AttentionSize): HeadColumns {
  const { batch, heads, length, depth } = size;
  const scaled = { data: new Float32Array(batch * length * heads * depth), stride: heads * depth, at: 0 };
  scaleInto(query, size, scaled);
  return scaled;
}

function scaleInto(from: HeadColumns, { batch, heads, length, depth }: AttentionSize, to: HeadColumns): void {
  const factor = 1 / Math.sqrt(depth);
  for (let row = 0; row < batch * length; row++) {
    for (let i = 0; i < heads * depth; i++) {
      to.data[row * to.stride + to.at + i] = from.data[row * from.stride + from.at + i]! * factor;
    }
  }
}

function forEachHead(
  { batch, heads, length, sources }: AttentionSize,
  visit: (b: number, h: number, at: number) => void,
) {
  for (let b = 0; b < batch; b++) {
    for (let h = 0; h < heads; h++) visit(b, h, (b * heads + h) * length * sources);
  }
}

/** Columns from `column` of them on, of rows from `row` on, as an operand of a product. */
function operand<Name extends 'a' | 'b' | 'c'>(
  name: Name,
  { data, stride, at }: HeadColumns,
  row: number,
  column: number,
) {
  const parts = { [name]: data, [`${name}Offset`]: row * stride + at + column, [`${name}Stride`]: stride };
  return parts as unknown as Record<Name, Float32Array>;
}
