/** First values of parameters: each function makes a tensor of the given shape. */
import { type RandomState, randomFrom, type Seed } from '../../random/index.ts';
import { newSizeOf, refuse, type Shape, sizeOf, Tensor } from '../tensor/index.ts';
import { fillNormal, fillUniform } from './draws.ts';

export interface InitOptions {
  /** Default null: the platform's entropy. */
  readonly randomState?: Seed | RandomState;
}

export interface UniformOptions extends InitOptions {
  /** Default 0. */
  readonly low?: number;
  /** Default 1. */
  readonly high?: number;
}

/** Uniform in [low, high). */
export function uniform(shape: Shape, { low = 0, high = 1, randomState = null }: UniformOptions = {}): Tensor {
  const data = new Float32Array(newSizeOf(shape));
  fillUniform(data, low, high, randomFrom(randomState));
  return new Tensor(data, shape);
}

export interface NormalOptions extends InitOptions {
  /** Default 0. */
  readonly mean?: number;
  /** Default 1. */
  readonly deviation?: number;
}

/** Normal with the given mean and standard deviation. */
export function normal(shape: Shape, { mean = 0, deviation = 1, randomState = null }: NormalOptions = {}): Tensor {
  const data = new Float32Array(newSizeOf(shape));
  fillNormal(data, mean, deviation, randomFrom(randomState));
  return new Tensor(data, shape);
}

export interface TruncatedNormalOptions extends NormalOptions {
  /** Bounds of the values. Default -2 and 2. */
  readonly low?: number;
  readonly high?: number;
}

/** Normal, each value drawn anew until it lies in [low, high]. */
export function truncatedNormal(shape: Shape, options: TruncatedNormalOptions = {}): Tensor {
  const { mean = 0, deviation = 1, low = -2, high = 2, randomState = null } = options;
  const random = randomFrom(randomState);
  const draw = (): number => {
    const value = mean + deviation * random.standardNormal();
    return value >= low && value <= high ? value : draw();
  };
  return new Tensor(Float32Array.from({ length: newSizeOf(shape) }, draw), shape);
}

export interface XavierOptions extends InitOptions {
  /** Factor of the deviation: see {@link gainOf}. Default 1. */
  readonly gain?: number;
}

/** Uniform with variance 2 gain^2 / (in + out) (X. Glorot and Y. Bengio, 2010). */
export function xavierUniform(shape: Shape, { gain = 1, randomState = null }: XavierOptions = {}): Tensor {
  const { fanIn, fanOut } = fansOf(shape);
  const bound = Math.sqrt(3) * gain * Math.sqrt(2 / (fanIn + fanOut));
  return uniform(shape, { low: -bound, high: bound, randomState });
}

/** Normal with variance 2 gain^2 / (in + out) (X. Glorot and Y. Bengio, 2010). */
export function xavierNormal(shape: Shape, { gain = 1, randomState = null }: XavierOptions = {}): Tensor {
  const { fanIn, fanOut } = fansOf(shape);
  return normal(shape, { deviation: gain * Math.sqrt(2 / (fanIn + fanOut)), randomState });
}

export interface KaimingOptions extends InitOptions {
  /** Slope of the leaky rectifier that follows: 0, the default, for a plain one. */
  readonly slope?: number;
  /** Whether to keep the variance of values (`'in'`, the default) or of gradients. */
  readonly mode?: 'in' | 'out';
}

/** Uniform with variance 2 / ((1 + slope^2) fan) (K. He et al., 2015). */
export function kaimingUniform(shape: Shape, options: KaimingOptions = {}): Tensor {
  const bound = Math.sqrt(3) * kaimingDeviation(shape, options);
  return uniform(shape, { low: -bound, high: bound, randomState: options.randomState ?? null });
}

/** Normal with variance 2 / ((1 + slope^2) fan) (K. He et al., 2015). */
export function kaimingNormal(shape: Shape, options: KaimingOptions = {}): Tensor {
  return normal(shape, { deviation: kaimingDeviation(shape, options), randomState: options.randomState ?? null });
}

/** How much an activation shrinks the deviation of its input; the factor that undoes it. */
export function gainOf(
  activation: 'linear' | 'sigmoid' | 'tanh' | 'relu' | 'leakyRelu' | 'selu',
  slope = 0.01,
): number {
  const gains = { linear: 1, sigmoid: 1, tanh: 5 / 3, relu: Math.SQRT2, selu: 3 / 4 };
  return activation === 'leakyRelu' ? Math.sqrt(2 / (1 + slope * slope)) : gains[activation];
}

function kaimingDeviation(shape: Shape, { slope = 0, mode = 'in' }: KaimingOptions): number {
  const { fanIn, fanOut } = fansOf(shape);
  return gainOf('leakyRelu', slope) / Math.sqrt(mode === 'in' ? fanIn : fanOut);
}

/** Connections into and out of one unit of a weight (out, in, ...kernel). */
function fansOf(shape: Shape): { readonly fanIn: number; readonly fanOut: number } {
  if (shape.length < 2) refuse('initialise a weight', 'it must have two axes at least, for its units', shape);
  const [out, inputs, ...kernel] = shape as [number, number, ...number[]];
  return { fanIn: inputs * sizeOf(kernel), fanOut: out * sizeOf(kernel) };
}
