import { InvalidParamError, show } from '../../errors/index.ts';
import { multiplyInto } from '../../kernels/index.ts';
import { RandomState } from '../../random/index.ts';
import { record, type Tensor } from '../tensor/index.ts';
import { mul } from './arithmetic.ts';

/**
 * Sets each value to 0 with probability p, and divides the others by 1 - p, so that the mean stays (N. Srivastava et al.,
 * 2014).
 *
 * @param random is advanced by one draw for each value
 * @throws InvalidParamError if p does not lie in [0, 1]
 */
export function dropout(x: Tensor, p: number, random: RandomState): Tensor {
  if (!(p >= 0 && p <= 1)) {
    throw new InvalidParamError({ action: 'drop values', rule: 'p must lie in [0, 1]', received: show(p) });
  }
  if (!(random instanceof RandomState)) {
    const rule = 'random must be a RandomState';
    throw new InvalidParamError({ action: 'drop values', rule, received: show(random) });
  }
  const scale = p === 1 ? 0 : 1 / (1 - p);
  const factors = new Float32Array(x.size);
  for (let i = 0; i < factors.length; i++) factors[i] = random.random() < p ? 0 : scale;
  if (x.device !== null) return mul(x, x.like(factors).to(x.device));
  const saves = [x.like(factors)] as const;
  return record('dropout', x.like(product(x.data, factors)), [x], saves, (grad, [factors]) => [
    grad.like(product(grad.data, factors.data)),
  ]);
}

function product(a: Float32Array, b: Float32Array): Float32Array {
  const out = new Float32Array(a.length);
  multiplyInto(a, b, out);
  return out;
}
