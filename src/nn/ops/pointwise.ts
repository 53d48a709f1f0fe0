/**
 * Functions of one variable, element by element: each is a pair of the function and its derivative, which may use the
 * function's value.
 */
import { multiplyInto, scaleInto } from '../../kernels/index.ts';
import { record, type Tensor } from '../tensor/index.ts';
import { wholePower } from './whole-power.ts';

type Slope = (x: number, y: number) => number;

/**
 * Applies `f` to every element; `slope(x, f(x))` is its derivative. A device knows both by the name, and by the numbers
 * that they depend on.
 */
export function pointwise(
  name: string,
  x: Tensor,
  f: (x: number) => number,
  slope: Slope,
  numbers: readonly number[] = [],
): Tensor {
  if (x.device !== null) return x.device.composed.pointwise(x.device, name, x, numbers);
  const y = x.like(valuesOf(f, x.data));
  return record(name, y, [x], [x, y], (grad, [x, y]) => [grad.like(slopesOf(slope, grad.data, x.data, y.data))]);
}

function valuesOf(f: (x: number) => number, x: Float32Array): Float32Array {
  const out = new Float32Array(x.length);
  for (let i = 0; i < out.length; i++) out[i] = f(x[i]!);
  return out;
}

function slopesOf(slope: Slope, grad: Float32Array, x: Float32Array, y: Float32Array): Float32Array {
  const back = new Float32Array(grad.length);
  for (let i = 0; i < back.length; i++) back[i] = grad[i]! * slope(x[i]!, y[i]!);
  return back;
}

/** e raised to each element. */
export function exp(x: Tensor): Tensor {
  return pointwise('exp', x, Math.exp, (_, y) => y);
}

/** The natural logarithm. */
export function log(x: Tensor): Tensor {
  return pointwise('log', x, Math.log, x => 1 / x);
}

/** log(1 + x), exact for small x. */
export function log1p(x: Tensor): Tensor {
  return pointwise('log1p', x, Math.log1p, x => 1 / (1 + x));
}

/** The square root of each element; NaN for negative ones. */
export function sqrt(x: Tensor): Tensor {
  return pointwise('sqrt', x, Math.sqrt, (_, y) => 0.5 / y);
}

/** Each element times itself. */
export function square(x: Tensor): Tensor {
  if (x.device !== null) return x.device.composed.pointwise(x.device, 'square', x);
  const out = new Float32Array(x.size);
  multiplyInto(x.data, x.data, out);
  return record('square', x.like(out), [x], [x], (grad, [x]) => {
    const back = new Float32Array(grad.size);
    multiplyInto(grad.data, x.data, back);
    scaleInto(back, 2, back);
    return [grad.like(back)];
  });
}

/** |x|; its derivative at 0 is 0. */
export function abs(x: Tensor): Tensor {
  return pointwise('abs', x, Math.abs, Math.sign);
}

/** The sine of each element, in radians. */
export function sin(x: Tensor): Tensor {
  return pointwise('sin', x, Math.sin, Math.cos);
}

/** The cosine of each element, in radians. */
export function cos(x: Tensor): Tensor {
  return pointwise('cos', x, Math.cos, x => -Math.sin(x));
}

/**
 * x raised to a constant power: by multiplication where it is whole, by exp(p log x) elsewhere (NaN for negative x).
 *
 * @example
 * import { power, tensor } from 'fitwise/nn';
 * power(tensor([1, 2, 3]), 3).toArray(); // [1, 8, 27]
 */
export function power(x: Tensor, exponent: number): Tensor {
  const raise = Number.isInteger(exponent) ? wholePower : realPower;
  return pointwise(
    'power',
    x,
    x => raise(x, exponent),
    x => (exponent === 0 ? 0 : exponent * raise(x, exponent - 1)),
    [exponent],
  );
}

/** x held inside [low, high]; the derivative is 1 there, its ends included, and 0 outside. */
export function clamp(x: Tensor, low: number, high: number): Tensor {
  return pointwise(
    'clamp',
    x,
    x => Math.min(Math.max(x, low), high),
    x => Number(x >= low && x <= high),
    [low, high],
  );
}

function realPower(x: number, exponent: number): number {
  return Math.exp(exponent * Math.log(x));
}
