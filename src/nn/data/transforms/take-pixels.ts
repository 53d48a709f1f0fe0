import { Tensor } from '../../tensor/index.ts';
import { type Fill, perChannel, sizeOfImage } from './image.ts';

/** A source row or column that lies outside of the image. */
export const OUTSIDE = -1;

/**
 * The image of some rows and columns of another: what flips, crops and borders are.
 *
 * @param rows for each row of the result the row it comes from, or `OUTSIDE`; `columns` likewise
 */
export function takePixels(
  action: string,
  image: Tensor,
  rows: Int32Array,
  columns: Int32Array,
  fill: Fill = 0,
): Tensor {
  const { channels, height, width } = sizeOfImage(action, image);
  const blank = perChannel(action, 'fill', fill, channels);
  const data = new Float32Array(channels * rows.length * columns.length);
  let at = 0;
  for (let c = 0; c < channels; c++) {
    const outside = blank[c]!;
    for (let i = 0; i < rows.length; i++) {
      const row = rows[i]!;
      const start = (c * height + row) * width;
      for (let j = 0; j < columns.length; j++) {
        const column = columns[j]!;
        data[at++] = row === OUTSIDE || column === OUTSIDE ? outside : image.data[start + column]!;
      }
    }
  }
  return new Tensor(data, [channels, rows.length, columns.length]);
}

/** The positions from ... from + length - 1. */
export function positions(length: number, from = 0): Int32Array {
  return Int32Array.from({ length }, (_, i) => from + i);
}
