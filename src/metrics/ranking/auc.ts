import { badInput, checkLengths, readNumbers, sum } from '../inputs/index.ts';

/**
 * The area under a curve of points, by the trapezoidal rule. Time O(n).
 *
 * @param x n >= 2 positions, rising or falling throughout
 * @param y n heights
 * @throws InvalidInputError on fewer than two points, and on an `x` that turns round
 *
 * @example
 * import { auc } from 'fitwise';
 * auc([0, 0.5, 1], [0, 1, 1]); // 0.75
 */
export function auc(x: ArrayLike<number>, y: ArrayLike<number>): number {
  const [positions, heights] = [readNumbers('auc', 'x', x), readNumbers('auc', 'y', y)];
  checkLengths('auc', ['x', 'y'], positions.length, heights.length);
  if (positions.length < 2) throw badInput('auc', { rule: 'x must have two points at least', received: '1' });
  const steps = positions.slice(1).map((to, i) => to - positions[i]!);
  const isFalling = steps.some(step => step < 0);
  if (isFalling && steps.some(step => step > 0)) {
    throw badInput('auc', { rule: 'x must rise or fall throughout', received: 'both' });
  }
  const area = sum(steps.map((step, i) => (step * (heights[i]! + heights[i + 1]!)) / 2));
  return isFalling ? -area : area;
}
