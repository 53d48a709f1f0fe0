import { checkParam, integer, real } from '../../check/index.ts';
import { Module, Parameter } from '../module/index.ts';
import { greater, mul, reshape, where } from '../ops/index.ts';
import { full, refuse, type Tensor } from '../tensor/index.ts';

/**
 * x where it is positive, a learned slope times x elsewhere (K. He et al., 2015); the derivative at 0 is the slope.
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
    const count = checkParam('PReLU', 'numParameters', integer({ min: 1 }), numParameters);
    this.weight = new Parameter(full([count], checkParam('PReLU', 'init', real({}), init)));
  }

  forward(x: Tensor): Tensor {
    const { weight } = this;
    const channels = x.shape[1] ?? 1;
    if (weight.size !== 1 && weight.size !== channels) {
      refuse('apply PReLU', `x must have ${weight.size} channels in its axis 1`, x.shape);
    }
    const slope = reshape(weight, x.ndim === 0 ? [] : [weight.size, ...x.shape.slice(2).map(() => 1)]);
    return where(greater(x, 0), x, mul(slope, x));
  }
}
