/** First values of parameters: each function makes a tensor of the given shape. */
import { checkParam, checkParams, type OptionsOf, oneOf, type Rule, real } from '../../check/index.ts';
import { InvalidParamError, show } from '../../errors/index.ts';
import { type RandomState, randomFrom, type Seed } from '../../random/index.ts';
import { newSizeOf, refuse, type Shape, sizeOf, Tensor } from '../tensor/index.ts';
import { fillNormal, fillUniform } from './draws.ts';
import { fillTruncated } from './truncated.ts';

export interface InitOptions {
  /** Default null: the platform's entropy. */
  readonly randomState?: Seed | RandomState;
}

const uniformSpec = {
  /** Default 0. */
  low: real({ default: 0 }),
  /** Default 1. */
  high: real({ default: 1 }),
};

export type UniformOptions = OptionsOf<typeof uniformSpec> & InitOptions;

/**
 * Uniform in [low, high).
 *
 * @throws InvalidParamError unless low <= high
 */
export function uniform(shape: Shape, { randomState = null, ...options }: UniformOptions = {}): Tensor {
  const { low, high } = checkParams('uniform', uniformSpec, options);
  checkOrder('uniform', low, high);
  const data = new Float32Array(newSizeOf(shape));
  fillUniform(data, low, high, randomFrom(randomState));
  return new Tensor(data, shape);
}

const normalSpec = {
  /** Default 0. */
  mean: real({ default: 0 }),
  /** Default 1. */
  deviation: real({ min: 0, default: 1 }),
};

export type NormalOptions = OptionsOf<typeof normalSpec> & InitOptions;

/**
 * Normal with the given mean and standard deviation.
 *
 * @throws InvalidParamError on a deviation < 0
 */
export function normal(shape: Shape, { randomState = null, ...options }: NormalOptions = {}): Tensor {
  const { mean, deviation } = checkParams('normal', normalSpec, options);
  const data = new Float32Array(newSizeOf(shape));
  fillNormal(data, mean, deviation, randomFrom(randomState));
  return new Tensor(data, shape);
}

const truncatedSpec = {
  ...normalSpec,
  /** Default 1. */
  deviation: real({ above: 0, default: 1 }),
  /** Bounds of the values. Default -2 and 2. */
  low: real({ default: -2 }),
  high: real({ default: 2 }),
};

export type TruncatedNormalOptions = OptionsOf<typeof truncatedSpec> & InitOptions;

/**
 * Normal among what lies in [low, high], with torch's numbers for the same seed.
 *
 * @throws InvalidParamError unless low <= high and the deviation is greater than 0
 */
export function truncatedNormal(shape: Shape, { randomState = null, ...options }: TruncatedNormalOptions = {}): Tensor {
  const { mean, deviation, low, high } = checkParams('truncatedNormal', truncatedSpec, options);
  checkOrder('truncatedNormal', low, high);
  const data = new Float32Array(newSizeOf(shape));
  fillTruncated(data, { mean, deviation, low, high }, randomFrom(randomState));
  return new Tensor(data, shape);
}

const xavierSpec = {
  /** Factor of the deviation: see {@link gainOf}. Default 1. */
  gain: gainRule(),
};

export type XavierOptions = OptionsOf<typeof xavierSpec> & InitOptions;

/** Uniform with variance 2 gain^2 / (in + out) (X. Glorot and Y. Bengio, 2010). */
export function xavierUniform(shape: Shape, { randomState = null, ...options }: XavierOptions = {}): Tensor {
  const { gain } = checkParams('xavierUniform', xavierSpec, options);
  const { fanIn, fanOut } = fansOf(shape);
  const bound = Math.sqrt(3) * gain * Math.sqrt(2 / (fanIn + fanOut));
  return uniform(shape, { low: -bound, high: bound, randomState });
}

/** Normal with variance 2 gain^2 / (in + out) (X. Glorot and Y. Bengio, 2010). */
export function xavierNormal(shape: Shape, { randomState = null, ...options }: XavierOptions = {}): Tensor {
  const { gain } = checkParams('xavierNormal', xavierSpec, options);
  const { fanIn, fanOut } = fansOf(shape);
  return normal(shape, { deviation: gain * Math.sqrt(2 / (fanIn + fanOut)), randomState });
}

const kaimingSpec = {
  /** Slope of the leaky rectifier that follows: 0, the default, for a plain one. */
  slope: real({ default: 0 }),
  /** Whether to keep the variance of values (`'in'`, the default) or of gradients. */
  mode: oneOf(['in', 'out'], { default: 'in' }),
};

export type KaimingOptions = OptionsOf<typeof kaimingSpec> & InitOptions;

/** Uniform with variance 2 / ((1 + slope^2) fan) (K. He et al., 2015). */
export function kaimingUniform(shape: Shape, { randomState = null, ...options }: KaimingOptions = {}): Tensor {
  const bound = Math.sqrt(3) * kaimingDeviation('kaimingUniform', shape, options);
  return uniform(shape, { low: -bound, high: bound, randomState });
}

/** Normal with variance 2 / ((1 + slope^2) fan) (K. He et al., 2015). */
export function kaimingNormal(shape: Shape, { randomState = null, ...options }: KaimingOptions = {}): Tensor {
  return normal(shape, { deviation: kaimingDeviation('kaimingNormal', shape, options), randomState });
}

const activation = oneOf(['linear', 'sigmoid', 'tanh', 'relu', 'leakyRelu', 'selu'], { default: 'linear' });

/**
 * How much an activation shrinks the deviation of its input; the factor that undoes it.
 *
 * @throws InvalidParamError on another activation
 */
export function gainOf(name: 'linear' | 'sigmoid' | 'tanh' | 'relu' | 'leakyRelu' | 'selu', slope = 0.01): number {
  checkParam('a gain', 'activation', activation, name);
  const gains = { linear: 1, sigmoid: 1, tanh: 5 / 3, relu: Math.SQRT2, selu: 3 / 4 };
  return name === 'leakyRelu' ? Math.sqrt(2 / (1 + slope * slope)) : gains[name];
}

function kaimingDeviation(owner: string, shape: Shape, options: OptionsOf<typeof kaimingSpec>): number {
  const { slope, mode } = checkParams(owner, kaimingSpec, options);
  const { fanIn, fanOut } = fansOf(shape);
  const fan = mode === 'in' ? fanIn : fanOut;
  // Of a weight without values it does not matter.
  return fan === 0 ? 0 : gainOf('leakyRelu', slope) / Math.sqrt(fan);
}

export function gainRule(): Rule<number> {
  return real({ min: 0, default: 1 });
}

function checkOrder(owner: string, low: number, high: number): void {
  if (low <= high) return;
  throw new InvalidParamError({ action: `make ${owner}`, rule: `high must be >= low (${low})`, received: show(high) });
}

/** Connections into and out of one unit of a weight (out, in, ...kernel). */
function fansOf(shape: Shape): { readonly fanIn: number; readonly fanOut: number } {
  if (shape.length < 2) refuse('initialise a weight', 'it must have two axes at least, for its units', shape);
  const [out, inputs, ...kernel] = shape as [number, number, ...number[]];
  return { fanIn: inputs * sizeOf(kernel), fanOut: out * sizeOf(kernel) };
}
