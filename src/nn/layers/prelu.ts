import { Module, Parameter } from '../module/index.ts';
import { add, maximum, minimum, mul, reshape } from '../ops/index.ts';
import { full, type Tensor } from '../tensor/index.ts';

/**
 * x where it is positive, a learned slope times x elsewhere (K. He et al., 2015).
 *
 * Shapes: any with one slope; (N, C, ...) with a slope for each channel.
 *
 * @example
 * import { PReLU, tensor } from 'fitwise/nn';
 * new PReLU().forward(tensor([-4, 2])).toArray(); // [-1, 2]
 */
export class PReLU extends Module {
  /** Shape (numParameters,). */
  readonly weight: Parameter;

  /** @param numParameters 1, or the number of channels */
  constructor(numParameters = 1, init = 0.25) {
    super();
    this.weight = new Parameter(full([numParameters], init));
  }

  forward(x: Tensor): Tensor {
    const slope = reshape(this.weight, [this.weight.size, ...x.shape.slice(2).map(() => 1)]);
    return add(maximum(x, 0), mul(slope, minimum(x, 0)));
  }
}
