import { Matrix } from '../array/index.ts';
import { MAX_OPS, type Work } from '../work/index.ts';

/** Mean and variance of each feature in each class. */
export interface ClassMoments {
  /** classes × features. */
  readonly mean: Matrix;
  /** classes × features, population variances. */
  readonly variance: Matrix;
  /** Sum of the weights of each class's samples. */
  readonly counts: Float64Array;
}

/** Two passes: means of the classes, then squared deviations from them. */
export function* classMoments(
  { data, rows, columns }: Matrix,
  codes: Int32Array,
  classes: number,
  weights: Float64Array | undefined,
): Work<ClassMoments> {
  const mean = Matrix.zeros(classes, columns);
  const variance = Matrix.zeros(classes, columns);
  const counts = new Float64Array(classes);
  const chunk = Math.max(1, Math.floor(MAX_OPS / columns));
  for (let i = 0; i < rows; i++) {
    const weight = weights === undefined ? 1 : weights[i]!;
    const k = codes[i]! * columns;
    counts[codes[i]!]! += weight;
    for (let j = 0; j < columns; j++) mean.data[k + j]! += weight * data[i * columns + j]!;
    if (i % chunk === chunk - 1) yield { ops: chunk * columns };
  }
  divideRows(mean, counts);
  for (let i = 0; i < rows; i++) {
    const weight = weights === undefined ? 1 : weights[i]!;
    const k = codes[i]! * columns;
    for (let j = 0; j < columns; j++) {
      const deviation = data[i * columns + j]! - mean.data[k + j]!;
      variance.data[k + j]! += weight * deviation * deviation;
    }
    if (i % chunk === chunk - 1) yield { ops: chunk * columns };
  }
  divideRows(variance, counts);
  return { mean, variance, counts };
}

/**
 * The moments of two batches taken together, class by class (T. F. Chan, G. H. Golub and R. J. LeVeque, "Updating
 * formulae and a pairwise algorithm for computing sample variances", 1979).
 */
export function combineMoments(old: ClassMoments, added: ClassMoments): ClassMoments {
  const [mean, variance, counts] = [old.mean.clone(), old.variance.clone(), old.counts.slice()];
  for (let k = 0; k < counts.length; k++) {
    const [before, now] = [old.counts[k]!, added.counts[k]!];
    if (now === 0) continue;
    const total = before + now;
    counts[k] = total;
    for (let j = 0; j < mean.columns; j++) {
      const [m, n] = [old.mean.get(k, j), added.mean.get(k, j)];
      const squares = before * old.variance.get(k, j) + now * added.variance.get(k, j);
      mean.set(k, j, before === 0 ? n : (now * n + before * m) / total);
      variance.set(
        k,
        j,
        before === 0 ? added.variance.get(k, j) : (squares + ((now * before) / total) * (m - n) * (m - n)) / total,
      );
    }
  }
  return { mean, variance, counts };
}

function divideRows({ data, columns }: Matrix, counts: Float64Array): void {
  for (let at = 0; at < data.length; at++) {
    const count = counts[Math.floor(at / columns)]!;
    if (count > 0) data[at]! /= count;
  }
}
