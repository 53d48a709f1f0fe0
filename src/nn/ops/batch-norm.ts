import { InvalidInputError, showShape } from '../../errors/index.ts';
import { noGrad, refuse, sizeOf, type Tensor } from '../tensor/index.ts';
import { add, mul, neg } from './arithmetic.ts';
import { type AffineOptions, type Layout, type Moments, momentsOf, normalise } from './normalise.ts';
import { power } from './pointwise.ts';
import { reshape } from './reshape.ts';
import { scaleChannels } from './scale-channels.ts';
import { standardised } from './standardise.ts';

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
 * @throws InvalidInputError if a channel has but one value
 */
export function batchNorm(
  x: Tensor,
  running: RunningMoments | null,
  momentum: number,
  options: AffineOptions = {},
): Tensor {
  const { weight = null, bias = null, eps = 1e-5 } = options;
  const layout = channelLayout(x);
  const count = layout.outer * layout.inner;
  if (count < 2) {
    const rule = 'every channel must have more than one value while training';
    throw new InvalidInputError({ action: 'normalise a batch', rule, received: showShape(...x.shape) });
  }
  if (x.device !== null) return batchNormOn(x, running, momentum, { weight, bias, eps });
  const moments = momentsOf(x.data, layout);
  if (running !== null) updateRunning(running, moments, momentum, count / (count - 1));
  return normalise('batchNorm', x, layout, moments, weight, bias, eps);
}

/** Normalises each channel by statistics learned before: a scale and a shift. */
export function batchNormEval(x: Tensor, running: RunningMoments, options: AffineOptions = {}): Tensor {
  const { weight = null, bias = null, eps = 1e-5 } = options;
  checkBatch(x);
  const root = power(add(running.variance, eps), -0.5);
  const scale = weight === null ? root : mul(root, weight);
  const centre = neg(mul(running.mean, scale));
  const shift = bias === null ? centre : add(centre, bias);
  if (x.device !== null) return add(mul(x, perChannel(scale, x)), perChannel(shift, x));
  return scaleChannels(x, scale, shift);
}

/** {@link batchNorm} on a device, of recorded operations. */
function batchNormOn(x: Tensor, running: RunningMoments | null, momentum: number, options: AffineOptions): Tensor {
  const { weight, bias, eps = 1e-5 } = options;
  const axes = x.shape.map((_, axis) => axis).toSpliced(1, 1);
  const { y, mean, variance } = standardised(x, axes, eps);
  const count = x.size / x.shape[1]!;
  if (running !== null) {
    noGrad(() => {
      moveTowards(running.mean, mean, momentum, 1);
      moveTowards(running.variance, variance, momentum, count / (count - 1));
    });
  }
  const scaled = weight ? mul(y, perChannel(weight, x)) : y;
  return bias ? add(scaled, perChannel(bias, x)) : scaled;
}

/** old = (1 - momentum) old + momentum factor now, in place. */
function moveTowards(old: Tensor, now: Tensor, momentum: number, factor: number): void {
  old.assign(add(mul(old, 1 - momentum), mul(reshape(now, old.shape), momentum * factor)));
}

/** One value for each channel, as it broadcasts to x (N, C, ...). */
function perChannel(values: Tensor, x: Tensor): Tensor {
  return reshape(values, [values.size, ...x.shape.slice(2).map(() => 1)]);
}

function checkBatch({ shape }: Tensor): void {
  if (shape.length < 2) refuse('normalise a batch', 'x must have two axes at least', shape);
}

function channelLayout(x: Tensor): Layout {
  checkBatch(x);
  const [outer, channels, ...rest] = x.shape as [number, number, ...number[]];
  return { outer, channels, inner: sizeOf(rest), sets: channels, setOf: (_, c) => c };
}

function updateRunning({ mean, variance }: RunningMoments, batch: Moments, momentum: number, correction: number): void {
  const moved = (old: Tensor, now: Float64Array, factor: number) =>
    old.like(old.data.map((value, c) => (1 - momentum) * value + momentum * factor * now[c]!));
  noGrad(() => {
    mean.assign(moved(mean, batch.means, 1));
    variance.assign(moved(variance, batch.variances, correction));
  });
}
