import type { AffineOptions, RunningMoments } from '../../ops/index.ts';
import { add, div, mean, mul, reshape, sqrt, square, sub } from '../../ops/index.ts';
import { noGrad, type Tensor } from '../../tensor/index.ts';

/** Over batch and places, channel by channel; the running statistics are moved on the device. */
export function batchNorm(
  x: Tensor,
  running: RunningMoments | null,
  momentum: number,
  { weight, bias, eps }: AffineOptions,
): Tensor {
  const axes = x.shape.map((_, axis) => axis).toSpliced(1, 1);
  const { y, centre, variance } = standardised(x, axes, eps);
  const count = x.size / x.shape[1]!;
  if (running !== null) {
    noGrad(() => {
      moveTowards(running.mean, centre, momentum, 1);
      moveTowards(running.variance, variance, momentum, count / (count - 1));
    });
  }
  return affine(y, weight && perChannel(weight, x), bias && perChannel(bias, x));
}

/** old = (1 - momentum) old + momentum factor now, in place. */
function moveTowards(old: Tensor, now: Tensor, momentum: number, factor: number): void {
  old.assign(add(mul(old, 1 - momentum), mul(reshape(now, old.shape), momentum * factor)));
}

export function scaleChannels(x: Tensor, scale: Tensor, shift: Tensor): Tensor {
  return affine(x, perChannel(scale, x), perChannel(shift, x));
}

/** Over the last `count` axes. */
export function layerNorm(x: Tensor, count: number, { weight, bias, eps }: AffineOptions): Tensor {
  const axes = Array.from({ length: count }, (_, i) => i - count);
  return affine(standardised(x, axes, eps).y, weight, bias);
}

export function groupNorm(x: Tensor, groups: number, { weight, bias, eps }: AffineOptions): Tensor {
  const y = reshape(standardised(reshape(x, [x.shape[0]!, groups, -1]), [2], eps).y, x.shape);
  return affine(y, weight && perChannel(weight, x), bias && perChannel(bias, x));
}

/** (x - mean) / sqrt(variance + eps) along axes. */
function standardised(x: Tensor, axes: readonly number[], eps = 1e-5) {
  const centre = mean(x, axes, { keepdim: true });
  const deviations = sub(x, centre);
  const variance = mean(square(deviations), axes, { keepdim: true });
  return { y: div(deviations, sqrt(add(variance, eps))), centre, variance };
}

function affine(y: Tensor, weight: Tensor | null | undefined, bias: Tensor | null | undefined): Tensor {
  const scaled = weight ? mul(y, weight) : y;
  return bias ? add(scaled, bias) : scaled;
}

/** One value for each channel, as it broadcasts to x (N, C, ...). */
function perChannel(values: Tensor, { shape }: Tensor): Tensor {
  return reshape(values, [values.size, ...shape.slice(2).map(() => 1)]);
}
