import { sum, warnUndefined } from '../inputs/index.ts';
import { append, type BinaryScores, countAtThresholds } from './thresholds.ts';

/**
 * The area under one ROC curve: all of it, or, up to `maxFpr` < 1, standardised to 1/2 for chance and 1 for perfection.
 * NaN, with a warning, where a class is absent.
 */
export function rocArea(metric: string, binary: BinaryScores, maxFpr: number): number {
  if (isOneClass(binary.isPositive)) {
    warnUndefined(metric, 'yTrue holds one class only; the area is NaN');
    return Number.NaN;
  }
  const { fps, tps } = countAtThresholds(binary);
  const [negatives, positives] = [fps.at(-1)!, tps.at(-1)!];
  if (negatives === 0 || positives === 0) {
    warnUndefined(metric, 'all samples of one class have weight zero; the area is NaN');
    return Number.NaN;
  }
  if (maxFpr === 1) return area(fps, tps) / (negatives * positives);
  const partial = area(...cutAt(fps, tps, maxFpr * negatives)) / (negatives * positives);
  const least = (maxFpr * maxFpr) / 2;
  return (1 + (partial - least) / (maxFpr - least)) / 2;
}

function isOneClass(isPositive: Uint8Array): boolean {
  return !isPositive.includes(0) || !isPositive.includes(1);
}

/** The trapezoids under the points, the first of which starts at (0, 0). Exact for whole counts. */
function area(x: Float64Array, y: Float64Array): number {
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
  const height = fromY + ((y[stop]! - fromY) * (limit - fromX)) / (x[stop]! - fromX);
  return [append(x.subarray(0, stop), limit), append(y.subarray(0, stop), height)];
}
