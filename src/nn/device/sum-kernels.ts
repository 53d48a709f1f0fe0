/** Kernels that add up: a thread for each value of the result. */
import type { GpuKernel } from '../../kernels/gpu/index.ts';
import { blocksOf, sumSource } from '../../kernels/gpu/index.ts';
import type { ConvolutionSize, WindowSize } from '../../kernels/index.ts';
import { alongAxis, type Shape, type Transposes } from '../tensor/index.ts';
import { flatKernel } from './kernels.ts';
import { divideSource } from './strided.ts';

/** Values that one thread folds; more of them are folded in several passes, so that rounding errors grow with their logarithm. */
export const FOLD = 64;

/** Folds `length` values, one axis of (outer, length, inner), into `ceil(length / FOLD)`. */
export function foldKernel(how: 'sum' | 'max', outer: number, length: number, inner: number): GpuKernel {
  const parts = Math.ceil(length / FOLD);
  const join = how === 'sum' ? 'total + value' : 'Math.max(total, value)';
  const guard = length % FOLD === 0 || parts === 1 ? '' : `if (first + k < ${length}) `;
  const grid = inner === 1 ? [outer * parts] : [inner, outer * parts];
  const [line, column] = inner === 1 ? ['this.thread.x', '0'] : ['this.thread.y', 'this.thread.x'];
  return flatKernel(
    grid,
    `function(x) {
    ${divideSource('group', line, parts)}
    const first = (${line} - group * ${parts}) * ${FOLD};
    const start = (group * ${length} + first) * ${inner} + ${column};
    let total = x[start];
    for (let k = 1; k < ${Math.min(FOLD, length)}; k++) {
      ${guard}{
        const value = x[start + k * ${inner}];
        total = ${join};
      }
    }
    return total;
  }`,
  );
}

/** Where the matrices of an operand of a product lie: one for all, or one for each. */
export interface ProductSize {
  readonly batch: number;
  readonly m: number;
  readonly n: number;
  readonly k: number;
  readonly aIsOne: boolean;
  readonly bIsOne: boolean;
}

export function productKernel({ batch, m, n, k, aIsOne, bIsOne }: ProductSize, transposes: Transposes): GpuKernel {
  const { aTransposed = false, bTransposed = false } = transposes;
  const start = (isOne: boolean, length: number) => (isOne ? '' : `this.thread.z * ${length} + `);
  const left = (at: string) => (aTransposed ? `(${at}) * ${m} + this.thread.y` : `this.thread.y * ${k} + ${at}`);
  const right = (at: string) => (bTransposed ? `this.thread.x * ${k} + ${at}` : `(${at}) * ${n} + this.thread.x`);
  const sum = sumSource(at => `a[${start(aIsOne, m * k)}${left(at)}] * b[${start(bIsOne, k * n)}${right(at)}]`);
  const kernel = flatKernel(batch === 1 ? [n, m] : [n, m, batch], `function(a, b) {${sum}}`);
  return { ...kernel, constants: blocksOf(k) };
}

/** Adds the gradients of what was taken from each of `length` places; by index, of `count` indices along an axis. */
export function scatterKernel(indices: Shape, axis: number, length: number): GpuKernel {
  const { outer, length: count, inner } = alongAxis(indices, axis);
  return flatKernel(
    [inner, length, outer],
    `function(grad, indices) {
    let total = 0;
    for (let k = 0; k < ${count}; k++) {
      const at = (this.thread.z * ${count} + k) * ${inner} + this.thread.x;
      if (indices[at] == this.thread.y) total += grad[at];
    }
    return total;
  }`,
  );
}

/** y[n, o, p] = sum over c, i of x[n, c, p stride + i dilation - padding] w[o, c, i]. */
export function convolveKernel(size: ConvolutionSize): GpuKernel {
  const { images, channels, outChannels, groups, input, kernel, output } = size;
  const [perGroup, outPerGroup] = [channels / groups, outChannels / groups];
  return flatKernel(
    [output[0] * output[1], outChannels, images],
    `function(x, w) {
    ${divideSource('row', 'this.thread.x', output[1])}
    const column = this.thread.x - row * ${output[1]};
    ${divideSource('group', 'this.thread.y', outPerGroup)}
    let total = 0;
    for (let c = 0; c < ${perGroup}; c++) {
      const image = (this.thread.z * ${channels} + group * ${perGroup} + c) * ${input[0] * input[1]};
      const window = (this.thread.y * ${perGroup} + c) * ${kernel[0] * kernel[1]};
      let part = 0;
      ${forEachOffset(
        size,
        `
        const y = ${inputPlace(size, 0, 'row', 'i')};
        const z = ${inputPlace(size, 1, 'column', 'j')};
        if (${isWithin(input)}) part += x[image + y * ${input[1]} + z] * w[window + i * ${kernel[1]} + j];`,
      )}
      total += part;
    }
    return total;
  }`,
  );
}

/** The gradient of a convolution in x: for each place what the windows that cover it give. */
export function convolveBackKernel(size: ConvolutionSize): GpuKernel {
  const { images, channels, outChannels, groups, input, kernel, output } = size;
  const [perGroup, outPerGroup] = [channels / groups, outChannels / groups];
  return flatKernel(
    [input[0] * input[1], channels, images],
    `function(grad, w) {
    ${divideSource('row', 'this.thread.x', input[1])}
    const column = this.thread.x - row * ${input[1]};
    ${divideSource('group', 'this.thread.y', perGroup)}
    let total = 0;
    for (let o = 0; o < ${outPerGroup}; o++) {
      const out = group * ${outPerGroup} + o;
      const image = (this.thread.z * ${outChannels} + out) * ${output[0] * output[1]};
      const window = (out * ${perGroup} + this.thread.y - group * ${perGroup}) * ${kernel[0] * kernel[1]};
      let part = 0;
      ${forEachOffset(size, forWindow(size, `part += grad[image + y * ${output[1]} + z] * w[window + i * ${kernel[1]} + j];`))}
      total += part;
    }
    return total;
  }`,
  );
}

/** The gradient of a convolution in the weight, image by image: shape (images, outChannels, channels / groups, ...kernel). */
export function correlateKernel(size: ConvolutionSize): GpuKernel {
  const { images, channels, outChannels, groups, input, kernel, output } = size;
  const [perGroup, outPerGroup] = [channels / groups, outChannels / groups];
  const places = kernel[0] * kernel[1];
  return flatKernel(
    [perGroup * places, outChannels, images],
    `function(x, grad) {
    ${divideSource('c', 'this.thread.x', places)}
    ${divideSource('i', `(this.thread.x - c * ${places})`, kernel[1])}
    const j = this.thread.x - c * ${places} - i * ${kernel[1]};
    ${divideSource('group', 'this.thread.y', outPerGroup)}
    const image = (this.thread.z * ${channels} + group * ${perGroup} + c) * ${input[0] * input[1]};
    const start = (this.thread.z * ${outChannels} + this.thread.y) * ${output[0] * output[1]};
    let total = 0;
    for (let row = 0; row < ${output[0]}; row++) {
      const y = ${inputPlace(size, 0, 'row', 'i')};
      let part = 0;
      for (let column = 0; column < ${output[1]}; column++) {
        const z = ${inputPlace(size, 1, 'column', 'j')};
        if (${isWithin(input)}) part += x[image + y * ${input[1]} + z] * grad[start + row * ${output[1]} + column];
      }
      total += part;
    }
    return total;
  }`,
  );
}

/** The gradient of a max pool: for each place what the windows give whose largest value stands there. */
export function maxPoolBackKernel([images, channels]: Shape, size: WindowSize): GpuKernel {
  const { input, output, kernel } = size;
  return flatKernel(
    [input[0] * input[1], channels!, images!],
    `function(grad, places) {
    ${divideSource('row', 'this.thread.x', input[1])}
    const column = this.thread.x - row * ${input[1]};
    const image = (this.thread.z * ${channels} + this.thread.y) * ${output[0] * output[1]};
    let total = 0;
    ${forEachOffset(
      size,
      forWindow(
        size,
        `
        const at = image + y * ${output[1]} + z;
        if (places[at] == i * ${kernel[1]} + j) total += grad[at];`,
      ),
    )}
    return total;
  }`,
  );
}

/** Visits the places i, j of a window. */
function forEachOffset({ kernel }: WindowSize, body: string): string {
  return `for (let i = 0; i < ${kernel[0]}; i++) {
      for (let j = 0; j < ${kernel[1]}; j++) {${body}
      }
    }`;
}

/** Where place `offset` of a window lies in the image. */
function inputPlace({ stride, padding, dilation }: WindowSize, axis: 0 | 1, window: string, offset: string): string {
  return `${window} * ${stride[axis]} + ${offset} * ${dilation[axis]} - ${padding[axis]}`;
}

/** Runs `body` for the window y, z that has place (row, column) of the image at i, j of its own. */
function forWindow({ stride, padding, dilation, output }: WindowSize, body: string): string {
  const before = (axis: 0 | 1, place: string, offset: string) =>
    `${place} + ${padding[axis]} - ${offset} * ${dilation[axis]}`;
  return `
        const down = ${before(0, 'row', 'i')};
        const right = ${before(1, 'column', 'j')};
        ${divideSource('y', 'down', stride[0])}
        ${divideSource('z', 'right', stride[1])}
        if (${isWithin(output)} && y * ${stride[0]} == down && z * ${stride[1]} == right) {${body}}`;
}

function isWithin([height, width]: readonly [number, number]): string {
  return `y >= 0 && y < ${height} && z >= 0 && z < ${width}`;
}
