/**
 * Pooling by the largest value of windows of 2 x 2 side by side: three comparisons a window. The fast version takes
 * some images into the arena at a time; it agrees with the reference to the bit.
 */
import { ownArena } from '../arena.ts';
import { WASM_BASE64 } from '../generated/max-pool.ts';
import { lazyKernel } from '../load.ts';
import { type ImageSize, poolByFour, poolByFourBack } from './reference.ts';

interface PoolExports {
  poolByFour(x: number, images: number, height: number, width: number, y: number): void;
  poolByFourBack(x: number, grad: number, images: number, height: number, width: number, back: number): void;
}

/** Floats of the images that lie in the arena at a time, where one is not larger: 64 kB. */
const PIECE = 16_384;

const kernel = lazyKernel<PoolExports>(WASM_BASE64, ownArena);

/** y (images, height / 2, width / 2) of x (images, height, width), rounded down. */
export function poolByFourInto(x: Float32Array, size: ImageSize, y: Float32Array): void {
  const fast = kernel();
  if (fast === undefined) {
    poolByFour(x, size, y);
    return;
  }
  byImages(size, x.length, ({ x: xAt, y: yAt, floats, from, to, fromY, toY }) => {
    floats.set(x.subarray(from, to), xAt / 4);
    fast.poolByFour(xAt, (to - from) / (size.height * size.width), size.height, size.width, yAt);
    y.set(floats.subarray(yAt / 4, yAt / 4 + toY - fromY), fromY);
  });
}

/** The gradient of x: that of y where the largest value stood, and 0 elsewhere. */
export function poolByFourBackInto(x: Float32Array, grad: Float32Array, size: ImageSize, back: Float32Array): void {
  const fast = kernel();
  if (fast === undefined) {
    poolByFourBack(x, grad, size, back);
    return;
  }
  byImages(size, x.length, ({ x: xAt, y: yAt, back: backAt, floats, from, to, fromY, toY }) => {
    floats.set(x.subarray(from, to), xAt / 4);
    floats.set(grad.subarray(fromY, toY), yAt / 4);
    fast.poolByFourBack(xAt, yAt, (to - from) / (size.height * size.width), size.height, size.width, backAt);
    back.set(floats.subarray(backAt / 4, backAt / 4 + to - from), from);
  });
}

/** Room in the arena for some images, and which they are: places of their values in x and in y. */
interface Images {
  readonly x: number;
  readonly y: number;
  readonly back: number;
  readonly floats: Float32Array;
  readonly from: number;
  readonly to: number;
  readonly fromY: number;
  readonly toY: number;
}

function byImages({ height, width }: ImageSize, length: number, visit: (images: Images) => void): void {
  const image = height * width;
  const windows = (height >> 1) * (width >> 1);
  if (length === 0 || windows === 0) return;
  const piece = Math.min(length, Math.max(1, Math.floor(PIECE / image)) * image);
  ownArena.withScratch([piece * 4, piece * 4, piece * 4], scratch => {
    const [x, y, back] = [0, 1, 2].map(() => scratch.float32(piece).byteOffset) as [number, number, number];
    const floats = ownArena.floats;
    for (let from = 0; from < length; from += piece) {
      const to = Math.min(length, from + piece);
      visit({ ...{ x, y, back, floats, from, to }, fromY: (from / image) * windows, toY: (to / image) * windows });
    }
  });
}
