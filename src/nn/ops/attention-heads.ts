/**
 * The two products of attention in several heads, on sequences as their projection leaves them: head h of (B, L, E) is
 * columns h D to (h + 1) D - 1 with D = E / heads, so that nothing is moved before a product or after it.
 */
import { attendBackInto, attendInto, type HeadColumns, multiplySingleInto } from '../../kernels/index.ts';
import { record, type Shape, Tensor } from '../tensor/index.ts';
import { softmax } from './softmax.ts';

/** Columns `at .. at + width - 1` of a tensor (B, L, ...): queries, keys or values, alone or side by side. */
export interface Columns {
  readonly of: Tensor;
  readonly at: number;
  readonly width: number;
}

/** How well queries (B, L, E) and keys (B, S, E) agree: q k / sqrt(D), shape (B, heads, L, S). */
export function headScores(query: Columns, key: Columns, heads: number): Tensor {
  const [batch, length] = query.of.shape as [number, number, number];
  const [sources, depth] = [key.of.shape[1]!, query.width / heads];
  const factor = 1 / Math.sqrt(depth);
  if (query.of.device !== null) return query.of.device.composed.headScores(query, key, heads);
  const scaled = scaledColumns(query, factor);
  const shape = [batch, heads, length, sources];
  const scores = new Float32Array(batch * heads * length * sources);
  forEachHead(batch, heads, (b, h) => {
    const a = operand('a', scaled, b, h, depth);
    const c = { c: scores, cOffset: (b * heads + h) * length * sources };
    multiplySingleInto({ m: length, n: sources, k: depth, ...a, ...operand('b', key, b, h, depth, true), ...c });
  });
  const isOne = query.of === key.of;
  const inputs = isOne ? [query.of] : [query.of, key.of];
  const saves = [scaled.of, key.of] as const;
  const shapes = inputs.map(input => input.shape);
  return record('headScores', new Tensor(scores, shape), inputs, saves, (grad, [scaled, keys]) => {
    const backs = shapes.map(zeros);
    const [toQuery, toKey] = [
      { ...query, of: backs[0]! },
      { ...key, of: backs.at(-1)! },
    ];
    const [queries, held] = [
      { of: scaled, at: 0, width: query.width },
      { ...key, of: keys },
    ];
    forEachHead(batch, heads, (b, h) => {
      const a = { a: grad.data, aOffset: (b * heads + h) * length * sources };
      const q = { ...operand('b', held, b, h, depth), ...operand('c', toQuery, b, h, depth) };
      multiplySingleInto({ m: length, n: depth, k: sources, ...a, ...q });
      const k = { ...operand('b', queries, b, h, depth), ...operand('c', toKey, b, h, depth) };
      multiplySingleInto({ m: sources, n: depth, k: length, ...a, aTransposed: true, ...k });
    });
    scaleColumns(toQuery, factor);
    return backs;
  });
}

/** Values (B, S, E) mixed by weights (B, heads, L, S): shape (B, L, E). */
export function headMixture(weights: Tensor, value: Columns): Tensor {
  const [batch, heads, length, sources] = weights.shape as [number, number, number, number];
  const depth = value.width / heads;
  if (weights.device !== null) return weights.device.composed.headMixture(weights, value);
  const y = zeros([batch, length, value.width]);
  const whole = (of: Tensor): Columns => ({ of, at: 0, width: value.width });
  forEachHead(batch, heads, (b, h) => {
    const a = { a: weights.data, aOffset: (b * heads + h) * length * sources };
    const operands = { ...operand('b', value, b, h, depth), ...operand('c', whole(y), b, h, depth) };
    multiplySingleInto({ m: length, n: depth, k: sources, ...a, ...operands });
  });
  const [shape, valueShape] = [weights.shape, value.of.shape];
  const saves = [weights, value.of] as const;
  return record('headMixture', y, [weights, value.of], saves, (grad, [weights, values]) => {
    const [ofWeights, ofValue] = [zeros(shape), zeros(valueShape)];
    forEachHead(batch, heads, (b, h) => {
      const at = (b * heads + h) * length * sources;
      const g = operand('a', whole(grad), b, h, depth);
      const v = operand('b', { ...value, of: values }, b, h, depth, true);
      multiplySingleInto({ m: length, n: sources, k: depth, ...g, ...v, c: ofWeights.data, cOffset: at });
      const w = { a: weights.data, aOffset: at, aTransposed: true };
      const to = { ...operand('b', whole(grad), b, h, depth), ...operand('c', { ...value, of: ofValue }, b, h, depth) };
      multiplySingleInto({ m: sources, n: depth, k: length, ...w, ...to });
    });
    return [ofWeights, ofValue];
  });
}

/**
 * Values (B, S, E) mixed by softmax(q k' / sqrt(D)): {@link headScores}, softmax and {@link headMixture} in one, shape
 * (B, L, E).
 */
export function headAttention(query: Columns, key: Columns, value: Columns, heads: number): Tensor {
  if (query.of.device !== null) return headMixture(softmax(headScores(query, key, heads), -1), value);
  const [batch, length] = query.of.shape as [number, number, number];
  const [sources, depth] = [key.of.shape[1]!, query.width / heads];
  const size = { batch, heads, length, sources, depth };
  const inputs = [...new Set([query.of, key.of, value.of])];
  const columnsIn = (tensors: readonly Tensor[]) => {
    const columns = ({ of, at }: Columns) => headColumns(tensors[inputs.indexOf(of)]!, at);
    return { query: columns(query), key: columns(key), value: columns(value) };
  };
  const [weights, y] = [zeros([batch, heads, length, sources]), zeros([batch, length, query.width])];
  attendInto(columnsIn(inputs), size, weights.data, y.data);
  const shapes = inputs.map(({ shape }) => shape);
  return record('headAttention', y, inputs, [weights, ...inputs], (grad, [weights, ...inputs]) => {
    const backs = shapes.map(zeros);
    attendBackInto(grad.data, weights.data, columnsIn(inputs), size, columnsIn(backs));
    return backs;
  });
}

function headColumns({ data, shape }: Tensor, at: number): HeadColumns {
  return { data, stride: shape[2]!, at };
}

function forEachHead(batch: number, heads: number, visit: (b: number, h: number) => void): void {
  for (let b = 0; b < batch; b++) for (let h = 0; h < heads; h++) visit(b, h);
}

/** Head h of sequence b as an operand of a product. */
function operand<Name extends 'a' | 'b' | 'c'>(
  name: Name,
  { of, at }: Columns,
  b: number,
  h: number,
  depth: number,
  isTransposed = false,
) {
  const [, length, stride] = of.shape as [number, number, number];
  const offset = b * length * stride + at + h * depth;
  const parts = { [name]: of.data, [`${name}Offset`]: offset, [`${name}Stride`]: stride };
  return { ...parts, ...(name === 'c' ? {} : { [`${name}Transposed`]: isTransposed }) } as Record<Name, Float32Array>;
}

/** The columns alone, times a factor. */
function scaledColumns({ of, at, width }: Columns, factor: number): Columns {
  const [batch, length, stride] = of.shape as [number, number, number];
  const y = zeros([batch, length, width]);
  for (let row = 0, to = 0; row < batch * length; row++) {
    for (let from = row * stride + at, end = from + width; from < end; from++, to++)
      y.data[to] = of.data[from]! * factor;
  }
  return { of: y, at: 0, width };
}

function scaleColumns({ of, at, width }: Columns, factor: number): void {
  const stride = of.shape[2]!;
  for (let from = at; from < of.size; from += stride) {
    for (let i = from; i < from + width; i++) of.data[i]! *= factor;
  }
}

function zeros(shape: Shape): Tensor {
  return new Tensor(new Float32Array(shape.reduce((size, length) => size * length, 1)), shape);
}
