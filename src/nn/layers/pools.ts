/** The pools as modules; windows move by their own size unless a stride is given. */
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
} from '../ops/index.ts';
import type { Tensor } from '../tensor/index.ts';

abstract class Pool<Size, Options extends object> extends Module {
  readonly kernelSize: Size;
  readonly options: Options;

  constructor(kernelSize: Size, options = {} as Options) {
    super();
    this.kernelSize = kernelSize;
    this.options = options;
  }
}

abstract class AdaptivePool<Size> extends Module {
  readonly outputSize: Size;

  constructor(outputSize: Size) {
    super();
    this.outputSize = outputSize;
  }
}

/** {@link maxPool1d} as a module. Shapes: (N, C, L) to (N, C, L'). */
export class MaxPool1d extends Pool<number, MaxPoolOptions<number>> {
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
  forward(x: Tensor): Tensor {
    return avgPool1d(x, this.kernelSize, this.options);
  }
}

/** {@link avgPool2d} as a module. Shapes: (N, C, H, W) to (N, C, H', W'). */
export class AvgPool2d extends Pool<Pair, AvgPoolOptions> {
  forward(x: Tensor): Tensor {
    return avgPool2d(x, this.kernelSize, this.options);
  }
}

/** {@link adaptiveAvgPool1d} as a module. Shapes: (N, C, L) to (N, C, outputSize). */
export class AdaptiveAvgPool1d extends AdaptivePool<number> {
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
  forward(x: Tensor): Tensor {
    return adaptiveAvgPool2d(x, this.outputSize);
  }
}

/** {@link adaptiveMaxPool1d} as a module. Shapes: (N, C, L) to (N, C, outputSize). */
export class AdaptiveMaxPool1d extends AdaptivePool<number> {
  forward(x: Tensor): Tensor {
    return adaptiveMaxPool1d(x, this.outputSize);
  }
}

/** {@link adaptiveMaxPool2d} as a module. Shapes: (N, C, H, W) to (N, C, ...outputSize). */
export class AdaptiveMaxPool2d extends AdaptivePool<Pair> {
  forward(x: Tensor): Tensor {
    return adaptiveMaxPool2d(x, this.outputSize);
  }
}
