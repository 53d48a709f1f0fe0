import { boolean, checkParam, checkParams, integer, nullable, type OptionsOf, real } from '../../check/index.ts';
import { type AnyModule, Buffer, counter, Module, Parameter } from '../module/index.ts';
import { isPlain, type Pass } from '../module/pass.ts';
import { batchNormEvalPool, batchNormPool } from '../ops/batch-norm-pool.ts';
import { batchNorm, batchNormEval, type RunningMoments } from '../ops/index.ts';
import { isRecording, noGrad, ones, refuse, type Tensor, zeros } from '../tensor/index.ts';
import { ReLU } from './activations.ts';
import { MaxPool2d } from './pools.ts';
import { epsilon } from './rules.ts';

const spec = {
  /** Added to the variance. Default 1e-5 (Keras: 1e-3). */
  eps: epsilon(),
  /** Share of a new batch in the running statistics; null for their plain mean. Default 0.1 (Keras writes 0.99 for 0.01). */
  momentum: nullable(real({ min: 0, max: 1 }), { default: 0.1 }),
  /** Whether to scale and shift. Default true. */
  affine: boolean({ default: true }),
  /** Whether to keep running statistics; without them evaluation uses the batch's. Default true. */
  trackRunningStats: boolean({ default: true }),
};

export type BatchNormLayerOptions = OptionsOf<typeof spec>;

/** What batch norms of all shapes share; see {@link batchNorm}. */
abstract class BatchNorm extends Module {
  /** Shape (C,); null without affine. */
  readonly weight: Parameter | null;
  readonly bias: Parameter | null;
  /** Shape (C,); null where they are not tracked. */
  readonly runningMean: Buffer | null;
  readonly runningVar: Buffer | null;
  readonly numBatchesTracked: Buffer | null;
  readonly #eps: number;
  readonly #momentum: number | null;

  constructor(channels: number, options: BatchNormLayerOptions = {}) {
    super();
    const { eps, momentum, affine, trackRunningStats } = checkParams('a batch norm', spec, options);
    checkParam('a batch norm', 'channels', integer({ min: 1 }), channels);
    this.weight = affine ? new Parameter(ones([channels])) : null;
    this.bias = affine ? new Parameter(zeros([channels])) : null;
    this.runningMean = trackRunningStats ? new Buffer(zeros([channels])) : null;
    this.runningVar = trackRunningStats ? new Buffer(ones([channels])) : null;
    this.numBatchesTracked = trackRunningStats ? counter() : null;
    this.#eps = eps;
    this.#momentum = momentum;
  }

  protected normalise(x: Tensor): Tensor {
    const { running, weight, bias } = this;
    const options = { weight, bias, eps: this.#eps };
    if (running !== null && !this.training) return batchNormEval(x, running, options);
    return this.#counted(momentum => batchNorm(x, running, momentum, options));
  }

  /** {@link normalise}, rectified and pooled by four, where one pass does it. */
  protected normaliseAndPool(x: Tensor): Tensor | null {
    const { running, weight, bias } = this;
    if (weight === null || bias === null || x.device !== null || x.ndim !== 4 || x.shape[1] !== weight.size)
      return null;
    const affine = { weight, bias, eps: this.#eps };
    if (running === null || this.training) {
      return this.#counted(momentum => batchNormPool(x, running, momentum, affine));
    }
    return isRecording() ? null : batchNormEvalPool(x, running, affine);
  }

  protected get running(): RunningMoments | null {
    const { runningMean: mean, runningVar: variance } = this;
    return mean && variance ? { mean, variance } : null;
  }

  /** Runs over a batch by the momentum that it gets, and counts the batch if there is a result. */
  #counted<T extends Tensor | null>(run: (momentum: number) => T): T {
    const { numBatchesTracked } = this;
    if (numBatchesTracked === null) return run(0);
    const batches = numBatchesTracked.item() + 1;
    const result = run(this.#momentum ?? 1 / batches);
    if (result !== null) noGrad(() => numBatchesTracked.assign(numBatchesTracked.like(Float32Array.of(batches))));
    return result;
  }
}

/**
 * Normalises each feature over the batch, or over batch and places. Shapes: (N, C) or (N, C, L), kept.
 *
 * S. Ioffe and C. Szegedy, "Batch normalization", 2015.
 */
export class BatchNorm1d extends BatchNorm {
  forward(x: Tensor): Tensor {
    if (x.ndim !== 2 && x.ndim !== 3) refuse('normalise with BatchNorm1d', 'x must have two or three axes', x.shape);
    return this.normalise(x);
  }
}

/**
 * Normalises each channel over the batch and all places. Shapes: (N, C, H, W), kept.
 *
 * S. Ioffe and C. Szegedy, "Batch normalization", 2015.
 *
 * @example
 * import { BatchNorm2d, zeros } from 'fitwise/nn';
 * const norm = new BatchNorm2d(8);
 * norm.forward(zeros([2, 8, 4, 4])).shape; // [2, 8, 4, 4]
 * Object.keys(norm.stateDict()).length; // 5
 */
export class BatchNorm2d extends BatchNorm {
  forward(x: Tensor): Tensor {
    if (x.ndim !== 4) refuse('normalise with BatchNorm2d', 'x must have four axes', x.shape);
    return this.normalise(x);
  }

  /** @internal */
  override passWith(x: Tensor, [second, third]: readonly AnyModule[]): Pass | null {
    const isBlock = isPlain(this, BatchNorm2d) && isPlain(second, ReLU) && isPlain(third, MaxPool2d) && third.isByFour;
    const y = isBlock ? this.normaliseAndPool(x) : null;
    return y === null ? null : { y, count: 2 };
  }
}
