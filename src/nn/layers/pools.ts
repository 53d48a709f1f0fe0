/** The pools as modules; windows move by their own size unless a stride is given. */
import { boolean, checkParam, checkParams, integer, nullable, type Rule, type Spec } from '../../check/index.ts';
import { Module } from '../module/index.ts';
import {
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
  type Pair,
  type PoolOptions,
} from '../ops/index.ts';
import type { Tensor } from '../tensor/index.ts';
import { pair } from './rules.ts';

/** What every pool takes, in the form of its sizes. */
function poolSpec<Size>(size: (min: number, byDefault?: Size) => Rule<Size>) {
  return {
    /** Steps of the windows; null for the kernel's size. */
    stride: nullable(size(1)),
    /** Rows and columns added on each side. */
    padding: size(0, 0 as Size),
    /** Whether a last, incomplete window counts. */
    ceilMode: boolean({ default: false }),
  };
}

const length = (min: number, byDefault?: number) =>
  byDefault === undefined ? integer({ min }) : integer({ min, default: byDefault });

const ofMax1d = { ...poolSpec(length), dilation: length(1, 1) };
const ofMax2d = { ...poolSpec(pair), dilation: pair(1, 1) };
const countIncludePad = boolean({ default: true });
const ofMean1d = { ...poolSpec(length), countIncludePad };
const ofMean2d = { ...poolSpec(pair), countIncludePad };

abstract class Pool<Size, Options extends PoolOptions<Size>> extends Module {
  readonly kernelSize: Size;
  readonly options: Options;

  constructor(owner: string, spec: Spec, sizeRule: Rule<Size>, kernelSize: Size, options: Options) {
    super();
    this.kernelSize = checkParam(owner, 'kernelSize', sizeRule, kernelSize);
    const { stride, ...rest } = checkParams(owner, spec, options);
    this.options = { ...rest, stride: stride ?? kernelSize } as Options & Required<PoolOptions<Size>>;
  }
}

abstract class AdaptivePool<Size> extends Module {
  readonly outputSize: Size;

  constructor(owner: string, rule: Rule<Size>, outputSize: Size) {
    super();
    this.outputSize = checkParam(owner, 'outputSize', rule, outputSize);
  }
}

/** {@link maxPool1d} as a module. Shapes: (N, C, L) to (N, C, L'). */
export class MaxPool1d extends Pool<number, MaxPoolOptions<number>> {
  /** @throws InvalidParamError on sizes or options that are wrong */
  constructor(kernelSize: number, options: MaxPoolOptions<number> = {}) {
    super('MaxPool1d', ofMax1d, length(1), kernelSize, options);
  }

  forward(x: Tensor): Tensor {
    return maxPool1d(x, this.kernelSize, this.options);
  }
}

/**
 * {@link maxPool2d} as a module. Shapes: (N, C, H, W) to (N, C, H', W').
 *
 * @example
 * import { MaxPool2d, zeros } from 'fitwise/nn';
 * new MaxPool2d(2).forward(zeros([1, 3, 8, 6])).shape; // [1, 3, 4, 3]
 */
export class MaxPool2d extends Pool<Pair, MaxPoolOptions> {
  /** @throws InvalidParamError on sizes or options that are wrong */
  constructor(kernelSize: Pair, options: MaxPoolOptions = {}) {
    super('MaxPool2d', ofMax2d, pair(1), kernelSize, options);
  }

  /** @internal Whether its windows are those of 2 x 2 side by side. */
  get isByFour(): boolean {
    const { stride = 2, padding = 0, dilation = 1, ceilMode = false } = this.options;
    const isTwice = (pair: Pair, value: number) =>
      pair === value || (Array.isArray(pair) && pair.every(n => n === value));
    return (
      isTwice(this.kernelSize, 2) && isTwice(stride, 2) && isTwice(padding, 0) && isTwice(dilation, 1) && !ceilMode
    );
  }

  forward(x: Tensor): Tensor {
    return maxPool2d(x, this.kernelSize, this.options);
  }
}

/** {@link avgPool1d} as a module. Shapes: (N, C, L) to (N, C, L'). */
export class AvgPool1d extends Pool<number, AvgPoolOptions<number>> {
  /** @throws InvalidParamError on sizes or options that are wrong */
  constructor(kernelSize: number, options: AvgPoolOptions<number> = {}) {
    super('AvgPool1d', ofMean1d, length(1), kernelSize, options);
  }

  forward(x: Tensor): Tensor {
    return avgPool1d(x, this.kernelSize, this.options);
  }
}

/** {@link avgPool2d} as a module. Shapes: (N, C, H, W) to (N, C, H', W'). */
export class AvgPool2d extends Pool<Pair, AvgPoolOptions> {
  /** @throws InvalidParamError on sizes or options that are wrong */
  constructor(kernelSize: Pair, options: AvgPoolOptions = {}) {
    super('AvgPool2d', ofMean2d, pair(1), kernelSize, options);
  }

  forward(x: Tensor): Tensor {
    return avgPool2d(x, this.kernelSize, this.options);
  }
}

/** {@link adaptiveAvgPool1d} as a module. Shapes: (N, C, L) to (N, C, outputSize). */
export class AdaptiveAvgPool1d extends AdaptivePool<number> {
  /** @throws InvalidParamError unless sizes are whole numbers >= 1 */
  constructor(outputSize: number) {
    super('AdaptiveAvgPool1d', length(1), outputSize);
  }

  forward(x: Tensor): Tensor {
    return adaptiveAvgPool1d(x, this.outputSize);
  }
}

/**
 * {@link adaptiveAvgPool2d} as a module. Shapes: (N, C, H, W) to (N, C, ...outputSize).
 *
 * @example
 * import { AdaptiveAvgPool2d, zeros } from 'fitwise/nn';
 * new AdaptiveAvgPool2d(1).forward(zeros([1, 3, 8, 6])).shape; // [1, 3, 1, 1]
 */
export class AdaptiveAvgPool2d extends AdaptivePool<Pair> {
  /** @throws InvalidParamError unless sizes are whole numbers >= 1 */
  constructor(outputSize: Pair) {
    super('AdaptiveAvgPool2d', pair(1), outputSize);
  }

  forward(x: Tensor): Tensor {
    return adaptiveAvgPool2d(x, this.outputSize);
  }
}

/** {@link adaptiveMaxPool1d} as a module. Shapes: (N, C, L) to (N, C, outputSize). */
export class AdaptiveMaxPool1d extends AdaptivePool<number> {
  /** @throws InvalidParamError unless sizes are whole numbers >= 1 */
  constructor(outputSize: number) {
    super('AdaptiveMaxPool1d', length(1), outputSize);
  }

  forward(x: Tensor): Tensor {
    return adaptiveMaxPool1d(x, this.outputSize);
  }
}

/** {@link adaptiveMaxPool2d} as a module. Shapes: (N, C, H, W) to (N, C, ...outputSize). */
export class AdaptiveMaxPool2d extends AdaptivePool<Pair> {
  /** @throws InvalidParamError unless sizes are whole numbers >= 1 */
  constructor(outputSize: Pair) {
    super('AdaptiveMaxPool2d', pair(1), outputSize);
  }

  forward(x: Tensor): Tensor {
    return adaptiveMaxPool2d(x, this.outputSize);
  }
}
