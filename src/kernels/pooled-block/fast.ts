/** Some channels of all images at a time in the arena: each value passes through it once, forward and back. */
import { ownArena } from '../arena.ts';
import { type Rooms, withRooms } from '../rooms.ts';
import type { BlockSize, ChannelMoments, Combination, GradientSums, ScaledChannel, Scaling } from './sizes.ts';

export interface BlockExports {
  poolScaled: (
    x: number, images: number, height: number, width: number, scales: number, shifts: number, room: number, y: number,
  ) => void; // biome-ignore format: as the kernel's parameters
  poolScaledBack: (
    x: number, grad: number, images: number, height: number, width: number, scales: number, shifts: number,
    room: number, back: number,
  ) => void; // biome-ignore format: as the kernel's parameters
  sumLines(x: number, lines: number, inner: number, sums: number): void;
  sumSquares(x: number, lines: number, inner: number, means: number, sums: number): void;
  sumGradients: (
    grad: number, x: number, lines: number, inner: number, means: number, plain: number, products: number,
  ) => void; // biome-ignore format: as the kernel's parameters
  combineLines: (
    grad: number, x: number, lines: number, inner: number, factors: number, slopes: number, shifts: number,
    out: number,
  ) => void; // biome-ignore format: as the kernel's parameters
}

const FLOAT = Float32Array.BYTES_PER_ELEMENT;
const DOUBLE = Float64Array.BYTES_PER_ELEMENT;
/** Floats of a block, where one channel has no more: 256 kB, so that two stay in the second-level cache. */
const BLOCK = 2 ** 16;
/** Floats of a channel of all images: more would not stay in any cache. */
const MOST = 2 ** 20;
/** Floats that lie side by side: copies of fewer cost more than the passes that they save. */
const FEWEST = 128;
/** Floats that may be touched behind an end. */
const BEHIND = 4;

/** Whether one pass is cheaper than one for each operation. */
export function isWorthPooling(size: BlockSize): boolean {
  const inner = size.height * size.width;
  return size.images * inner <= MOST && channelsAtATime(size) * inner >= FEWEST;
}

export function poolScaled(
  kernel: BlockExports,
  x: Float32Array,
  size: BlockSize,
  channels: readonly Scaling[],
  y: Float32Array,
): void {
  const inner = size.height * size.width;
  const [length, pooled] = [size.channels * inner, size.channels * windowsOf(size)];
  // Whole images lie side by side.
  const most = Math.max(1, Math.floor(BLOCK / length));
  for (let from = 0; from < size.images; from += most) {
    const images = Math.min(most, size.images - from);
    const values = x.subarray(from * length, (from + images) * length);
    const out = y.subarray(from * pooled, (from + images) * pooled);
    const part = { ...size, images };
    forEachBlock(part, block => {
      block.put(block.at.x, values, inner);
      block.fill(block.at.a, c => channels[c]!.scale);
      block.fill(block.at.b, c => channels[c]!.shift);
      pool(kernel, block, part, out);
    });
  }
}

export function poolNormalised(
  kernel: BlockExports,
  x: Float32Array,
  size: BlockSize,
  scalingOf: (moments: ChannelMoments, channel: number) => Scaling,
  y: Float32Array,
): void {
  const inner = size.height * size.width;
  const count = size.images * inner;
  forEachBlock(size, block => {
    const { at, lines } = block;
    block.put(at.x, x, inner);
    kernel.sumLines(at.x, lines, inner, at.b);
    const means = block.total(at.b).map(sum => sum / count);
    block.fill(at.a, c => means[c - block.from]!);
    kernel.sumSquares(at.x, lines, inner, at.a, at.b);
    const variances = block.total(at.b).map(sum => sum / count);
    const channels = Array.from(means, (mean, j) => scalingOf({ mean, variance: variances[j]! }, block.from + j));
    block.fill(at.a, c => channels[c - block.from]!.scale);
    block.fill(at.b, c => channels[c - block.from]!.shift);
    pool(kernel, block, size, y);
  });
}

export function poolNormalisedBack(
  kernel: BlockExports,
  x: Float32Array,
  grad: Float32Array,
  size: BlockSize,
  channels: readonly ScaledChannel[],
  combinationOf: (sums: GradientSums, channel: number) => Combination,
  back: Float32Array,
): void {
  const { height, width } = size;
  const inner = height * width;
  forEachBlock(size, block => {
    const { at, lines, from, count } = block;
    block.put(at.x, x, inner);
    block.put(at.y, grad, windowsOf(size));
    block.fill(at.a, c => channels[c]!.scale);
    block.fill(at.b, c => channels[c]!.shift);
    kernel.poolScaledBack(at.x, at.y, lines, height, width, at.a, at.b, at.room, at.back);
    block.fill(at.a, c => channels[c]!.mean);
    kernel.sumGradients(at.back, at.x, lines, inner, at.a, at.b, at.c);
    const parts = Array.from({ length: count }, (_, j) =>
      combinationOf({ plain: block.ofChannel(at.b, j), products: block.ofChannel(at.c, j) }, from + j),
    );
    block.fill(at.a, c => parts[c - from]!.factor);
    block.fill(at.b, c => parts[c - from]!.slope);
    block.fill(at.c, c => parts[c - from]!.shift);
    kernel.combineLines(at.back, at.x, lines, inner, at.a, at.b, at.c, at.back);
    block.take(at.back, back, inner);
  });
}

function pool(kernel: BlockExports, block: Block, size: BlockSize, y: Float32Array): void {
  const { at, lines } = block;
  kernel.poolScaled(at.x, lines, size.height, size.width, at.a, at.b, at.room, at.y);
  block.take(at.y, y, windowsOf(size));
}

type Layout = Rooms<keyof ReturnType<typeof bytesOf>>;

/** Channels `from` to `from + count - 1` of all images: lines of values, those of one image side by side. */
class Block {
  readonly at: Layout;
  readonly from: number;
  readonly count: number;
  readonly #size: BlockSize;
  readonly #floats = ownArena.floats;
  readonly #doubles = ownArena.doubles;

  constructor(at: Layout, from: number, count: number, size: BlockSize) {
    this.at = at;
    this.from = from;
    this.count = count;
    this.#size = size;
  }

  get lines(): number {
    return this.#size.images * this.count;
  }

  /** Copies these channels of images with so many values a channel into the arena. */
  put(pointer: number, images: Float32Array, inner: number): void {
    this.#forEachRun(inner, (from, to, run) =>
      this.#floats.set(images.subarray(from, from + run), pointer / FLOAT + to),
    );
  }

  /** Copies them back. */
  take(pointer: number, images: Float32Array, inner: number): void {
    const start = pointer / FLOAT;
    this.#forEachRun(inner, (to, from, run) => images.set(this.#floats.subarray(start + from, start + from + run), to));
  }

  /** Writes a channel's number for each of its lines. */
  fill(pointer: number, value: (channel: number) => number): void {
    const start = pointer / DOUBLE;
    for (let j = 0; j < this.count; j++) {
      const number = value(this.from + j);
      for (let line = j; line < this.lines; line += this.count) this.#doubles[start + line] = number;
    }
  }

  /** The lines' numbers added up by channel. */
  total(pointer: number): Float64Array {
    const start = pointer / DOUBLE;
    const totals = new Float64Array(this.count);
    for (let line = 0; line < this.lines; line++) totals[line % this.count]! += this.#doubles[start + line]!;
    return totals;
  }

  /** The numbers of the lines of channel `from + j`, image by image. */
  ofChannel(pointer: number, j: number): Float64Array {
    const start = pointer / DOUBLE + j;
    const numbers = new Float64Array(this.#size.images);
    for (let i = 0; i < numbers.length; i++) numbers[i] = this.#doubles[start + i * this.count]!;
    return numbers;
  }

  #forEachRun(inner: number, visit: (outside: number, inArena: number, length: number) => void): void {
    const { images, channels } = this.#size;
    // Where the block has all channels, it is one run.
    const [runs, run] = this.count === channels ? [1, images * channels * inner] : [images, this.count * inner];
    for (let i = 0; i < runs; i++) visit((i * channels + this.from) * inner, i * run, run);
  }
}

function forEachBlock(size: BlockSize, visit: (block: Block) => void): void {
  const most = channelsAtATime(size);
  withRooms(bytesOf(size, most), at => {
    for (let from = 0; from < size.channels; from += most) {
      visit(new Block(at, from, Math.min(most, size.channels - from), size));
    }
  });
}

/** Bytes of what lies in the arena: `a`, `b` and `c` have a double for each line. */
function bytesOf(size: BlockSize, channels: number) {
  const lines = size.images * channels;
  const inner = size.height * size.width;
  const floats = (count: number) => (count + BEHIND) * FLOAT;
  return {
    ...{ x: floats(lines * inner), back: floats(lines * inner), y: floats(lines * windowsOf(size)) },
    ...{ room: floats(inner), a: lines * DOUBLE, b: lines * DOUBLE, c: lines * DOUBLE },
  };
}

function channelsAtATime({ images, channels, height, width }: BlockSize): number {
  return Math.min(channels, Math.max(1, Math.floor(BLOCK / (images * height * width))));
}

function windowsOf({ height, width }: BlockSize): number {
  return (height >> 1) * (width >> 1);
}
