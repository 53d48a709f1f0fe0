export {
  elu,
  type GeluOptions,
  gelu,
  hardsigmoid,
  hardswish,
  hardtanh,
  leakyRelu,
  logSigmoid,
  mish,
  relu,
  relu6,
  selu,
  sigmoid,
  silu,
  softplus,
  softsign,
  tanh,
} from './activation.ts';
export { add, div, maximum, minimum, mul, neg, type Operand, sub } from './arithmetic.ts';
export { type Attention, type AttentionOptions, attend } from './attention.ts';
export { batchNorm, batchNormEval, type RunningMoments } from './batch-norm.ts';
export { conv1d, conv2d, convTranspose2d } from './convolution.ts';
export type { ConvolutionOptions, TransposedConvolutionOptions } from './convolution-size.ts';
export { dropout } from './dropout.ts';
export { embedding } from './embedding.ts';
export { expand } from './expand.ts';
export { argmax, argmin, type Extremes, max, min } from './extremes.ts';
export { groupNorm } from './group-norm.ts';
export { cat, narrow, split, stack } from './join.ts';
export { layerNorm } from './layer-norm.ts';
export { linear } from './linear.ts';
export { matmul } from './matmul.ts';
export type { AffineOptions } from './normalise.ts';
export { abs, clamp, cos, exp, log, log1p, power, sin, sqrt, square } from './pointwise.ts';
export {
  type AvgPoolOptions,
  adaptiveAvgPool1d,
  adaptiveAvgPool2d,
  adaptiveMaxPool1d,
  adaptiveMaxPool2d,
  avgPool1d,
  avgPool2d,
  type MaxPoolOptions,
  maxPool1d,
  maxPool2d,
  type PoolOptions,
} from './pooling.ts';
export { gruSequence, lstmSequence, type RnnActivation, rnnSequence } from './recurrent/index.ts';
export { type Axes, mean, type ReduceOptions, sum, type VarianceOptions, variance } from './reduce.ts';
export { flatten, permute, reshape, squeeze, transpose, unsqueeze } from './reshape.ts';
export { equal, gather, greater, greaterEqual, indexSelect, less, lessEqual, select, where } from './select.ts';
export type { Pair } from './sizes.ts';
export { logSoftmax, softmax } from './softmax.ts';
