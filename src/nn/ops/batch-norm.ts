import { InvalidInputError, showShape } from '../../errors/index.ts';
import { noGrad, refuse, sizeOf, type Tensor } from '../tensor/index.ts';
import { add, mul, neg } from './arithmetic.ts';
import { type AffineOptions, checkPerChannel, type Layout, type Moments, momentsOf, normalise } from './normalise.ts';
import { power } from './pointwise.ts';
import { scaleChannels } from './scale-channels.ts';

/** Statistics that evaluation uses, updated in place while training. */
export interface RunningMoments {
  readonly mean: Tensor;
  readonly variance: Tensor;
}

/**
 * Normalises each channel over the batch and all places, and moves the running statistics towards the batch's: running
 * = (1 - momentum) running + momentum batch, with the sample variance (S. Ioffe and C. Szegedy, 2015, algorithm 1).
 *
 * @param x shape (N, C) or (N, C, ...)
 * @param running left alone where it is null
 * @throws InvalidInputError if a channel has but one value, or weight, bias or statistics are of other channels
 */
export function batchNorm(
  x: Tensor,
  running: RunningMoments | null,
  momentum: number,
  options: AffineOptions = {},
): Tensor {
  const { weight = null, bias = null, eps = 1e-5 } = options;
  const layout = channelLayout(x);
  checkPerChannel('normalise a batch', x, weight, bias, running?.mean ?? null, running?.variance ?? null);
  const count = layout.outer * layout.inner;
  if (count < 2) {
    const rule = 'every channel must have more than one value while training';
    throw new InvalidInputError({ action: 'normalise a batch', rule, received: showShape(...x.shape) });
  }
  if (x.device !== null) return x.device.composed.batchNorm(x, running, momentum, options);
  const moments = momentsOf(x.data, layout);
  if (running !== null) updateRunning(running, moments, momentum, count / (count - 1));
  return normalise('batchNorm', x, layout, moments, weight, bias, eps);
}

/** Normalises each channel by statistics learned before: a scale and a shift. */
export function batchNormEval(x: Tensor, running: RunningMoments, options: AffineOptions = {}): Tensor {
  checkBatch(x);
  checkPerChannel('normalise a batch', x, options.weight ?? null, options.bias ?? null, running.mean, running.variance);
  const [scale, shift] = evaluationScaling(running, options);
  if (x.device !== null) return x.device.composed.scaleChannels(x, scale, shift);
  return scaleChannels(x, scale, shift);
}

/** The scale and the shift of each channel in evaluation. */
export function evaluationScaling({ mean, variance }: RunningMoments, options: AffineOptions): [Tensor, Tensor] {
  const { weight = null, bias = null, eps = 1e-5 } = options;
  const root = power(add(variance, eps), -0.5);
  const scale = weight === null ? root : mul(root, weight);
  const centre = neg(mul(mean, scale));
  return [scale, bias === null ? centre : add(centre, bias)];
}

function checkBatch({ shape }: Tensor): void {
  if (shape.length < 2) refuse('normalise a batch', 'x must have two axes at least', shape);
}

function channelLayout(x: Tensor): Layout {
  checkBatch(x);
  const [outer, channels, ...rest] = x.shape as [number, number, ...number[]];
  return { outer, channels, inner: sizeOf(rest), sets: channels, setOf: (_, c) => c };
}

/** Moves the running statistics towards a batch's, whose variances are multiplied by a correction. */
export function updateRunning(
  { mean, variance }: RunningMoments,
  batch: Moments,
  momentum: number,
  correction: number,
): void {
  const moved = (old: Tensor, now: Float64Array, factor: number) =>
    old.like(old.data.map((value, c) => (1 - momentum) * value + momentum * factor * now[c]!));
  noGrad(() => {
    mean.assign(moved(mean, batch.means, 1));
    variance.assign(moved(variance, batch.variances, correction));
  });
}
