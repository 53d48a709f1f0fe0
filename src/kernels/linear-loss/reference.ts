/** Scores, losses and gradients of a block by their definitions; the fast version adds in the same order. */
import { type Block, type BlockMath, upTo4 } from './block.ts';
import { expOfNegative, logFromOne, logOnePlus } from './elementary.ts';

export const reference: BlockMath = {
  multiply: (block, rows) => (block.lanes === 1 ? multiplyByOne(block, rows) : multiplyBySeveral(block, rows)),
  loss: (block, rows) => (block.lanes === 1 ? sigmoidLoss(block, rows) : softmaxLoss(block, rows)),
  addProducts,
};

/** Each score is a sum over the columns, in their order, that starts from the intercept. */
function multiplyBySeveral({ x, columns, coefficients, lanes, scores }: Block, rows: number): void {
  for (let r = 0; r < rows; r++) {
    for (let o = 0; o < lanes; o++) {
      let sum = coefficients[columns * lanes + o]!;
      for (let j = 0; j < columns; j++) sum += x[r * columns + j]! * coefficients[j * lanes + o]!;
      scores[r * lanes + o] = sum;
    }
  }
}

/** A single score is the sum over the even columns, plus that over the odd ones, plus the intercept. */
function multiplyByOne({ x, columns, coefficients, scores }: Block, rows: number): void {
  for (let r = 0; r < rows; r++) {
    const sums = [0, 0];
    for (let j = 0; j < columns; j++) sums[j % 2]! += x[r * columns + j]! * coefficients[j]!;
    scores[r] = sums[0]! + sums[1]! + coefficients[columns]!;
  }
}

/** The losses of even and of odd rows are added up apart. */
function sigmoidLoss({ scores, codes, weights, probabilities }: Block, rows: number): number {
  const losses = [0, 0];
  for (let r = 0; r < rows; r++) {
    const score = scores[r]!;
    // log(1 + exp(score)) - code * score, without overflow.
    const small = expOfNegative(-Math.abs(score));
    losses[r % 2]! += weights[r]! * (logOnePlus(small) + ((score < 0 ? 0 : score) - codes[r]! * score));
    const p = (score >= 0 ? 1 : small) / (1 + small);
    probabilities[r] = p;
    scores[r] = weights[r]! * (p - codes[r]!);
  }
  return losses[0]! + losses[1]!;
}

/** The powers of even and of odd classes are added up apart, and so are the logarithms of even and of odd rows. */
function softmaxLoss({ scores, outputs, lanes, codes, weights, probabilities }: Block, rows: number): number {
  let loss = 0;
  const logs = [0, 0];
  for (let r = 0; r < rows; r++) {
    const row = scores.subarray(r * lanes, r * lanes + outputs);
    const own = codes[r]!;
    const max = row.reduce((most, score) => Math.max(most, score), -Infinity);
    loss -= weights[r]! * (row[own]! - max);
    const sums = [0, 0];
    for (let o = 0; o < outputs; o++) {
      row[o] = expOfNegative(row[o]! - max);
      sums[o % 2]! += row[o]!;
    }
    const sum = sums[0]! + sums[1]!;
    logs[r % 2]! += weights[r]! * logFromOne(sum);
    for (let o = 0; o < lanes; o++) {
      const p = (o < outputs ? row[o]! : 0) * (1 / sum);
      probabilities[r * lanes + o] = p;
      scores[r * lanes + o] = weights[r]! * (o === own ? p - 1 : p);
    }
  }
  return loss + (logs[0]! + logs[1]!);
}

/** Row after row. */
function addProducts({ x, columns, lanes, scores, sums }: Block, rows: number): void {
  const totals = upTo4(columns) * lanes;
  for (let r = 0; r < rows; r++) {
    for (let o = 0; o < lanes; o++) {
      const g = scores[r * lanes + o]!;
      for (let j = 0; j < columns; j++) sums[j * lanes + o]! += g * x[r * columns + j]!;
      sums[totals + o]! += g;
    }
  }
}
