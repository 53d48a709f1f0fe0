/** Convolution in tiles in the arena: some images at a time, or some lines of tiles of one. */
import { ownArena } from '../arena.ts';
import type { WindowExports } from '../convolution/window-exports.ts';
import { NO_DIAGONAL, PANEL_BYTES, PANEL_ROWS, type PanelExports } from '../matmul/blocked.ts';
import { DEPTH } from '../matmul/product.ts';
import { Places } from '../places.ts';
import { POINTS, type TiledSize } from './sizes.ts';

export interface TileExports {
  readonly packKernels: (
    w: number, outChannels: number, channels: number, first: number, deep: number, packed: number, pointBytes: number,
  ) => void; // biome-ignore format: as the kernel's parameters
  readonly enterTiles: (
    padded: number, channels: number, channelBytes: number, line: number, lines: number, across: number,
    values: number, tileBytes: number,
  ) => void; // biome-ignore format: as the kernel's parameters
  readonly leaveTiles: (
    products: number, channels: number, tileBytes: number, lines: number, across: number, bias: number, y: number,
    line: number, channelBytes: number,
  ) => void; // biome-ignore format: as the kernel's parameters
}

export interface TileKernels {
  readonly tiles: TileExports;
  readonly windows: WindowExports;
  readonly product: PanelExports;
}

const FLOAT = Float32Array.BYTES_PER_ELEMENT;
/** Floats of the values and products of a part: 1 MB, so that they stay in the second-level cache. */
const MOST = 2 ** 18;
/** Floats that may be touched behind an end. */
const BEHIND = 16;

/** What is done at once: all tiles of some images, or of one image some lines. */
interface Part {
  readonly images: number;
  readonly lines: number;
}

type Layout = ReturnType<typeof layOut>;

export function convolveTiles(
  kernels: TileKernels,
  x: Float32Array,
  w: Float32Array,
  size: TiledSize,
  bias: Float32Array | null,
  y: Float32Array,
): void {
  const part = partOf(size);
  const layout = layOut(size, part);
  const loan = ownArena.borrow(layout.bytes);
  try {
    const at = placed(layout, loan.pointer);
    const floats = ownArena.floats;
    floats.set(w, at.kernels / FLOAT);
    packWeight(kernels.tiles, size, at);
    floats.fill(0, at.bias / FLOAT, at.bias / FLOAT + size.outChannels);
    if (bias !== null) floats.set(bias, at.bias / FLOAT);
    for (let image = 0; image < size.images; image += part.images) {
      const images = Math.min(part.images, size.images - image);
      convolveImages(kernels, x, image, { images, lines: part.lines }, size, at, floats, y);
    }
  } finally {
    ownArena.giveBack(loan);
  }
}

/** Some images, from one of them on, in as many parts as they have. */
function convolveImages(
  { tiles: kernel, windows, product }: TileKernels,
  x: Float32Array,
  image: number,
  { images, lines: most }: Part,
  size: TiledSize,
  at: Layout,
  floats: Float32Array,
  y: Float32Array,
): void {
  const { channels, outChannels, input, padding, output, tiles } = size;
  const { lines, line, outLines, outLine } = at;
  const [length, outLength] = [channels * input[0] * input[1], outChannels * output[0] * output[1]];
  floats.set(x.subarray(image * length, (image + images) * length), at.image / FLOAT);
  windows.pad(at.image, images * channels, ...input, ...padding, lines, line, at.padded);
  for (let first = 0; first < tiles[0]; first += most) {
    const down = Math.min(most, tiles[0] - first);
    const n = images * down * tiles[1];
    for (let i = 0; i < images; i++) {
      const from = at.padded + (i * channels * lines + 2 * first) * line * FLOAT;
      const to = at.values + i * down * tiles[1] * FLOAT;
      kernel.enterTiles(from, channels, lines * line * FLOAT, line, down, tiles[1], to, strideOf(n) * FLOAT);
    }
    multiplyPoints(product, n, size, at);
    for (let i = 0; i < images; i++) {
      const from = at.products + i * down * tiles[1] * FLOAT;
      const to = at.output + (i * outChannels * outLines + 2 * first) * outLine * FLOAT;
      kernel.leaveTiles(from, outChannels, n * FLOAT, down, tiles[1], at.bias, to, outLine, outLines * outLine * FLOAT);
    }
  }
  windows.cut(at.output, images * outChannels, ...output, 0, 0, outLines, outLine, at.result);
  y.set(floats.subarray(at.result / FLOAT, at.result / FLOAT + images * outLength), image * outLength);
}

/** The products of weight and values of n tiles, point by point. */
function multiplyPoints(product: PanelExports, n: number, { channels, outChannels }: TiledSize, at: Layout): void {
  for (let p = 0; p < POINTS; p++) {
    const stride = strideOf(n) * FLOAT;
    const values = at.values + p * channels * stride;
    const to = at.products + p * outChannels * n * FLOAT;
    for (let s = 0; s < channels; s += DEPTH) {
      const deep = Math.min(DEPTH, channels - s);
      product.packColumns(n, deep, values + s * stride, stride, FLOAT, at.columns);
      const rows = at.weight + (p * pointFloats(channels, outChannels) + filled(outChannels, PANEL_ROWS) * s) * FLOAT;
      product.multiplyPanels(outChannels, n, deep, rows, at.columns, to, n * FLOAT, s > 0, NO_DIAGONAL, at.tile);
    }
  }
}

/** Floats from one channel's values to the next: the last image's tiles may be written to in whole quads. */
function strideOf(n: number): number {
  return n + 3;
}

/** The weight at the points, packed for the products, block of channels by block of channels. */
function packWeight({ packKernels }: TileExports, { channels, outChannels }: TiledSize, at: Layout): void {
  const rows = filled(outChannels, PANEL_ROWS) * FLOAT;
  for (let s = 0; s < channels; s += DEPTH) {
    const deep = Math.min(DEPTH, channels - s);
    packKernels(
      at.kernels,
      outChannels,
      channels,
      s,
      deep,
      at.weight + rows * s,
      pointFloats(channels, outChannels) * FLOAT,
    );
  }
}

/** Floats from the weight at one point to that at the next: a line of the cache apart, or all fell into the same few sets. */
function pointFloats(channels: number, outChannels: number): number {
  return filled(outChannels, PANEL_ROWS) * channels + 16;
}

function partOf({ images, channels, outChannels, tiles }: TiledSize): Part {
  const most = Math.max(1, Math.floor(MOST / (POINTS * (channels + outChannels) * tiles[1])));
  const whole = Math.floor(most / tiles[0]);
  return whole > 0 ? { images: Math.min(images, whole), lines: tiles[0] } : { images: 1, lines: most };
}

/** Bytes from the start of the loan to what lies in the arena, and the sizes of padded images. */
function layOut({ channels, outChannels, input, output, tiles }: TiledSize, { images, lines: most }: Part) {
  const [lines, line] = [2 * tiles[0] + 2, 2 * tiles[1] + 2];
  const [outLines, outLine] = [2 * tiles[0], 2 * filled(tiles[1], 4)];
  const n = images * most * tiles[1];
  const places = new Places();
  const room = (floats: number) => places.take((floats + BEHIND) * FLOAT);
  return {
    image: room(images * channels * input[0] * input[1]),
    padded: room(images * channels * lines * line),
    values: room(POINTS * channels * strideOf(n)),
    columns: room(filled(n, PANEL_BYTES / FLOAT) * Math.min(DEPTH, channels)),
    products: room(POINTS * outChannels * n),
    output: room(images * outChannels * outLines * outLine),
    result: room(images * outChannels * output[0] * output[1]),
    kernels: room(9 * outChannels * channels),
    weight: room(POINTS * pointFloats(channels, outChannels)),
    bias: room(outChannels),
    tile: room((PANEL_ROWS * PANEL_BYTES) / FLOAT),
    ...{ lines, line, outLines, outLine, bytes: places.bytes },
  };
}

/** The layout with pointers into the arena. */
function placed(layout: Layout, pointer: number): Layout {
  const { lines, line, outLines, outLine, bytes, ...offsets } = layout;
  const pointers = Object.entries(offsets).map(([name, offset]) => [name, pointer + offset]);
  return { ...layout, ...Object.fromEntries(pointers) };
}

function filled(count: number, panel: number): number {
  return panel * Math.ceil(count / panel);
}
