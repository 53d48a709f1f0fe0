import type { Matrix } from '../../array/index.ts';
import { MAX_OPS } from '../../work/index.ts';
import type { Scratch } from '../arena.ts';
import type { ResidentRows } from '../resident-rows.ts';
import { type BlockLists, ListedRows } from './listed-rows.ts';

/** What the loss of a linear model is made of. */
export interface LinearProblem {
  readonly X: Matrix;
  /** Position of each sample's class. */
  readonly codes: Int32Array;
  /** Weight of each sample in the sum of losses. */
  readonly weights: Float64Array;
  /** 1 for two classes (the score of the second), otherwise one score per class. */
  readonly outputs: number;
  readonly fitIntercept: boolean;
  /** The rows of X in the arena, where they stay from one evaluation to the next, whole or without their zeros. */
  readonly resident?: ResidentRows | ListedRows | undefined;
}

/**
 * Some rows of a problem with all that is computed from them, in the layout that both versions share. A single output
 * takes one lane; several are filled up to an even number, two doubles of a register. The last block is filled up to
 * a multiple of four rows, of weight 0.
 */
export interface Block {
  /** rows × columns, and room for three numbers that are read with the last column and not used. */
  readonly x: Float64Array;
  /** In place of x, where its values are listed. */
  readonly lists?: BlockLists;
  readonly columns: number;
  readonly outputs: number;
  readonly lanes: number;
  readonly codes: Int32Array;
  readonly weights: Float64Array;
  /** columns × lanes, then a row of intercepts. */
  readonly coefficients: Float64Array;
  /** rows × lanes: scores, and then the derivatives of the losses by them. */
  readonly scores: Float64Array;
  /** rows × lanes */
  readonly probabilities: Float64Array;
  /** Sums of powers, per row. */
  readonly totals: Float64Array;
  /** What the derivatives add up to: columns (filled up to a multiple of four) × lanes, then a row for the intercepts. */
  readonly sums: Float64Array;
}

/** What a version of this kernel does with the first `rows` rows of a block; `rows` is a multiple of four. */
export interface BlockMath {
  /** scores = X W + intercepts */
  multiply(block: Block, rows: number): void;
  /** Makes probabilities and derivatives of scores; gives the weighted sum of the losses. */
  loss(block: Block, rows: number): number;
  /** sums += X' (derivatives), and their totals for the intercepts. */
  addProducts(block: Block, rows: number): void;
}

/** A block of X of this many bytes stays in the second-level cache between the two products. */
const BYTES = 65_536;
const MOST_ROWS = 1024;

export const upTo4 = (count: number): number => Math.ceil(count / 4) * 4;

export function lanesFor(outputs: number): number {
  return outputs === 1 ? 1 : Math.ceil(outputs / 2) * 2;
}

/** Rows of one block: by the number of columns alone, so that the order of all sums is too. */
function blockRows(columns: number): number {
  return Math.min(MOST_ROWS, Math.max(4, Math.floor(BYTES / 8 / Math.max(1, columns) / 4) * 4));
}

/** Rows of a block of this problem. */
export function heightOf({ X, resident }: LinearProblem): number {
  return resident instanceof ListedRows ? resident.height : blockRows(X.columns);
}

/** Where a block's parts stand: the arena's scratch, or memory of their own. */
export type BlockMemory = Pick<Scratch, 'float64' | 'int32'>;

/** Element-operations of a row. */
export function opsOfRow({ X, outputs, fitIntercept }: LinearProblem): number {
  return 4 * outputs * (X.columns + Number(fitIntercept)) + 60 * outputs;
}

/** Rows between two checkpoints, whose sums are made apart: the same whether samples are listed or not. */
export function stretchOf(problem: LinearProblem): number {
  const height = blockRows(problem.X.columns);
  return Math.max(1, Math.floor(MAX_OPS / (opsOfRow(problem) * height))) * height;
}

/** How many numbers each part of a block of that many rows holds. */
export function blockLengths({ X: { columns }, outputs, resident }: LinearProblem, rows: number) {
  const lanes = lanesFor(outputs);
  return {
    x: resident instanceof ListedRows ? 0 : rows * columns + 3,
    codes: rows,
    weights: rows,
    coefficients: (columns + 1) * lanes,
    scores: rows * lanes,
    probabilities: rows * lanes,
    totals: rows,
    sums: (upTo4(columns) + 1) * lanes,
  };
}

export function makeBlock(
  { X: { columns }, outputs }: LinearProblem,
  lengths: ReturnType<typeof blockLengths>,
  { float64, int32 }: BlockMemory,
): Block {
  return {
    columns,
    outputs,
    lanes: lanesFor(outputs),
    x: float64(lengths.x),
    codes: int32(lengths.codes),
    weights: float64(lengths.weights),
    coefficients: float64(lengths.coefficients),
    scores: float64(lengths.scores),
    probabilities: float64(lengths.probabilities),
    totals: float64(lengths.totals),
    sums: float64(lengths.sums),
  };
}

/** A block and the number of its rows with the filling. */
export interface FilledBlock {
  readonly block: Block;
  readonly rows: number;
}

/** The block with `count` rows of the problem from row `from` on: copied, unless X is where the block is. */
export function fillRows(block: Block, problem: LinearProblem, from: number, count: number): FilledBlock {
  const { resident } = problem;
  const { columns, data } = problem.X;
  const { x, codes, weights } = block;
  const rows = upTo4(count);
  codes.set(problem.codes.subarray(from, from + count));
  weights.set(problem.weights.subarray(from, from + count));
  codes.fill(0, count, rows);
  weights.fill(0, count, rows);
  if (resident instanceof ListedRows) return { block: { ...block, lists: resident.from(from) }, rows };
  if (rows === count && resident !== undefined) {
    const place = resident.pointerTo(from, from + count);
    return { block: { ...block, x: new Float64Array(x.buffer, place, rows * columns) }, rows };
  }
  x.set(data.subarray(from * columns, (from + count) * columns));
  x.fill(0, count * columns, rows * columns);
  return { block, rows };
}

/** Coefficients from a list that holds, for each output, those of the columns and then its intercept if it has one. */
export function fillCoefficients({ coefficients, outputs, lanes }: Block, w: Float64Array): void {
  const stride = w.length / outputs;
  coefficients.fill(0);
  for (let o = 0; o < outputs; o++) {
    for (let j = 0; j < stride; j++) coefficients[j * lanes + o] = w[o * stride + j]!;
  }
}

/** Adds the block's sums to such a list. */
export function takeSums({ sums, columns, outputs, lanes }: Block, gradient: Float64Array): void {
  const stride = gradient.length / outputs;
  const totals = upTo4(columns);
  for (let o = 0; o < outputs; o++) {
    for (let j = 0; j < columns; j++) gradient[o * stride + j]! += sums[j * lanes + o]!;
    if (stride > columns) gradient[o * stride + columns]! += sums[totals * lanes + o]!;
  }
}
