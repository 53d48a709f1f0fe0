import { checkTensor, record, refuse, Tensor } from '../tensor/index.ts';
import { checkIndices } from './select.ts';

/**
 * Rows of a table by their numbers.
 *
 * @param indices whole numbers of any shape
 * @param weight shape (rows, width)
 * @param paddingIndex a row that gets no gradient; none by default
 * @returns the shape of the indices with `width` behind it
 * @throws InvalidInputError if an index is no row
 *
 * @example
 * import { embedding, tensor } from 'fitwise/nn';
 * embedding(tensor([1, 0]), tensor([[1, 2], [3, 4]])).toArray(); // [[3, 4], [1, 2]]
 */
export function embedding(indices: Tensor, weight: Tensor, paddingIndex = -1): Tensor {
  const action = 'look up an embedding';
  checkTensor(action, 'indices', indices);
  if (weight.ndim !== 2) refuse(action, 'the table must have two axes', weight.shape);
  const [rows, width] = weight.shape as [number, number];
  const places = checkIndices(action, indices, rows);
  const { device } = weight;
  if (device !== null) return device.composed.embedding(device, weight, places, indices.shape, paddingIndex);
  const out = new Float32Array(places.length * width);
  places.forEach((row, i) => {
    out.set(weight.data.subarray(row * width, (row + 1) * width), i * width);
  });
  return record('embedding', new Tensor(out, [...indices.shape, width]), [weight], [], grad => {
    const back = new Float32Array(rows * width);
    places.forEach((row, i) => {
      if (row === paddingIndex) return;
      for (let j = 0; j < width; j++) back[row * width + j]! += grad.data[i * width + j]!;
    });
    return [new Tensor(back, [rows, width])];
  });
}
