/** What devices compute on drawn shapes: single values, single rows and columns, and sizes around every block among them. */
import {
  adaptiveAvgPool2d,
  adaptiveMaxPool2d,
  add,
  argmax,
  argmin,
  avgPool2d,
  cat,
  conv2d,
  convTranspose2d,
  expand,
  type GpuDevice,
  gather,
  linear,
  logSoftmax,
  matmul,
  max,
  maxPool2d,
  min,
  mul,
  narrow,
  permute,
  softmax,
  sum,
  type Tensor,
  tensor,
  variance,
} from '../../../src/nn/index.ts';
import { RandomState } from '../../../src/random/index.ts';
import { distinct, drawn } from '../drawn.ts';
import { type DeviceCase, demandAgreement, demandNear, deviceCase } from './device-case.ts';

/** Sizes around the blocks of sums and the groups of threads, both sides of each. */
const EDGES = [1, 2, 7, 8, 9, 63, 64, 65, 130] as const;

/** Few values, so that many are equal. */
const floor = (x: Tensor) => x.like(x.data.map(Math.floor));

class Draws {
  readonly #random: RandomState;

  constructor(seed: number) {
    this.#random = new RandomState(seed);
  }

  /** A whole number from `low` to `high`. */
  whole(low: number, high: number): number {
    return low + Math.floor(this.#random.random() * (high - low + 1));
  }

  one<T>(values: readonly T[]): T {
    return values[this.whole(0, values.length - 1)]!;
  }

  shape(axes: number, most: number): number[] {
    return Array.from({ length: axes }, () => this.whole(1, most));
  }

  isTrue(): boolean {
    return this.#random.random() < 0.5;
  }
}

/** A case of several draws, each of which says what it has drawn. */
function drawnCase(name: string, draws: number, check: (gpu: GpuDevice, draw: Draws) => Promise<void>): DeviceCase {
  return deviceCase(`${name}, drawn shapes`, async gpu => {
    for (let seed = 0; seed < draws; seed++) await gpu.scope(() => check(gpu, new Draws(seed)));
  });
}

export const drawnCases: readonly DeviceCase[] = [
  drawnCase('broadcasting', 8, async (gpu, draw) => {
    const shape = draw.shape(draw.whole(1, 5), 4);
    const side = () => shape.map(length => (draw.isTrue() ? length : 1)).slice(draw.whole(0, shape.length - 1));
    const [a, b] = [side(), side()];
    await demandAgreement(gpu, (x, y) => add(mul(x!, y!), x!), [drawn(a), drawn(b, 1)], ` of ${a} and ${b}`);
  }),
  drawnCase('sums along axes', 8, async (gpu, draw) => {
    const shape = [...draw.shape(draw.whole(0, 2), 3), draw.one(EDGES), ...draw.shape(draw.whole(0, 2), 3)];
    const axes = shape.map((_, axis) => axis).filter(() => draw.isTrue());
    const keepdim = draw.isTrue();
    await demandAgreement(gpu, x => sum(x!, axes, { keepdim }), [drawn(shape)], ` of ${shape} along ${axes}`);
  }),
  drawnCase('extremes along an axis', 4, async (gpu, draw) => {
    const shape = [...draw.shape(draw.whole(0, 2), 3), draw.one(EDGES), ...draw.shape(draw.whole(0, 2), 3)];
    const axis = draw.whole(0, shape.length - 1);
    await demandAgreement(gpu, x => max(x!, axis).values, [distinct(shape)], ` of ${shape} along ${axis}`);
    await demandAgreement(gpu, x => min(x!, axis).values, [distinct(shape)], ` of ${shape} along ${axis}`);
  }),
  deviceCase('of equal values the first is the extreme, in every pass, and has the gradient', async gpu => {
    for (const shape of [
      [3, 5],
      [2, 64, 3],
      [2, 130, 2],
      [1, 4100],
    ]) {
      const x = floor(drawn(shape));
      await demandAgreement(gpu, x => max(x!, 1).values, [x], ` of ${shape}`);
      await demandNear(argmax(x.to(gpu), 1), argmax(x, 1), `the places of ${shape}`, 0);
      await demandNear(argmin(x.to(gpu), 1), argmin(x, 1), `the places of ${shape}`, 0);
    }
  }),
  drawnCase('adaptive pools', 4, async (gpu, draw) => {
    const [height, width] = [draw.whole(1, 13), draw.whole(1, 13)];
    const size = [draw.whole(1, height), draw.whole(1, width + 3)] as const;
    const what = ` of ${height} x ${width} to ${size}`;
    await demandAgreement(gpu, x => adaptiveAvgPool2d(x!, size), [drawn([2, 3, height, width])], what);
    await demandAgreement(gpu, x => adaptiveMaxPool2d(x!, size), [distinct([2, 3, height, width])], what);
  }),
  deviceCase('sums of many values take several passes', async gpu => {
    for (const shape of [[4097], [2, 4160], [4096, 2], [1, 266_305]]) {
      await demandAgreement(gpu, x => sum(x!, shape.length - 1), [drawn(shape)], ` of ${shape}`);
      await demandAgreement(gpu, x => sum(x!), [drawn(shape)], ` of ${shape}`);
    }
  }),
  drawnCase('products', 8, async (gpu, draw) => {
    const [m, k, n] = [draw.one(EDGES), draw.one(EDGES), draw.one(EDGES)];
    const [w, bias] = [drawn([n, k], 1), drawn([n], 2)];
    await demandAgreement(gpu, (x, w, b) => linear(x!, w!, b!), [drawn([m, k]), w, bias], ` of ${[m, k, n]}`);
    const batch = draw.shape(draw.whole(0, 2), 3);
    const one = batch.map(length => (draw.isTrue() ? length : 1));
    const sides = [drawn([...batch, 3, k]), drawn([...one, k, 2], 1)];
    await demandAgreement(gpu, matmul, sides, ` of ${batch} and ${one} times 3 x ${k} x 2`);
  }),
  drawnCase('axes in another order', 6, async (gpu, draw) => {
    const shape = draw.shape(draw.whole(1, 5), 4);
    const order = Array.from(new RandomState(draw.whole(0, 99)).permutation(shape.length));
    await demandAgreement(gpu, x => permute(x!, order), [drawn(shape)], ` of ${shape} by ${order}`);
    await demandAgreement(gpu, x => expand(x!, [3, ...shape]), [drawn(shape)], ` of ${shape}, repeated`);
  }),
  drawnCase('parts and concatenation', 6, async (gpu, draw) => {
    const shape = draw.shape(draw.whole(1, 4), 5);
    const axis = draw.whole(0, shape.length - 1);
    const start = draw.whole(0, shape[axis]! - 1);
    const length = draw.whole(1, shape[axis]! - start);
    await demandAgreement(gpu, x => narrow(x!, axis, start, length), [drawn(shape)], ` of ${shape} along ${axis}`);
    const other = drawn(shape.with(axis, draw.whole(1, 4)), 1);
    await demandAgreement(gpu, (x, y) => cat([x!, y!, x!], axis), [drawn(shape), other], ` of ${shape} along ${axis}`);
  }),
  drawnCase('gathering', 4, async (gpu, draw) => {
    const shape = draw.shape(draw.whole(1, 3), 5);
    const axis = draw.whole(0, shape.length - 1);
    const indices = drawn(shape.map(length => draw.whole(1, length)).with(axis, draw.whole(1, 6)));
    const places = tensor({ data: indices.data.map(() => draw.whole(0, shape[axis]! - 1)), shape: indices.shape });
    await demandAgreement(gpu, x => gather(x!, axis, places), [drawn(shape)], ` of ${shape} along ${axis}`);
  }),
  drawnCase('softmax', 4, async (gpu, draw) => {
    const shape = [...draw.shape(draw.whole(0, 2), 4), draw.one(EDGES), ...draw.shape(draw.whole(0, 1), 3)];
    const axis = draw.whole(0, shape.length - 1);
    const x = mul(drawn(shape), draw.one([1, 30]));
    await demandAgreement(gpu, x => softmax(x!, axis), [x], ` of ${shape} along ${axis}`);
    await demandAgreement(gpu, x => logSoftmax(x!, axis), [x], ` of ${shape} along ${axis}`);
  }),
  drawnCase('convolutions', 8, async (gpu, draw) => {
    const groups = draw.whole(1, 2);
    const [images, perGroup, outChannels] = [draw.whole(1, 3), draw.whole(1, 3), groups * draw.whole(1, 2)];
    const pair = (low: number, high: number) => [draw.whole(low, high), draw.whole(low, high)] as const;
    const [stride, padding, dilation, kernel] = [pair(1, 3), pair(0, 2), pair(1, 2), pair(1, 3)];
    const input = kernel.map((length, i) => dilation[i]! * (length - 1) + draw.whole(1, 6));
    const [x, w] = [drawn([images, groups * perGroup, ...input]), drawn([outChannels, perGroup, ...kernel], 1)];
    const options = { stride, padding, dilation, groups };
    const what = ` of ${x.shape} by ${w.shape}, ${JSON.stringify(options)}`;
    await demandAgreement(gpu, (x, w, b) => conv2d(x!, w!, b!, options), [x, w, drawn([outChannels], 2)], what);
    const back = drawn(conv2d(x, w, null, options).shape, 3);
    await demandAgreement(gpu, (y, w) => convTranspose2d(y!, w!, null, { ...options, padding: 0 }), [back, w], what);
  }),
  drawnCase('pools', 6, async (gpu, draw) => {
    const pair = (low: number, high: number) => [draw.whole(low, high), draw.whole(low, high)] as const;
    const [kernel, stride, dilation] = [pair(1, 3), pair(1, 3), pair(1, 2)];
    const padding = [draw.whole(0, kernel[0] >> 1), draw.whole(0, kernel[1] >> 1)] as const;
    const shape = [draw.whole(1, 3), draw.whole(1, 3), draw.whole(5, 9), draw.whole(5, 9)];
    const ceilMode = draw.isTrue();
    const what = ` of ${shape} by ${JSON.stringify({ kernel, stride, padding, dilation, ceilMode })}`;
    const max = { stride, padding, dilation, ceilMode };
    await demandAgreement(gpu, x => maxPool2d(x!, kernel, max), [distinct(shape)], what);
    const mean = { stride, padding, ceilMode, countIncludePad: draw.isTrue() };
    await demandAgreement(gpu, x => avgPool2d(x!, kernel, mean), [drawn(shape)], what);
    const [rows, columns] = pair(1, 3);
    const even = [...shape.slice(0, 2), rows * draw.whole(1, 3), columns * draw.whole(1, 3)];
    await demandAgreement(gpu, x => adaptiveAvgPool2d(x!, [rows, columns]), [drawn(even)], ` of ${even}`);
  }),
  deviceCase('of equal values in a window the first gets the gradient, on both sides', async gpu => {
    const ties = tensor({ data: [1, 1, 0, 1, 1, 1, 0, 1, 1], shape: [1, 1, 3, 3] });
    await demandAgreement(gpu, x => maxPool2d(x!, 2, { stride: 1 }), [ties]);
  }),
  deviceCase('more values than a thread folds, in single precision: variances far from zero', async gpu => {
    await demandAgreement(gpu, x => variance(add(x!, 3), 0), [drawn([300, 3])]);
  }),
];
