/**
 * Convolution with kernels of 3 x 3 in tiles of 2 x 2 outputs, each of 4 x 4 inputs: both are evaluated at 16 points,
 * multiplied there, and brought back, which takes 16 multiplications where the definition takes 36 (S. Winograd, 1980;
 * A. Lavin and S. Gray, "Fast algorithms for convolutional neural networks", CVPR 2016, section 4.1). Rounding errors are
 * two to three times those of the definition; an infinite input makes NaN of all outputs of its tiles.
 */
import { multiplySingleInto } from '../matmul-single/index.ts';
import { POINTS, type TiledSize } from './sizes.ts';
import { weightPoints } from './weight-points.ts';

const { fround } = Math;

/**
 * y = w over the windows of x, plus a bias by channel.
 *
 * @param w shape (outChannels, channels, 3, 3)
 */
export function convolveTiles(
  x: Float32Array,
  w: Float32Array,
  size: TiledSize,
  bias: Float32Array | null,
  y: Float32Array,
): void {
  const { images, channels, outChannels, input, output, tiles } = size;
  const n = tiles[0] * tiles[1];
  const points = weightPoints(w);
  for (let image = 0; image < images; image++) {
    const values = new Float32Array(POINTS * channels * n);
    const products = new Float32Array(POINTS * outChannels * n);
    for (let c = 0; c < channels; c++) {
      const start = (image * channels + c) * input[0] * input[1];
      for (let t = 0; t < n; t++) {
        const at = (p: number) => (p * channels + c) * n + t;
        inputPoints(tileOf(x, start, size, t)).forEach((value, p) => {
          values[at(p)] = value;
        });
      }
    }
    for (let p = 0; p < POINTS; p++) {
      const a = { a: points, aOffset: p * outChannels * channels };
      const operands = { ...a, b: values, bOffset: p * channels * n, c: products, cOffset: p * outChannels * n };
      multiplySingleInto({ m: outChannels, n, k: channels, ...operands });
    }
    for (let o = 0; o < outChannels; o++) {
      const start = (image * outChannels + o) * output[0] * output[1];
      for (let t = 0; t < n; t++) {
        const m = Float32Array.from({ length: POINTS }, (_, p) => products[(p * outChannels + o) * n + t]!);
        placeTile(outputTile(m), bias === null ? 0 : bias[o]!, y, start, size, t);
      }
    }
  }
}

/** The 4 x 4 inputs of tile t, with zeros outside of the image. */
function tileOf(x: Float32Array, start: number, { input, padding, tiles }: TiledSize, t: number): Float32Array {
  const [top, left] = [2 * Math.floor(t / tiles[1]) - padding[0], 2 * (t % tiles[1]) - padding[1]];
  return Float32Array.from({ length: POINTS }, (_, p) => {
    const [row, column] = [top + (p >> 2), left + (p & 3)];
    const isInside = row >= 0 && row < input[0] && column >= 0 && column < input[1];
    return isInside ? x[start + row * input[1] + column]! : 0;
  });
}

/** B' d B. */
function inputPoints(d: Float32Array): Float32Array {
  const rows = new Float32Array(POINTS);
  for (let i = 0; i < 4; i++) rows.set(pointsOfFour(d[4 * i]!, d[4 * i + 1]!, d[4 * i + 2]!, d[4 * i + 3]!), 4 * i);
  const values = new Float32Array(POINTS);
  for (let j = 0; j < 4; j++) {
    const column = pointsOfFour(rows[j]!, rows[4 + j]!, rows[8 + j]!, rows[12 + j]!);
    for (let i = 0; i < 4; i++) values[4 * i + j] = column[i]!;
  }
  return values;
}

function pointsOfFour(a: number, b: number, c: number, d: number): [number, number, number, number] {
  return [fround(a - c), fround(b + c), fround(c - b), fround(b - d)];
}

/** A' m A: the 2 x 2 outputs. */
function outputTile(m: Float32Array): Float32Array {
  const rows = new Float32Array(8);
  for (let j = 0; j < 4; j++) {
    const [upper, lower] = pairOfFour(m[j]!, m[4 + j]!, m[8 + j]!, m[12 + j]!);
    rows[j] = upper;
    rows[4 + j] = lower;
  }
  return Float32Array.from([0, 4].flatMap(i => pairOfFour(rows[i]!, rows[i + 1]!, rows[i + 2]!, rows[i + 3]!)));
}

function pairOfFour(a: number, b: number, c: number, d: number): [number, number] {
  return [fround(fround(a + b) + c), fround(fround(b - c) - d)];
}

/** Writes what of the tile lies inside of the output. */
function placeTile(
  tile: Float32Array,
  bias: number,
  y: Float32Array,
  start: number,
  { output, tiles }: TiledSize,
  t: number,
): void {
  const [top, left] = [2 * Math.floor(t / tiles[1]), 2 * (t % tiles[1])];
  for (let p = 0; p < 4; p++) {
    const [row, column] = [top + (p >> 1), left + (p & 1)];
    if (row < output[0] && column < output[1]) y[start + row * output[1] + column] = tile[p]! + bias;
  }
}
