/** Activation functions, with the defaults and the derivatives at the kinks that torch has. */
import { InvalidParamError, show } from '../../errors/index.ts';
import { passPositiveInto, rectifyInto } from '../../kernels/index.ts';
import { record, type Tensor } from '../tensor/index.ts';
import { erfc } from './erf.ts';
import { pointwise } from './pointwise.ts';

/** max(x, 0); the derivative at 0 is 0 (V. Nair and G. E. Hinton, 2010). */
export function relu(x: Tensor): Tensor {
  if (x.device !== null) return x.device.composed.pointwise(x.device, 'relu', x);
  const out = new Float32Array(x.size);
  rectifyInto(x.data, out);
  const y = x.like(out);
  return record('relu', y, [x], [y], (grad, [y]) => {
    const back = new Float32Array(grad.size);
    passPositiveInto(y.data, grad.data, back);
    return [grad.like(back)];
  });
}

/** 1 / (1 + exp(-x)). */
export function sigmoid(x: Tensor): Tensor {
  return pointwise('sigmoid', x, logistic, (_, y) => y * (1 - y));
}

/** The hyperbolic tangent of each element, in (-1, 1). */
export function tanh(x: Tensor): Tensor {
  return pointwise('tanh', x, Math.tanh, (_, y) => 1 - y * y);
}

/** x where it is positive, `slope` x elsewhere (A. L. Maas et al., 2013). */
export function leakyRelu(x: Tensor, slope = 0.01): Tensor {
  return pointwise(
    'leakyRelu',
    x,
    x => (x > 0 ? x : slope * x),
    x => (x > 0 ? 1 : slope),
    [slope],
  );
}

/** x where it is positive, alpha (exp(x) - 1) elsewhere (D.-A. Clevert et al., 2016). */
export function elu(x: Tensor, alpha = 1): Tensor {
  return pointwise(
    'elu',
    x,
    x => (x > 0 ? x : alpha * Math.expm1(x)),
    x => (x > 0 ? 1 : alpha * Math.exp(x)),
    [alpha],
  );
}

/** A scaled {@link elu} under which activations keep mean 0 and variance 1 (G. Klambauer et al., 2017). */
export function selu(x: Tensor): Tensor {
  return pointwise(
    'selu',
    x,
    x => SELU_SCALE * (x > 0 ? x : SELU_ALPHA * Math.expm1(x)),
    x => SELU_SCALE * (x > 0 ? 1 : SELU_ALPHA * Math.exp(x)),
  );
}

/** The constants of the paper's appendix, where the map of mean and variance has its fixed point. */
const SELU_ALPHA = 1.6732632423543772;
const SELU_SCALE = 1.0507009873554805;

export interface GeluOptions {
  /** `'tanh'`: x/2 (1 + tanh(sqrt(2/pi) (x + 0.044715 x^3))). Default `'none'`: x times the normal distribution. */
  readonly approximate?: 'none' | 'tanh';
}

/** x times the probability that a standard normal number is smaller (D. Hendrycks and K. Gimpel, 2016). */
export function gelu(x: Tensor, { approximate = 'none' }: GeluOptions = {}): Tensor {
  if (approximate !== 'none' && approximate !== 'tanh') {
    const rule = "approximate must be 'none' or 'tanh'";
    throw new InvalidParamError({ action: 'compute gelu', rule, received: show(approximate) });
  }
  if (approximate === 'tanh') return pointwise('tanhGelu', x, tanhGelu, tanhGeluSlope);
  return pointwise(
    'gelu',
    x,
    x => x * normalBelow(x),
    x => normalBelow(x) + x * INV_SQRT_TAU * Math.exp(-0.5 * x * x),
  );
}

/** x sigmoid(x), also called swish (S. Elfwing et al., 2018). */
export function silu(x: Tensor): Tensor {
  return pointwise(
    'silu',
    x,
    x => x * logistic(x),
    x => logistic(x) * (1 + x * (1 - logistic(x))),
  );
}

/** x tanh(log(1 + exp(x))) (D. Misra, 2019). */
export function mish(x: Tensor): Tensor {
  return pointwise(
    'mish',
    x,
    x => x * Math.tanh(logOnePlusExp(x)),
    x => {
      const t = Math.tanh(logOnePlusExp(x));
      return t + x * logistic(x) * (1 - t * t);
    },
  );
}

/** log(1 + exp(beta x)) / beta; the identity where beta x is above the threshold. */
export function softplus(x: Tensor, beta = 1, threshold = 20): Tensor {
  return pointwise(
    'softplus',
    x,
    x => (beta * x > threshold ? x : logOnePlusExp(beta * x) / beta),
    x => (beta * x > threshold ? 1 : logistic(beta * x)),
    [beta, threshold],
  );
}

/** x / (1 + |x|). */
export function softsign(x: Tensor): Tensor {
  return pointwise(
    'softsign',
    x,
    x => x / (1 + Math.abs(x)),
    x => 1 / ((1 + Math.abs(x)) * (1 + Math.abs(x))),
  );
}

/** log(sigmoid(x)), without underflow. */
export function logSigmoid(x: Tensor): Tensor {
  return pointwise(
    'logSigmoid',
    x,
    x => -logOnePlusExp(-x),
    x => logistic(-x),
  );
}

/** x held inside [low, high]; the derivative at the ends is 0. */
export function hardtanh(x: Tensor, low = -1, high = 1): Tensor {
  return pointwise(
    'hardtanh',
    x,
    x => Math.min(Math.max(x, low), high),
    x => Number(x > low && x < high),
    [low, high],
  );
}

/** min(max(x, 0), 6) (A. Krizhevsky, 2010). */
export function relu6(x: Tensor): Tensor {
  return hardtanh(x, 0, 6);
}

/** relu6(x + 3) / 6 (A. Howard et al., 2019). */
export function hardsigmoid(x: Tensor): Tensor {
  return pointwise(
    'hardsigmoid',
    x,
    x => Math.min(Math.max(x + 3, 0), 6) / 6,
    x => (x > -3 && x < 3 ? 1 / 6 : 0),
  );
}

/** x relu6(x + 3) / 6 (A. Howard et al., 2019). */
export function hardswish(x: Tensor): Tensor {
  return pointwise(
    'hardswish',
    x,
    x => (x * Math.min(Math.max(x + 3, 0), 6)) / 6,
    x => (x <= -3 ? 0 : x < 3 ? x / 3 + 0.5 : 1),
  );
}

const INV_SQRT_TAU = 0.3989422804014327;
const SQRT_2_OVER_PI = 0.7978845608028654;
const CUBIC = 0.044715;

/** The probability that a standard normal number is below x. */
function normalBelow(x: number): number {
  return 0.5 * erfc(-x * Math.SQRT1_2);
}

function tanhGelu(x: number): number {
  return 0.5 * x * (1 + Math.tanh(SQRT_2_OVER_PI * (x + CUBIC * x * x * x)));
}

function tanhGeluSlope(x: number): number {
  const t = Math.tanh(SQRT_2_OVER_PI * (x + CUBIC * x * x * x));
  return 0.5 * (1 + t) + 0.5 * x * (1 - t * t) * SQRT_2_OVER_PI * (1 + 3 * CUBIC * x * x);
}

export function logistic(x: number): number {
  return 1 / (1 + Math.exp(-x));
}

/** log(1 + exp(x)) without overflow. */
function logOnePlusExp(x: number): number {
  return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
}
