import { type Shape, Tensor } from '../tensor/index.ts';

/** A tensor that training changes: found by its module, and given gradients. */
export class Parameter extends Tensor {
  /** @param values taken over, not copied */
  constructor(values: Tensor) {
    super(values.storage, values.shape, { requiresGrad: true });
  }
}

/** A tensor that belongs to a module's state without being trained: running statistics, say. */
export class Buffer extends Tensor {
  /** @param values taken over, not copied */
  constructor(values: Tensor) {
    super(values.storage, values.shape);
  }
}

/** A count as a buffer without axes. */
export function counter(): Buffer {
  const shape: Shape = [];
  return new Buffer(new Tensor(new Float32Array(1), shape));
}
