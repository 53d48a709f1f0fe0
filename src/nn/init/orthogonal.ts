import { Matrix } from '../../array/index.ts';
import { checkParam } from '../../check/index.ts';
import { qrWork } from '../../linalg/index.ts';
import { runSync } from '../../work/index.ts';
import { refuse, type Shape, sizeOf, Tensor } from '../tensor/index.ts';
import { gainRule, normal, type XavierOptions } from './initialisers.ts';

/**
 * A weight whose rows (or columns, if there are fewer) are orthogonal and of length `gain`: the Q of a normal matrix,
 * with the signs that make the diagonal of R positive (A. M. Saxe, J. L. McClelland and S. Ganguli, 2014).
 *
 * @param shape two axes at least; all but the first count as one
 *
 * @example
 * import { matmul, orthogonal, transpose } from 'fitwise/nn';
 * const w = orthogonal([2, 5], { randomState: 0 });
 * matmul(w, transpose(w)).data[0]!.toFixed(5); // '1.00000'
 */
export function orthogonal(shape: Shape, { gain = 1, randomState = null }: XavierOptions = {}): Tensor {
  checkParam('orthogonal', 'gain', gainRule(), gain);
  if (shape.length < 2) refuse('initialise a weight', 'it must have two axes at least, to be orthogonal', shape);
  const [rows, columns] = [shape[0]!, sizeOf(shape.slice(1))];
  const drawn = new Matrix(Float64Array.from(normal(shape, { randomState }).data), rows, columns);
  const isWide = rows < columns;
  const { Q, R } = runSync(qrWork(isWide ? drawn.transpose() : drawn));
  const signed = Q.map((value, _, j) => gain * value * (Math.sign(R.get(j, j)) || 1));
  return new Tensor(Float32Array.from((isWide ? signed.transpose() : signed).data), shape);
}
