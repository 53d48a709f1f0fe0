import type { DescendingScores } from '../../kernels/index.ts';
import { sum } from '../inputs/index.ts';

/**
 * The area under the ROC curve of samples that count once each, in one pass: to the bit what the trapezoids under
 * `corners(countAtThresholds(...))` give, without their lists.
 *
 * @param sorted tags are 1 for positive samples and 0 for others; trapezoids are written over the scores
 * @param positives number of positive samples, neither none nor all
 */
export function areaOfSamples({ scores, tags }: DescendingScores, positives: number): number {
  const n = scores.length;
  const negatives = n - positives;
  // The last point, and the step that led there. No step equals that to the first point, which therefore stays.
  let [fp, tp, fpStep, tpStep] = [-1, 0, -1, -1];
  // The last point that stayed.
  let [x, y] = [0, 0];
  let count = 0;
  let above = 0;
  for (let k = 0; k < n; k++) {
    above += tags[k]!;
    if (k + 1 < n && scores[k] === scores[k + 1]) continue;
    const below = k + 1 - above;
    if (fp >= 0) {
      const [toFp, toTp] = [below - fp, above - tp];
      if (toFp !== fpStep || toTp !== tpStep) {
        const toX = fp / negatives;
        const toY = tp / positives;
        scores[count++] = ((toX - x) * (toY + y)) / 2;
        x = toX;
        y = toY;
      }
      fpStep = toFp;
      tpStep = toTp;
    }
    fp = below;
    tp = above;
  }
  scores[count++] = ((1 - x) * (1 + y)) / 2;
  return sum(scores.subarray(0, count));
}
