/** Attention in this thread's own arena: a sequence at a time passes through it, head by head. */
import { ownArena } from '../arena.ts';
import { multiplyPlaced } from '../matmul/at-once.ts';
import type { Placed } from '../matmul/placed.ts';
import { PRODUCT_SCRATCH, type SingleExports } from '../matmul-single/own-kernel.ts';
import { Places } from '../places.ts';
import type { SoftmaxExports } from '../softmax/index.ts';
import type { AttentionOperands, AttentionSize, HeadColumns } from './sizes.ts';

export interface AttentionKernels {
  readonly product: SingleExports;
  readonly softmax: SoftmaxExports;
  readonly scaleRows: (
    x: number, row: number, rows: number, width: number, factor: number, out: number, outRow: number,
  ) => void; // biome-ignore format: as the kernel's parameters
}

const FLOAT = Float32Array.BYTES_PER_ELEMENT;

export function attend(
  kernels: AttentionKernels,
  operands: AttentionOperands,
  size: AttentionSize,
  weights: Float32Array,
  y: Float32Array,
): void {
  const { product, softmax } = kernels;
  const { batch, heads, length, sources, depth } = size;
  const area = length * sources;
  withPlaces(operands, size, at => {
    for (let b = 0; b < batch; b++) {
      for (const sequence of at.sequences) ownArena.put(sequence.pointer, partOf(sequence, b));
      scaleQueries(kernels, at.query, size, at.scaled);
      for (let h = 0; h < heads; h++) {
        const own = byRows(at.weights, sources);
        const scores = { m: length, n: sources, k: depth };
        multiplyPlaced(
          product,
          scores,
          head(at.scaled, h, depth),
          turned(head(at.key, h, depth)),
          own,
          false,
          at.scratch,
        );
        softmax.softmaxRows(own.pointer, length, sources);
        ownArena.take(own.pointer, weights.subarray((b * heads + h) * area, (b * heads + h + 1) * area));
        const mixture = { m: length, n: depth, k: sources };
        multiplyPlaced(product, mixture, own, head(at.value, h, depth), head(at.y, h, depth), false, at.scratch);
      }
      ownArena.take(at.y.pointer, partOf({ data: y, length: length * heads * depth }, b));
    }
  });
}

export function attendBack(
  kernels: AttentionKernels,
  grad: Float32Array,
  weights: Float32Array,
  operands: AttentionOperands,
  size: AttentionSize,
  into: AttentionOperands,
): void {
  const { batch, heads, length, sources, depth } = size;
  const area = length * sources;
  withPlaces(operands, size, at =>
    withPlaces(into, size, to => {
      for (let b = 0; b < batch; b++) {
        for (const sequence of at.sequences) ownArena.put(sequence.pointer, partOf(sequence, b));
        ownArena.put(at.y.pointer, partOf({ data: grad, length: length * heads * depth }, b));
        scaleQueries(kernels, at.query, size, at.scaled);
        for (let h = 0; h < heads; h++) {
          ownArena.put(at.weights, weights.subarray((b * heads + h) * area, (b * heads + h + 1) * area));
          backOfHead(kernels, h, at, to, size);
        }
        scaleQueries(kernels, to.query, size, to.query);
        for (const sequence of to.sequences) ownArena.take(sequence.pointer, partOf(sequence, b));
      }
    }),
  );
}

function backOfHead(
  { product, softmax }: AttentionKernels,
  h: number,
  at: Layout,
  to: Layout,
  size: AttentionSize,
): void {
  const { length, sources, depth } = size;
  const weights = byRows(at.weights, sources);
  const [ofWeights, ofScores] = [byRows(to.weights, sources), byRows(to.weights + length * sources * FLOAT, sources)];
  const grad = head(at.y, h, depth);
  const multiply = (m: number, n: number, k: number, a: Placed, b: Placed, c: Placed) =>
    multiplyPlaced(product, { m, n, k }, a, b, c, false, at.scratch);
  multiply(length, sources, depth, grad, turned(head(at.value, h, depth)), ofWeights);
  multiply(sources, depth, length, turned(weights), grad, head(to.value, h, depth));
  softmax.softmaxRowsBack(ofWeights.pointer, weights.pointer, length, sources, ofScores.pointer);
  multiply(length, depth, sources, ofScores, head(at.key, h, depth), head(to.query, h, depth));
  multiply(sources, depth, length, turned(ofScores), head(at.scaled, h, depth), head(to.key, h, depth));
}

function scaleQueries(
  { scaleRows }: AttentionKernels,
  from: Placed,
  { heads, length, depth }: AttentionSize,
  to: Placed,
) {
  scaleRows(from.pointer, from.row, length, heads * depth, 1 / Math.sqrt(depth), to.pointer, to.row);
}

/** Where one sequence of an array lies, and how many floats it has. */
interface Sequence {
  readonly data: Float32Array;
  readonly pointer: number;
  readonly length: number;
}

interface Layout {
  /** Of each array once. */
  readonly sequences: readonly Sequence[];
  readonly query: Placed;
  readonly key: Placed;
  readonly value: Placed;
  readonly scaled: Placed;
  readonly y: Placed;
  /** Room for twice those of a head. */
  readonly weights: number;
  readonly scratch: number;
}

function withPlaces(
  { query, key, value }: AttentionOperands,
  { heads, length, sources, depth }: AttentionSize,
  body: (at: Layout) => void,
): void {
  const places = new Places();
  const room = (floats: number) => places.take(floats * FLOAT);
  const width = heads * depth;
  const [scaled, y] = [room(length * width), room(length * width)];
  const [weights, scratch] = [room(2 * length * sources), places.take(PRODUCT_SCRATCH)];
  const offsets = new Map<Float32Array, Sequence>();
  for (const [{ data, stride }, rows] of [
    [query, length],
    [key, sources],
    [value, sources],
  ] as const) {
    if (!offsets.has(data)) offsets.set(data, { data, pointer: room(rows * stride), length: rows * stride });
  }
  const loan = ownArena.borrow(places.bytes);
  try {
    const placed = ({ data, stride, at }: HeadColumns) =>
      byRows(loan.pointer + offsets.get(data)!.pointer + at * FLOAT, stride);
    const sequences = [...offsets.values()].map(({ pointer, ...rest }) => ({
      ...rest,
      pointer: loan.pointer + pointer,
    }));
    body({
      ...{ sequences, query: placed(query), key: placed(key), value: placed(value) },
      ...{ scaled: byRows(loan.pointer + scaled, width), y: byRows(loan.pointer + y, width) },
      ...{ weights: loan.pointer + weights, scratch: loan.pointer + scratch },
    });
  } finally {
    ownArena.giveBack(loan);
  }
}

function byRows(pointer: number, width: number): Placed {
  return { pointer, row: width * FLOAT, column: FLOAT };
}

function head({ pointer, row, column }: Placed, h: number, depth: number): Placed {
  return { pointer: pointer + h * depth * FLOAT, row, column };
}

function turned({ pointer, row, column }: Placed): Placed {
  return { pointer, row: column, column: row };
}

function partOf({ data, length }: Pick<Sequence, 'data' | 'length'>, b: number): Float32Array {
  return data.subarray(b * length, (b + 1) * length);
}
