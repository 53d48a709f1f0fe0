import { readDescending } from '../../kernels/index.ts';
import { sum, warnUndefined } from '../inputs/index.ts';
import { areaOfSamples } from './area-of-samples.ts';
import { append, type BinaryScores, corners, countAtThresholds } from './thresholds.ts';

/**
 * The area under one ROC curve: all of it, or, up to `maxFpr` < 1, standardised to 1/2 for chance and 1 for perfection.
 * NaN, with a warning, where a class is absent.
 */
export function rocArea(metric: string, binary: BinaryScores, maxFpr: number): number {
  const positiveSamples = countPositive(binary.isPositive);
  if (positiveSamples === 0 || positiveSamples === binary.isPositive.length) {
    warnUndefined(metric, 'yTrue holds one class only; the area is NaN');
    return Number.NaN;
  }
  if (binary.weights === undefined && maxFpr === 1) {
    return readDescending(binary.scores, binary.isPositive, sorted => areaOfSamples(sorted, positiveSamples));
  }
  const { fps, tps } = corners(countAtThresholds(binary));
  const [negatives, positives] = [fps.at(-1)!, tps.at(-1)!];
  if (negatives === 0 || positives === 0) {
    warnUndefined(metric, 'all samples of one class have weight zero; the area is NaN');
    return Number.NaN;
  }
  const [fpr, tpr] = [dividedBy(fps, negatives), dividedBy(tps, positives)];
  if (maxFpr === 1) return area(fpr, tpr);
  const partial = area(...cutAt(fpr, tpr, maxFpr));
  const least = 0.5 * (maxFpr * maxFpr);
  return 0.5 * (1 + (partial - least) / (maxFpr - least));
}

function dividedBy(counts: Float64Array, total: number): Float64Array {
  const shares = new Float64Array(counts.length);
  for (let k = 0; k < counts.length; k++) shares[k] = counts[k]! / total;
  return shares;
}

function countPositive(isPositive: Uint8Array): number {
  let count = 0;
  for (let i = 0; i < isPositive.length; i++) count += isPositive[i]!;
  return count;
}

/**
 * The trapezoids under the points, the first of which starts at (0, 0): shares, added in scikit-learn's order, so that
 * rankings that tie there tie here, and a search prefers the same of them.
 */
export function area(x: Float64Array, y: Float64Array): number {
  const trapezoids = new Float64Array(x.length);
  let [fromX, fromY] = [0, 0];
  for (let k = 0; k < x.length; k++) {
    const toX = x[k]!;
    const toY = y[k]!;
    trapezoids[k] = ((toX - fromX) * (toY + fromY)) / 2;
    fromX = toX;
    fromY = toY;
  }
  return sum(trapezoids);
}

/** The points up to a position, where the curve is interpolated. */
function cutAt(x: Float64Array, y: Float64Array, limit: number): [Float64Array, Float64Array] {
  const stop = x.findIndex(position => position > limit);
  const [fromX, fromY] = [x[stop - 1] ?? 0, y[stop - 1] ?? 0];
  const slope = (y[stop]! - fromY) / (x[stop]! - fromX);
  return [append(x.subarray(0, stop), limit), append(y.subarray(0, stop), fromY + slope * (limit - fromX))];
}
