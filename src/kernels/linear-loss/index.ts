/**
 * The logistic loss of linear scores, with its gradient and the products of its Hessian, in one pass over X: scores,
 * losses and gradient of a block of rows are made while the block is in the cache. Cost: 4 operations per element and
 * output, and about 60 per score for exp and log.
 *
 * Versions: `reference.ts` (plain loops, for hosts without WebAssembly) and `kernel.as.ts` (SIMD), equal to the bit.
 */
import type { Work } from '../../work/index.ts';
import { withScratch } from '../arena.ts';
import { WASM_BASE64 } from '../generated/linear-loss.ts';
import { lazyKernel } from '../load.ts';
import { ResidentRows } from '../resident-rows.ts';
import {
  type Block,
  type BlockMath,
  type BlockMemory,
  blockLengths,
  fillCoefficients,
  fillRows,
  heightOf,
  type LinearProblem,
  lanesFor,
  makeBlock,
  opsOfRow,
  stretchOf,
  takeSums,
} from './block.ts';
import { CONSTANTS } from './elementary.ts';
import { fastMath, type LinearLossExports } from './fast.ts';
import { ListedRows, paysToList } from './listed-rows.ts';
import { reference } from './reference.ts';

export type { LinearProblem };

/** Samples of more bytes pass the caches anyway, and are copied for each evaluation. */
const MOST_RESIDENT = 2 ** 26;

/** What happens to a block between its two products; gives the block's share of the loss. */
type Transform = (block: Block, math: BlockMath, from: number, count: number, rows: number) => number;

const kernel = lazyKernel<LinearLossExports>(WASM_BASE64);

/** The samples in the arena for many evaluations, where that pays; whoever asks closes them. */
export function residentSamples(problem: LinearProblem): ResidentRows | ListedRows | undefined {
  const { X, outputs } = problem;
  if (kernel() === undefined || 8 * X.rows * X.columns > MOST_RESIDENT) return undefined;
  const lanes = lanesFor(outputs);
  return paysToList(X, lanes) ? new ListedRows(X, lanes, stretchOf(problem)) : new ResidentRows(X);
}

/**
 * The weighted sum of the losses `-log p(class | x)` at `w`; adds its gradient to `gradient`. Both are lists of, for
 * each output, the coefficients of the columns and then the intercept, if there is one.
 *
 * @param probabilities Where given, receives the probabilities, samples × outputs.
 */
export function* logisticLossWork(
  problem: LinearProblem,
  w: Float64Array,
  gradient: Float64Array,
  probabilities?: Float64Array,
): Work<number> {
  return yield* sweep(problem, w, gradient, (block, math, from, count, rows) => {
    const loss = math.loss(block, rows);
    if (probabilities !== undefined) keepProbabilities(block, from, count, probabilities);
    return loss;
  });
}

/** Adds the Hessian of that sum, at the point where the probabilities are these, times `v` to `product`. */
export function* logisticHessianWork(
  problem: LinearProblem,
  probabilities: Float64Array,
  v: Float64Array,
  product: Float64Array,
): Work<void> {
  const bend = problem.outputs === 1 ? bendSigmoid : bendSoftmax;
  yield* sweep(problem, v, product, (block, _math, from, count) => {
    bend(block, probabilities, from, count);
    block.scores.fill(0, count * block.lanes);
    return 0;
  });
}

/** p (1 - p) times each score. */
function bendSigmoid({ scores, weights }: Block, probabilities: Float64Array, from: number, count: number): void {
  for (let r = 0; r < count; r++) {
    const p = probabilities[from + r]!;
    scores[r]! *= weights[r]! * p * (1 - p);
  }
}

/** diag(p) - p p' of each sample, times its scores. */
function bendSoftmax(
  { scores, weights, outputs, lanes }: Block,
  probabilities: Float64Array,
  from: number,
  count: number,
): void {
  for (let r = 0; r < count; r++) {
    const own = (from + r) * outputs;
    let mean = 0;
    for (let o = 0; o < outputs; o++) mean += probabilities[own + o]! * scores[r * lanes + o]!;
    for (let o = 0; o < outputs; o++) {
      const at = r * lanes + o;
      scores[at] = weights[r]! * probabilities[own + o]! * (scores[at]! - mean);
    }
    if (outputs < lanes) scores[r * lanes + outputs] = 0;
  }
}

function keepProbabilities(
  { probabilities, outputs, lanes }: Block,
  from: number,
  count: number,
  kept: Float64Array,
): void {
  if (lanes === outputs) {
    kept.set(probabilities.subarray(0, count * outputs), from * outputs);
    return;
  }
  for (let r = 0; r < count; r++) {
    for (let o = 0; o < outputs; o++) kept[(from + r) * outputs + o] = probabilities[r * lanes + o]!;
  }
}

/** Lets `transform` work on the scores of all blocks, and adds what they give to `sum`; a checkpoint after some. */
function* sweep(given: LinearProblem, w: Float64Array, sum: Float64Array, transform: Transform): Work<number> {
  const problem = given.resident instanceof ListedRows && !w.every(Number.isFinite) ? withZeros(given) : given;
  const { X } = problem;
  const [height, stretch, opsPerRow] = [heightOf(problem), stretchOf(problem), opsOfRow(problem)];
  let loss = 0;
  for (let from = 0; from < X.rows; from += stretch) {
    const to = Math.min(X.rows, from + stretch);
    loss += withBlock(problem, height, (block, math) => {
      fillCoefficients(block, w);
      block.sums.fill(0);
      let part = 0;
      for (let at = from; at < to; at += height) {
        const count = Math.min(height, to - at);
        const { block: filled, rows } = fillRows(block, problem, at, count);
        math.multiply(filled, rows);
        part += transform(filled, math, at, count, rows);
        math.addProducts(filled, rows);
      }
      takeSums(block, sum);
      return part;
    });
    yield { ops: (to - from) * opsPerRow };
  }
  return loss;
}

/** Zero times infinity is NaN, so that zeros count where coefficients are not finite. */
function withZeros({ resident: _, ...problem }: LinearProblem): LinearProblem {
  return problem;
}

/** A block in the arena for the fast version, in memory of its own for the reference. */
function withBlock<T>(problem: LinearProblem, rows: number, body: (block: Block, math: BlockMath) => T): T {
  const fast = kernel();
  const lengths = blockLengths(problem, rows);
  if (fast === undefined) return body(makeBlock(problem, lengths, OWN_MEMORY), reference);
  const bytes = [...Object.values(lengths).map(length => 8 * length), 8 * CONSTANTS.length];
  return withScratch(bytes, scratch => {
    const constants = scratch.float64(CONSTANTS.length);
    constants.set(CONSTANTS);
    return body(makeBlock(problem, lengths, scratch), fastMath(fast, constants.byteOffset));
  });
}

const OWN_MEMORY: BlockMemory = {
  float64: length => new Float64Array(length),
  int32: length => new Int32Array(length),
};
