import { Tensor } from '../../src/nn/index.ts';
import { RandomState } from '../../src/random/index.ts';

/** A tensor of normal values, the same ones for the same seed, none within 0.1 of zero: kinks stand there. */
export function drawn(shape: readonly number[], seed = 0): Tensor {
  const size = shape.reduce((product, length) => product * length, 1);
  const values = new RandomState(seed).standardNormal(size).map(value => value + 0.1 * Math.sign(value));
  return new Tensor(Float32Array.from(values), shape);
}

/** A tensor of values in [0.5, 2.5). */
export function positive(shape: readonly number[], seed = 0): Tensor {
  const size = shape.reduce((product, length) => product * length, 1);
  return new Tensor(Float32Array.from(new RandomState(seed).uniform(0.5, 2.5, size)), shape);
}

/** A tensor of values that all differ by 0.05 at least, so that no step changes which is the largest. */
export function distinct(shape: readonly number[], seed = 0): Tensor {
  const size = shape.reduce((product, length) => product * length, 1);
  const order = new RandomState(seed).permutation(size);
  return new Tensor(
    Float32Array.from(order, rank => 0.05 * (rank - size / 2)),
    shape,
  );
}
