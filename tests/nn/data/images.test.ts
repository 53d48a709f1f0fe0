/** Datasets of images: in one array, and in files. */

import { readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import {
  compose,
  DataLoader,
  ImageDataset,
  ImageFolder,
  normalize,
  randomHorizontalFlip,
  readPng,
  tensor,
  toTensor,
} from '../../../src/nn/index.ts';
import { RandomState } from '../../../src/random/index.ts';
import { refusal } from '../../helpers/refusal.ts';

const random = new RandomState(0);

test('ImageDataset: images of an array with their labels, through a transform that draws from the loader', async () => {
  const images = { data: Uint8Array.from({ length: 12 }, (_, i) => i * 20), shape: [3, 2, 2] };
  const transform = compose(toTensor, randomHorizontalFlip(1), normalize({ mean: 0, std: 1 / 255 }));
  const data = new ImageDataset(images, { data: Uint8Array.of(4, 5, 6), shape: [3] }, { transform });
  for await (const { x, y } of new DataLoader(data, { batchSize: 3 })) {
    expect([x.shape, y.toArray()]).toEqual([
      [3, 1, 2, 2],
      [4, 5, 6],
    ]);
    expect([...x.data.map(value => Math.round(value))]).toEqual([20, 0, 60, 40, 100, 80, 140, 120, 180, 160, 220, 200]);
  }
  expect.assertions(2);
});

test('ImageDataset: colours lie behind each other in a pixel, and 16 bits are kept', () => {
  const images = { data: Uint16Array.of(0, 65535, 0, 0, 0, 65535), shape: [1, 1, 2, 3] };
  expect(new ImageDataset(images, [1]).get(0, random)).toEqual({ x: tensor([[[0, 0]], [[1, 0]], [[0, 1]]]), y: 1 });
});

test('ImageDataset refuses other numbers, other shapes, and labels of another count', async () => {
  const bytes = { data: new Uint8Array(4), shape: [1, 2, 2] };
  expect(await refusal(() => new ImageDataset({ data: new Float32Array(4), shape: [1, 2, 2] }, [1]))).toBe(
    'InvalidInputError: Cannot make an ImageDataset: images must be of 8 or 16 bits, of shape (images, height, width) or (images, height, width, channels), received [0, 0, 0, 0] of shape (1, 2, 2)',
  );
  expect(await refusal(() => new ImageDataset({ ...bytes, shape: [4] }, [1]))).toMatch(/of shape \(4,\)$/);
  expect(await refusal(() => new ImageDataset(bytes, [1, 2]))).toBe(
    'InvalidInputError: Cannot make an ImageDataset: there must be 1 labels, one for each image, received 2',
  );
});

const golden = JSON.parse(readFileSync(new URL('../files/images/images.json', import.meta.url), 'utf8'));
const png = Buffer.from(golden.png['kind 0, 8 bits'].file, 'base64');
const jpeg = Buffer.from(golden.jpeg['whole colour'].file, 'base64');

test('ImageFolder: folders are classes, in the order of torchvision; grey becomes colour', async () => {
  const root = await mkdtemp(join(tmpdir(), 'fitwise-'));
  await mkdir(join(root, 'pear/green'), { recursive: true });
  await mkdir(join(root, 'apple'));
  await writeFile(join(root, 'pear/b.PNG'), png);
  await writeFile(join(root, 'pear/green/a.jpeg'), jpeg);
  await writeFile(join(root, 'apple/2.jpg'), jpeg);
  await writeFile(join(root, 'apple/10.jpg'), jpeg);
  await writeFile(join(root, 'apple/notes.txt'), 'no image');
  const { dataset, classes } = await ImageFolder.open(root);
  expect(classes).toEqual(['apple', 'pear']);
  expect(dataset.files.map(({ path, label }) => [path.slice(root.length), label])).toEqual([
    ['/apple/10.jpg', 0],
    ['/apple/2.jpg', 0],
    ['/pear/b.PNG', 1],
    ['/pear/green/a.jpeg', 1],
  ]);
  expect(await dataset.get(2, random)).toEqual({ x: toTensor(await readPng(png, { mode: 'rgb' })), y: 1 });
  const grey = new ImageFolder(dataset.files, { mode: 'gray', transform: pixels => pixels.data.length });
  expect((await grey.get(1, random)).x).toBe(21 * 19);
  expect(await refusal(() => dataset.get(4, random))).toBe(
    'InvalidInputError: Cannot read a folder of images: there must be an image 4, received 4 images',
  );
  await mkdir(join(root, 'plum'));
  expect(await refusal(() => ImageFolder.open(root))).toBe(
    "InvalidInputError: Cannot read a folder of images: every class must have images (.png, .jpg, .jpeg), received none in 'plum'",
  );
  await rm(root, { recursive: true });
  expect(await refusal(() => ImageFolder.open(root))).toMatch(
    /^InvalidFileError: Cannot read a folder: path must name a folder that can be read, received ENOENT/,
  );
});
