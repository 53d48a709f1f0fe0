/** Kernels that find where something stands: places are whole numbers, by which values are gathered and gradients scattered. */
import type { GpuKernel } from '../../kernels/gpu/index.ts';
import type { AxisView, Shape } from '../tensor/index.ts';
import { flatKernel } from './kernels.ts';
import { divideSource } from './strided.ts';
import { FOLD } from './sum-kernels.ts';

/**
 * Of each `FOLD` candidates along an axis the place of the one that wins, of equal ones the first.
 *
 * @param candidates all places of the axis in a first pass, and in later ones the places that the pass before gave
 */
export function winnerKernel(how: 'max' | 'min', { outer, length, inner }: AxisView, candidates: number): GpuKernel {
  const parts = Math.ceil(candidates / FOLD);
  const isFirst = candidates === length;
  const grid = inner === 1 ? [outer * parts] : [inner, outer * parts];
  const [line, column] = inner === 1 ? ['this.thread.x', '0'] : ['this.thread.y', 'this.thread.x'];
  const candidate = (k: string) => (isFirst ? k : `places[(group * ${candidates} + ${k}) * ${inner} + ${column}]`);
  const valueAt = (place: string) => `x[(group * ${length} + ${place}) * ${inner} + ${column}]`;
  return flatKernel(
    grid,
    `function(x${isFirst ? '' : ', places'}) {
    ${divideSource('group', line, parts)}
    const first = (${line} - group * ${parts}) * ${FOLD};
    let best = ${candidate('first')};
    let top = ${valueAt('best')};
    for (let k = 1; k < ${Math.min(FOLD, candidates)}; k++) {
      if (first + k < ${candidates}) {
        const place = ${candidate('first + k')};
        const value = ${valueAt('place')};
        if (value ${how === 'max' ? '>' : '<'} top) {
          top = value;
          best = place;
        }
      }
    }
    return best;
  }`,
  );
}

/** The place in its image, row by row, of the largest value of each adaptive window, of which none is larger than `most`. */
export function adaptivePlaceKernel(
  images: Shape,
  [rows, columns]: readonly [number, number],
  most: readonly [number, number],
): GpuKernel {
  const [count, channels, height, width] = images as [number, number, number, number];
  return flatKernel(
    [rows * columns, channels, count],
    `function(x) {
    ${divideSource('row', 'this.thread.x', columns)}
    const column = this.thread.x - row * ${columns};
    ${divideSource('top', `(row * ${height})`, rows)}
    ${divideSource('bottom', `(row * ${height} + ${height + rows - 1})`, rows)}
    ${divideSource('left', `(column * ${width})`, columns)}
    ${divideSource('right', `(column * ${width} + ${width + columns - 1})`, columns)}
    const start = (this.thread.z * ${channels} + this.thread.y) * ${height * width};
    let best = top * ${width} + left;
    let largest = x[start + best];
    for (let i = 0; i < ${most[0]}; i++) {
      for (let j = 0; j < ${most[1]}; j++) {
        if (top + i < bottom && left + j < right) {
          const place = (top + i) * ${width} + left + j;
          const value = x[start + place];
          if (value > largest) {
            largest = value;
            best = place;
          }
        }
      }
    }
    return best;
  }`,
  );
}
