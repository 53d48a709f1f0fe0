/** Kernels of operations in which each value of the result takes values of its own: nothing is added up. */
import type { GpuKernel } from '../../kernels/gpu/index.ts';
import type { WindowSize } from '../../kernels/index.ts';
import { type AxisView, alongAxis, type Part, type Shape, sizeOf, stridesOf } from '../tensor/index.ts';
import { checkGrid, divideSource, type Steps, stridedThreads } from './strided.ts';

/** A kernel whose result is a flat list of values; all sizes stand in its source, which is its name. */
export function flatKernel(grid: readonly number[], source: string): GpuKernel {
  const columns = sizeOf(grid);
  return { name: source, source, rows: 1, columns, constants: {}, grid: checkGrid(grid) };
}

const NAMES = ['a', 'b', 'c', 'd', 'e'];

/** An expression in a, b, c, ... of operands that are tensors, given by their shapes, or numbers, given by null. */
export function mapKernel(expression: string, operands: readonly (Shape | null)[], shape: Shape): GpuKernel {
  const steps = operands.flatMap(operand => (operand === null ? [] : [stepsIn(operand, shape)]));
  const { grid, places, indices } = stridedThreads(shape, steps);
  let next = 0;
  const values = operands.map((operand, i) => {
    const value = operand === null ? `x${i}` : `x${i}[${indices[next++]}]`;
    return `const ${NAMES[i]} = ${value};`;
  });
  const parameters = operands.map((_, i) => `x${i}`).join(', ');
  return flatKernel(grid, `function(${parameters}) {\n${places}\n${values.join('\n')}\nreturn ${expression};\n}`);
}

/** How a tensor of one shape lies in a shape that it broadcasts to. */
function stepsIn(from: Shape, to: Shape): Steps {
  const missing = to.length - from.length;
  const strides = stridesOf(from);
  return to.map((length, axis) => {
    const own = axis - missing;
    return own < 0 || from[own] !== length ? 0 : strides[own]!;
  });
}

/**
 * Values of a tensor that lie elsewhere in it, behind an offset: axes in another order, or a part of it. The offset is
 * an argument, so that one kernel serves all steps of a sequence.
 */
export function copyKernel(shape: Shape, steps: Steps): GpuKernel {
  const { grid, places, indices } = stridedThreads(shape, [steps]);
  return flatKernel(grid, `function(x, offset) {\n${places}\nreturn x[${indices[0]} + offset];\n}`);
}

/** The part of a tensor of a shape that begins at an offset: {@link copyKernel}. */
export function cutKernel(from: Shape, { axis, length }: Part): GpuKernel {
  return copyKernel(from.with(axis, length), stridesOf(from));
}

/** A part, of a shape, with zeros around it: its start is an argument. */
export function padKernel(from: Shape, { axis, length, whole }: Part): GpuKernel {
  const { outer, inner } = alongAxis(from, axis);
  return flatKernel(
    [inner, whole, outer],
    `function(x, start) {
    const at = this.thread.y - start;
    if (at < 0 || at >= ${length}) return 0;
    return x[(this.thread.z * ${length} + at) * ${inner} + this.thread.x];
  }`,
  );
}

/** Two tensors one behind the other along an axis of lengths `first` and `second`. */
export function joinKernel({ outer, inner }: AxisView, first: number, second: number): GpuKernel {
  return flatKernel(
    [inner, first + second, outer],
    `function(a, b) {
    if (this.thread.y < ${first}) return a[(this.thread.z * ${first} + this.thread.y) * ${inner} + this.thread.x];
    return b[(this.thread.z * ${second} + this.thread.y - ${first}) * ${inner} + this.thread.x];
  }`,
  );
}

/** x at the indices along an axis; `count` of them, and `length` values of x. */
export function gatherKernel(from: Shape, axis: number, count: number): GpuKernel {
  const { outer, length, inner } = alongAxis(from, axis);
  return flatKernel(
    [inner, count, outer],
    `function(x, indices) {
    const at = indices[(this.thread.z * ${count} + this.thread.y) * ${inner} + this.thread.x];
    return x[(this.thread.z * ${length} + at) * ${inner} + this.thread.x];
  }`,
  );
}

/** The largest value of each window; with `isPlace` its place in the window, row by row. */
export function maxPoolKernel(images: Shape, size: WindowSize, isPlace: boolean): GpuKernel {
  const [count, channels, height, width] = images as [number, number, number, number];
  const { kernel, stride, padding, dilation, output } = size;
  return flatKernel(
    [output[0] * output[1], channels, count],
    `function(x) {
    ${divideSource('row', 'this.thread.x', output[1])}
    const column = this.thread.x - row * ${output[1]};
    const start = (this.thread.z * ${channels} + this.thread.y) * ${height * width};
    let most = 0;
    let place = -1;
    for (let i = 0; i < ${kernel[0]}; i++) {
      for (let j = 0; j < ${kernel[1]}; j++) {
        const y = row * ${stride[0]} + i * ${dilation[0]} - ${padding[0]};
        const z = column * ${stride[1]} + j * ${dilation[1]} - ${padding[1]};
        if (y >= 0 && y < ${height} && z >= 0 && z < ${width}) {
          const value = x[start + y * ${width} + z];
          if (place < 0 || value > most) {
            most = value;
            place = i * ${kernel[1]} + j;
          }
        }
      }
    }
    return ${isPlace ? 'place' : 'most'};
  }`,
  );
}
